// The process that parses what comes from outside: an open file in, a report or a refusal out.

import Confinement
import Glibc
import Reading
import Recognition
import Reports
import WorkerLink

func read(_ request: WorkerRequest, _ descriptor: Int32) -> ReadingResult {
  let bytes: [UInt8]
  do {
    bytes = try readJobFile(descriptor, limit: request.bytesLimit)
  } catch {
    return ReadingResult(format: .unknown, encoding: nil, content: .refused(error))
  }
  var limits = ReadingLimits()
  limits.bytes = request.bytesLimit
  let source: ReadDocument
  do {
    source = try readDocument(bytes, limits: limits)
  } catch {
    return ReadingResult(
      format: error.format, encoding: error.encoding, content: .refused(error.refusal))
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
exit(server.run(confining: lockIn, read))
