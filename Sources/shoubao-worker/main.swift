// The process that parses what comes from outside: an open file in, a report or a refusal out.

import Confinement
import Glibc
import Reading
import Recognition
import Reports
import WorkerLink

/// The answer to one request, and the bytes of unpacked members behind it.
func handle(
  _ request: WorkerRequest, _ descriptor: Int32
) -> (result: ReadingResult, members: [[UInt8]]) {
  let bytes: [UInt8]
  do {
    bytes = try readJobFile(descriptor, limit: request.bytesLimit)
  } catch {
    return (ReadingResult(format: .unknown, encoding: nil, content: .refused(error)), [])
  }
  if let limits = request.unpacking { return unpackMembers(bytes, request.fileName, limits) }
  return (read(bytes, request), [])
}

func read(_ bytes: [UInt8], _ request: WorkerRequest) -> ReadingResult {
  var limits = ReadingLimits()
  limits.bytes = request.bytesLimit
  limits.unpacked = request.limits.unpackedBytes ?? limits.unpacked
  limits.pages = request.limits.pages ?? limits.pages
  limits.cells = request.limits.cells ?? limits.cells
  let source: ReadDocument
  do {
    source = try readDocument(bytes, limits: limits)
  } catch {
    // What is in a container is asked for by itself: its members may be many.
    let isContainer = error.format.isContainer && error.refusal.code == .unsupportedFormat
    return ReadingResult(
      format: error.format, encoding: error.encoding,
      content: isContainer ? .container : .refused(error.refusal), needs: missing(error.needs))
  }
  let hints = Hints(fileName: request.fileName, folders: request.folders)
  let content: ReadingResult.Content =
    switch recognise(source.document, hints: hints, explaining: request.explaining)
    {
    case .report(let report): .report(report)
    case .refused(let refusal): .refused(refusal)
    }
  return ReadingResult(format: source.format, encoding: source.encoding, content: content)
}

/// What recognition knows as a report, be it one that is refused for what it says.
func isReport(_ bytes: [UInt8]) -> Bool {
  guard let source = try? readDocument(bytes) else { return false }
  switch recognise(source.document, hints: Hints(), explaining: false) {
  case .report: return true
  case .refused(let refusal): return refusal.code != .notAReport
  }
}

func unpackMembers(
  _ bytes: [UInt8], _ name: String?, _ limits: UnpackingLimits
) -> (result: ReadingResult, members: [[UInt8]]) {
  do {
    let found = try unpack(bytes, name: name, limits: limits)
    // The text of a mail says “attached please find” far more often than it is the report.
    let files = found.files.filter { !$0.isBody || isReport($0.bytes ?? []) }
    guard !files.isEmpty else {
      return (
        ReadingResult(format: found.format, encoding: nil, content: .refused(Refusal(.notAReport))),
        []
      )
    }
    let unpacked = Unpacked(
      members: files.map(\.member), ignored: found.ignored, ignoredCount: found.ignoredCount,
      otherTexts: found.files.count - files.count)
    let result = ReadingResult(
      format: found.format, encoding: nil, content: .unpacked(unpacked))
    return (result, files.compactMap(\.bytes))
  } catch {
    return (
      ReadingResult(format: error.format, encoding: nil, content: .refused(error.refusal)), []
    )
  }
}

/// What a document wants that this worker has not loaded, and another could have.
func missing(_ part: ReaderPart?) -> ReaderPart? {
  guard let part, part.isMore(than: loaded), part != .scans || scansAreRead else { return nil }
  return part
}

/// Loads what cannot be loaded later, and locks the door.
func lockIn() -> Cage {
  loadLibraryData(for: loaded)
  var cage = confine(readable: libraryFolders(for: loaded))
  cage.libraries = libraryVersions()
  return cage
}

guard let server = WorkerServer(arguments: CommandLine.arguments) else {
  let message = Array("shoubao-worker is started by shoubao, not by people\n".utf8)
  _ = write(STDERR_FILENO, message, message.count)
  exit(64)
}
let loaded = server.part
let scansAreRead = canReadScans()
exit(server.run(confining: lockIn, handle))
