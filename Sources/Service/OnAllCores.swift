import Dispatch
import Synchronization

/// What a pure function gives for each of many values, in their order; worked out by all cores. Returns when all is done.
func onAllCores<Value: Sendable, Result: Sendable>(
  _ values: [Value], _ body: @Sendable (Value) -> Result
) -> [Result] {
  let results = Mutex<[Result?]>(Array(repeating: nil, count: values.count))
  DispatchQueue.concurrentPerform(iterations: values.count) { place in
    let result = body(values[place])
    results.withLock { $0[place] = result }
  }
  return results.withLock { $0.compactMap(\.self) }
}
