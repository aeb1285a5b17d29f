import Dispatch
import Synchronization

/// What a pure function gives for each of many values, in their order; worked out by all cores. Returns when all is done.
///
/// - Parameter step: values that one core takes at a time: many where each is little work.
package func onAllCores<Value: Sendable, Result: Sendable>(
  _ values: [Value], step: Int = 1, _ body: @Sendable (Value) -> Result
) -> [Result] {
  guard values.count > step else { return values.map(body) }
  let starts = Array(stride(from: 0, to: values.count, by: step))
  let results = Mutex<[[Result]]>(Array(repeating: [], count: starts.count))
  DispatchQueue.concurrentPerform(iterations: starts.count) { number in
    let end = min(starts[number] + step, values.count)
    let part = values[starts[number]..<end].map(body)
    results.withLock { $0[number] = part }
  }
  return results.withLock { $0.flatMap(\.self) }
}
