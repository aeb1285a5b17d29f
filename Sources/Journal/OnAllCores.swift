import Dispatch
import Synchronization

/// What a pure function gives for each of many values, in their order; worked out by all cores. Returns when all is done.
///
/// - Parameter step: values that one core takes at a time: many where each is little work.
package func onAllCores<Value: Sendable, Result: Sendable>(
  _ values: [Value], step: Int = 1, _ body: @Sendable (Value) -> Result
) -> [Result] {
  onAllCores(values, step: step, parts: { $0.map(body) })
}

/// - Parameter parts: gives as many results as it is given values.
package func onAllCores<Value: Sendable, Result: Sendable>(
  _ values: [Value], step: Int, parts body: @Sendable (ArraySlice<Value>) -> [Result]
) -> [Result] {
  guard values.count > step else { return body(values[...]) }
  let starts = Array(stride(from: 0, to: values.count, by: step))
  let results = Mutex<[[Result]]>(Array(repeating: [], count: starts.count))
  DispatchQueue.concurrentPerform(iterations: starts.count) { number in
    let part = body(values[starts[number]..<min(starts[number] + step, values.count)])
    results.withLock { $0[number] = part }
  }
  return results.withLock { $0.flatMap(\.self) }
}
