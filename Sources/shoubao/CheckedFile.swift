import Digests
import Glibc
import Receipts
import Reports
import Service
import WorkerLink

/// One file, or one member of an archive or mail, and what is said about it.
struct CheckedFile: Sendable {
  let content: ReceiptContent
  let record: CheckRecord

  var status: ExitStatus {
    switch record.outcome {
    case .accepted, .acceptedWithWarnings, .duplicate, .unpacked: .done
    case .returned: .problems
    case .unrecognised, .unreadable: .noReport
    }
  }

  /// A file by itself; a container as its members, or as itself where it cannot be unpacked.
  static func all(
    _ file: String, _ reader: FileReader
  ) async throws -> [CheckedFile] {
    let input = try InputFile(opening: file)
    let name = file == "-" ? nil : file.split(separator: "/").last.map(String.init)
    var request = reader.request(name)
    let result = try await reader.read(input, request, file)
    guard result.isContainer else { return [try CheckedFile(result, input, file)] }

    let spool = try InputFile.temporary(file)
    request.unpacking = reader.limits.unpacking
    let opened = try await reader.read(input, request, file, spool: spool.descriptor)
    guard let unpacked = opened.unpacked else { return [try CheckedFile(opened, input, file)] }
    tellIgnored(unpacked, file)
    var offset = 0
    var members: [(member: Member, offset: Int)] = []
    for member in unpacked.members {
      members.append((member, offset))
      offset += member.size ?? 0
    }
    // A few at a time: each is a file of its own while it is read.
    var checked: [CheckedFile] = []
    let width = 8
    for start in stride(from: 0, to: members.count, by: width) {
      let group = members[start..<min(start + width, members.count)]
      checked += try await inOrder(Array(group)) { member, offset in
        try await CheckedFile(member, at: offset, of: spool, in: file, reader)
      }
    }
    return checked
  }

  private init(
    _ member: Member, at offset: Int, of spool: InputFile, in container: String,
    _ reader: FileReader
  ) async throws {
    let file = "\(container)/\(member.path)"
    guard let size = member.size else {
      try self.init(.refusing(member.refusal), nil, file)
      return
    }
    let input = try spool.part(offset, size)
    let hints = member.hints(of: container.split(separator: "/").last.map(String.init))
    let result = try await reader.read(
      input, reader.request(hints.name, folders: hints.folders), file)
    try self.init(
      result.isContainer ? .refusing(member.refusal, result.format) : result, input, file)
  }

  private init(_ result: ReadingResult, _ input: InputFile?, _ file: String) throws {
    let hashed = try input?.hash()
    let verdict = Verdict(on: result, received: nil, roster: nil, language: commandLanguage)
    content = ReceiptContent(
      file: file, sha256: hashed?.digest.description, bytes: hashed?.size ?? 0,
      format: result.format, encoding: result.encoding, outcome: verdict.outcome,
      refusal: verdict.refusal, report: verdict.report, findings: verdict.findings,
      language: commandLanguage)
    record = CheckRecord(content, file: file)
  }

  private static func tellIgnored(_ unpacked: Unpacked, _ file: String) {
    guard unpacked.ignoredCount > 0 else { return }
    let names = unpacked.ignored.joined(separator: "、")
    let rest = unpacked.ignoredCount > unpacked.ignored.count ? " …" : ""
    write(
      commandLanguage.say(
        "shoubao: \(file)：略过 \(unpacked.ignoredCount) 个系统或临时文件：\(names)\(rest)\n",
        en: "shoubao: \(file): \(unpacked.ignoredCount) system or temporary files left out: "
          + "\(names)\(rest)\n"), to: STDERR_FILENO)
  }
}

/// Has workers read files within the limits of the settings.
struct FileReader: Sendable {
  let workers: WorkerPool
  let limits: Configuration.Limits
  let explaining: Bool

  func request(_ name: String?, folders: [String] = []) -> WorkerRequest {
    WorkerRequest(
      fileName: name, folders: folders, bytesLimit: limits.fileBytes, limits: limits.ofDocuments,
      explaining: explaining)
  }

  func read(
    _ input: InputFile, _ request: WorkerRequest, _ label: String, spool: Int32 = -1
  ) async throws -> ReadingResult {
    let job = WorkerJob(
      descriptor: input.descriptor, request: request, label: label, spool: spool)
    do throws(WorkerFault) {
      return try await workers.read(job)
    } catch {
      throw fail("\(error)", .fault)
    }
  }
}

/// All at the same time, the results in the order of the values.
func inOrder<Value: Sendable, Result: Sendable>(
  _ values: [Value], _ body: @escaping @Sendable (Value) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    for (index, value) in values.enumerated() {
      group.addTask { (index, try await body(value)) }
    }
    var results: [Result?] = values.map { _ in nil }
    for try await (index, result) in group { results[index] = result }
    return results.compactMap(\.self)
  }
}
