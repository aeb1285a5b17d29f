import Dispatch
import Glibc

extension InboxWatcher {
  static let canaryPrefix = ".shoubao-canary-"

  /// Writes and removes a dot-file in the inbox, as it stands at its path now, and waits for its event.
  ///
  /// Silence makes ``health`` blind until a canary is heard again: the caller polls and says so. A name that others could
  /// have taken is no obstacle: it is new every time. Not to be called twice at once; the second answers `.alive`
  /// without looking.
  public func canary(timeout: Duration = .seconds(2)) async -> CanaryResult {
    let name = Array((Self.canaryPrefix + String(UInt64.random(in: 0...(.max)), radix: 36)).utf8)
    let result = await withCheckedContinuation { answer in
      let isFirst = state.withLock { state in
        guard state.canary == nil, !state.isClosed else { return false }
        state.canary = (name, answer)
        return true
      }
      guard isFirst else {
        answer.resume(returning: .alive)
        return
      }
      if let failure = write(name) {
        settle(name, as: .notWritten(failure))
        return
      }
      let milliseconds = Int(timeout / .milliseconds(1))
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
        @Sendable [weak self] in self?.settle(name, as: .silent)
      }
    }
    update { state in
      switch (result, state.health) {
      case (.silent, _) where !state.isLost: state.health = .blind(.canarySilent)
      case (.alive, .blind(.canarySilent)):
        state.health = .watching(folders: state.watches.count)
      default: break
      }
    }
    return result
  }

  private func settle(_ name: [UInt8], as result: CanaryResult) {
    let answer = state.withLock { state -> CheckedContinuation<CanaryResult, Never>? in
      guard let canary = state.canary, canary.name == name else { return nil }
      state.canary = nil
      return canary.answer
    }
    answer?.resume(returning: result)
  }

  private func write(_ name: [UInt8]) -> Errno? {
    do throws(IntakeError) {
      let root = try inbox.open()
      return withName(name) { name in
        let descriptor = inbox.calls.open(root.descriptor, name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { return Errno(descriptor) }
        Glibc.close(descriptor)
        let removed = inbox.calls.unlink(root.descriptor, name)
        return removed < 0 ? Errno(removed) : nil
      }
    } catch {
      return error.cause
    }
  }

  /// Removes canaries that a killed process left: empty files of ours by that name.
  public static func removeOldCanaries(in root: Folder) throws(IntakeError) {
    var listing = try FolderListing(root)
    var names: [[UInt8]] = []
    while let entry = try listing.next() {
      if entry.name.starts(with: canaryPrefix.utf8) { names.append(entry.name) }
    }
    for name in names {
      withName(name) { name in
        guard case .success(let status) = root.calls.statusAt(root.descriptor, name),
          status.kind == .regular, status.size == 0, status.owner == geteuid()
        else { return }
        _ = root.calls.unlink(root.descriptor, name)
      }
    }
  }
}
