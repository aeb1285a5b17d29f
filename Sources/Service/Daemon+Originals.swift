import Digests
import Glibc
import Intake
import Journal

// The bytes of what is claimed: copied into the archive before, and brought to the disk there while others read them.

/// The bytes of an arrival.
enum Original: Sendable {
  /// Of a file: on their way into the archive.
  case copy(Archive.Copy)
  /// Of a member of a container: they are there.
  case kept(Archive.Stored)

  var digest: Digest {
    switch self {
    case .copy(let copy): copy.digest
    case .kept(let stored): stored.digest
    }
  }

  var size: Int {
    switch self {
    case .copy(let copy): copy.size
    case .kept(let stored): stored.size
    }
  }

  /// A copy can be opened until it is kept.
  func open(in archive: Archive) throws(ArchiveError) -> Int32 {
    switch self {
    case .copy(let copy): try copy.open()
    case .kept(let stored): try archive.open(stored.digest)
    }
  }
}

/// Waits for the disk on a thread of its own, so that neither the loop nor the workers do.
actor Keeper {
  nonisolated private let executor = QueueExecutor(label: "shoubao.keeper")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  /// Returns when the originals are on the disk under their names.
  /// - Throws: the first ``ArchiveError``; then nothing is known of the others.
  func keep(_ originals: [Original?]) throws -> [Archive.Stored?] {
    var stored = archive.keep(
      originals.compactMap { original in
        if case .copy(let copy)? = original { copy } else { nil }
      }
    ).makeIterator()
    return try originals.map { original in
      switch original {
      case nil: nil
      case .kept(let stored): stored
      case .copy: try stored.next()?.get()
      }
    }
  }
}

/// A file that was copied before it is claimed.
struct EarlyCopy: Sendable {
  let copy: Archive.Copy
  /// Unless its bytes are known.
  let reading: DocumentReading?
}

extension Daemon {
  /// Copies files that are to be claimed now, and has them read, while the journal is waited for. What is not claimed then was
  /// read for nothing, and its copy goes. `nil`: not to be had so early; the claim looks at it.
  func copyAhead(_ files: [SettledFile]) throws -> [EarlyCopy?] {
    watchdog.beat(Daemon.loop, doing: "copying originals")
    let limit = configuration.limits.keptBytes
    let open = files.map { file -> Int32? in
      guard case .readable(let open, _) = file.content, file.status.size <= limit else {
        return nil
      }
      return open.descriptor
    }
    var copies = archive.copy(open.compactMap(\.self), limit: limit).makeIterator()
    let last = try journal.reader.lastNumber()
    var known: Set<Digest> = []
    return try files.indices.map { index -> EarlyCopy? in
      guard open[index] != nil, let result = copies.next() else { return nil }
      switch result {
      case .failure(.source), .failure(.tooLarge): return nil
      case .failure(let error): throw error
      case .success(let copy):
        let isNew =
          try known.insert(copy.digest).inserted && copy.size <= configuration.limits.fileBytes
          && journal.reader.find(copy.digest) == nil
        guard isNew else { return EarlyCopy(copy: copy, reading: nil) }
        // The number that the claim will give.
        let label = "\(last + 1 + index)"
        return EarlyCopy(
          copy: copy, reading: try read(.copy(copy), files[index].path, label: label))
      }
    }
  }

  /// Copies originals into the archive, but for those that were before. `nil` for what has no bytes that we could read.
  func copyOriginals(of batch: [Pending], early: [Int: EarlyCopy]) throws -> [Original?] {
    let limit = configuration.limits.keptBytes
    let files = batch.filter { $0.size <= limit && early[$0.number] == nil }
      .compactMap { $0.claim?.file?.descriptor }
    var results = archive.copy(files, limit: limit).makeIterator()
    return try batch.map { pending in
      if let member = pending.member {
        return member.digest.map {
          .kept(Archive.Stored(digest: $0, size: member.size, replacedDamage: false))
        }
      }
      guard let claim = pending.claim, claim.file != nil, pending.size <= limit else { return nil }
      // The bytes are ours now: a writer who waits for the lease may go on, it does us no harm.
      defer { claim.releaseLease() }
      if let early = early[pending.number] { return .copy(early.copy) }
      guard let result = results.next() else { return nil }
      switch result {
      case .success(let copy): return .copy(copy)
      case .failure(.source(let number)) where mustTryAgain(pending.number, number):
        throw Trouble.other("\(pending.path): \(String(cString: strerror(Int32(number))))")
      case .failure(.source), .failure(.tooLarge): return nil
      case .failure(let error): throw error
      }
    }
  }

  /// A failure to read says something of the file only when it stays: three times, some seconds apart.
  private func mustTryAgain(_ number: Int, _ code: Int) -> Bool {
    guard ![EACCES, EPERM].contains(Int32(code)) else { return false }
    unread[number, default: 0] += 1
    guard unread[number]! >= 3 else { return true }
    unread[number] = nil
    return false
  }

  /// Brings copies to the disk, beside the loop.
  func keep(_ originals: [Original?]) -> Task<[Archive.Stored?], any Error> {
    Task.detached { [keeper] in try await keeper.keep(originals) }
  }
}
