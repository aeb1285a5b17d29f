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
      content: isContainer ? .container : .refused(error.refusal))
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

func unpackMembers(
  _ bytes: [UInt8], _ name: String?, _ limits: UnpackingLimits
) -> (result: ReadingResult, members: [[UInt8]]) {
  do {
    let found = try unpack(bytes, name: name, limits: limits)
    let unpacked = Unpacked(
      members: found.files.map(\.member), ignored: found.ignored, ignoredCount: found.ignoredCount)
    let result = ReadingResult(
      format: found.format, encoding: nil, content: .unpacked(unpacked))
    return (result, found.files.compactMap(\.bytes))
  } catch {
    return (
      ReadingResult(format: error.format, encoding: nil, content: .refused(error.refusal)), []
    )
  }
}

/// Loads what cannot be loaded later, and locks the door.
func lockIn() -> Cage {
  loadLibraryData()
  return confine(readable: libraryFolders)
}

guard let server = WorkerServer(arguments: CommandLine.arguments) else {
  let message = Array("shoubao-worker is started by shoubao, not by people\n".utf8)
  _ = write(STDERR_FILENO, message, message.count)
  exit(64)
}
exit(server.run(confining: lockIn, handle))
