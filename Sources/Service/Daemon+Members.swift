import Glibc
import Intake
import Journal
import Receipts
import Reports
import Supervision
import WorkerLink

// Archives and mails: unpacked by a worker, their members kept as originals and judged like any other arrival.

extension Daemon {
  /// A container whose members are in the archive of originals.
  struct Container: Sendable {
    let format: DocumentFormat
    let members: [MemberRequest]
    let unpacked: Unpacked
  }

  /// Has a container unpacked, and keeps its members.
  func unpack(_ job: WorkerJob, _ pending: Pending) async throws -> Reading {
    await unpackings.take()
    defer { unpackings.give() }
    let spool = try archive.spool()
    defer { close(spool) }
    var request = job.request
    request.unpacking = configuration.limits.unpacking
    let result = try await workers.read(
      WorkerJob(
        descriptor: job.descriptor, request: request, label: job.label, spool: spool))
    guard let unpacked = result.unpacked else { return .result(result) }
    return .unpacked(
      Container(
        format: result.format, members: try keep(unpacked, from: spool, of: pending),
        unpacked: unpacked))
  }

  private func keep(
    _ unpacked: Unpacked, from spool: Int32, of pending: Pending
  ) throws -> [MemberRequest] {
    var offset = 0
    var requests: [MemberRequest] = []
    let size = configuration.commit.batch
    for start in stride(from: 0, to: unpacked.members.count, by: size) {
      watchdog.beat(Daemon.loop, doing: "keeping members")
      let group = unpacked.members[start..<min(start + size, unpacked.members.count)]
      var parts: [Archive.Part] = []
      for member in group {
        guard let size = member.size else { continue }
        parts.append(Archive.Part(file: spool, offset: offset, size: size))
        offset += size
      }
      var kept = archive.store(parts).makeIterator()
      for member in group {
        let stored = member.size == nil ? nil : try kept.next()?.get()
        guard stored?.size == member.size else { throw Trouble.other("unpacked bytes are lost") }
        requests.append(
          MemberRequest(
            path: pending.path.bytes + Array("/\(member.path)".utf8),
            folder: pending.folder(of: member), digest: stored?.digest, size: stored?.size ?? 0,
            refusal: member.refusal))
      }
    }
    return requests
  }

  func judge(
    _ pending: Pending, _ original: Archive.Stored?, _ container: Container
  ) -> Judgement {
    var judgement = Judgement(
      number: pending.number, digest: original?.digest, size: original?.size ?? 0,
      format: container.format, outcome: .unpacked,
      findings: leftOut(container.unpacked, language: configuration.language),
      duration: pending.duration,
      collection: configuration.collectionYear(on: pending.received.date))
    judgement.members = container.members
    return judgement
  }

  /// After a commit: there is more to do where containers or members were in it.
  func metMembers(_ batch: [Pending], _ judgements: [Judgement], _ committed: [Committed]) {
    let language = configuration.language
    for (judgement, container) in zip(judgements, committed) {
      for (member, number) in zip(judgement.members, container.members) {
        mustFinishMembers = true
        let path = InboxPath(member.path) ?? .root
        log.write(
          .claimed,
          language.say(
            "第 \(number) 号：第 \(container.number) 号中的 \(path)",
            en: "number \(number): \(path), in number \(container.number)"),
          EventFields {
            $0.arrival = Int64(number)
            $0.file = path.text
            $0.parent = Int64(container.number)
          })
      }
    }
    if batch.contains(where: { $0.member != nil }) { mustFinishMembers = true }
  }

  /// Reads the members that wait, and tells the containers whose members are all judged.
  func finishMembers() async throws {
    guard mustFinishMembers, !isStopping else { return }
    mustRecover = true
    let waiting = try journal.reader.unfinished().compactMap { claim in
      slow[claim.number] == nil
        ? claim.member.map {
          Pending(
            $0, number: claim.number, path: claim.path, folder: claim.folder,
            received: claim.received)
        } : nil
    }
    let size = configuration.commit.batch
    for start in stride(from: 0, to: waiting.count, by: size) {
      if isStopping { return }
      try await finish(Array(waiting[start..<min(start + size, waiting.count)]))
    }
    let untold = try journal.reader.untold()
    for start in stride(from: 0, to: untold.count, by: size) {
      if isStopping { return }
      try tell(Array(untold[start..<min(start + size, untold.count)]))
    }
    mustFinishMembers = false
    mustRecover = false
    updateStatus(inInbox: 0)
  }
}

extension Pending {
  /// As if the container were not there: a member's folders below those of the container.
  fileprivate func folder(of member: Member) -> String {
    let inner = InboxPath(Array(member.path.utf8))?.parent.text ?? ""
    return [folder, inner].filter { !$0.isEmpty }.joined(separator: "/")
  }
}
