import Glibc

/// One record of inotify(7).
struct InotifyEvent {
  let watch: Int32
  let mask: UInt32
  let name: Slice<UnsafeRawBufferPointer>

  func has(_ flags: Int...) -> Bool { flags.contains { mask & UInt32($0) != 0 } }
}

enum InotifyRecords {
  /// The records of a read: watch 4, mask 4, cookie 4, length of the name 4, the name padded with NULs.
  static func each(_ bytes: UnsafeRawBufferPointer, _ body: (InotifyEvent) -> Void) {
    var at = 0
    while at + 16 <= bytes.count {
      let length = Int(bytes.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
      let start = at + 16
      guard start + length <= bytes.count else { return }
      let name = bytes[start..<(start + length)]
      body(
        InotifyEvent(
          watch: bytes.loadUnaligned(fromByteOffset: at, as: Int32.self),
          mask: bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self),
          name: name.prefix { $0 != 0 }))
      at = start + length
    }
  }
}

/// What the records of one wake-up come to.
struct News {
  var changed = false
  var overflows = 0
  var lost = false
  var sawCanary = false
  var answer: CheckedContinuation<CanaryResult, Never>?

  mutating func meet(_ event: InotifyEvent, _ state: inout InboxWatcher.State) {
    if event.has(Int(IN_Q_OVERFLOW)) {
      overflows += 1
      return
    }
    let isRoot = event.watch == state.root
    if event.has(Int(IN_IGNORED)) {
      // The kernel has given the watch up; its number may come again.
      if state.watches.removeValue(forKey: event.watch) != nil { changed = true }
      if isRoot { lost = true }
      return
    }
    if event.has(Int(IN_DELETE_SELF), Int(IN_MOVE_SELF), Int(IN_UNMOUNT)) {
      changed = true
      if isRoot { lost = true }
      return
    }
    if event.has(Int(IN_ISDIR)) {
      if event.name.first != Ascii.dot { changed = true }
      return
    }
    if let canary = state.canary, isRoot, event.name.elementsEqual(canary.name) { sawCanary = true }
    // A name that is left alone needs no scan: its renaming is announced.
    if event.has(Int(IN_CLOSE_WRITE), Int(IN_MOVED_TO)), !IgnoredNames.contains(event.name) {
      changed = true
    }
  }
}
