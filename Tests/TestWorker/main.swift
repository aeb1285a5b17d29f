// A worker in the cage of the real one, which does what the first line of a document tells it: what a parser would do
// that somebody has taken over. What comes of a call goes back in the detail of a refusal.

import Confinement
import Glibc
import Reports
import WorkerLink

func answer(_ detail: String) -> ReadingResult {
  ReadingResult(
    format: .text, encoding: nil, content: .refused(Refusal(.notAReport, detail: detail)))
}

/// `done`, or the name of the error.
func outcome(_ result: Int) -> ReadingResult {
  let reason = errno
  return answer(result < 0 ? String(cString: strerror(reason)) : "done")
}

func readFolder(_ path: String) -> ReadingResult {
  guard let folder = opendir(path) else { return outcome(-1) }
  closedir(folder)
  return answer("done")
}

func handle(_ request: WorkerRequest, _ descriptor: Int32) -> ReadingResult {
  let bytes = (try? readJobFile(descriptor, limit: 4096)) ?? []
  let line = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
  let words = line.split(separator: " ").map(String.init)
  let path = words.dropFirst().first ?? ""
  switch words.first {
  case "crash":
    raise(SIGSEGV)
    return outcome(-1)
  case "trap": fatalError("a trap of its own")
  case "abort": abort()
  case "hang": while true { pause() }
  case "spin": while true {}
  case "recurse": return answer("\(depth(1))")
  case "allocate": return answer("\([UInt8](repeating: 1, count: 8 << 30).count)")
  case "flood-log": while true { _ = write(STDERR_FILENO, Array(repeating: 10, count: 4096), 4096) }
  case "flood-link": while true { _ = sendJunk() }
  case "run": return outcome(Int(execv("/bin/true", [strdup("/bin/true"), nil])))
  case "fork": return outcome(Int(fork()))
  case "thread":
    var thread = pthread_t()
    errno = pthread_create(&thread, nil, { _ in nil }, nil)
    return outcome(errno == 0 ? 0 : -1)
  case "socket": return outcome(Int(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)))
  case "local-socket": return outcome(Int(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)))
  case "open": return outcome(Int(open(path, O_RDONLY)))
  case "create": return outcome(Int(open(path, O_WRONLY | O_CREAT, 0o600)))
  case "folder": return readFolder(path)
  case "delete": return outcome(Int(unlink(path)))
  case "permit": return outcome(Int(chmod(path, 0o777)))
  case "kill": return outcome(Int(kill(getppid(), SIGTERM)))
  case "prioritise": return outcome(Int(nice(-5)))
  case "code":
    let rights = PROT_READ | PROT_WRITE | PROT_EXEC
    let page = mmap(nil, 4096, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    return outcome(page == MAP_FAILED ? -1 : 0)
  case "limit":
    var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
    return outcome(Int(setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)))
  default: return answer(line)
  }
}

func depth(_ level: Int) -> Int {
  withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { buffer in
    buffer[0] = UInt8(truncatingIfNeeded: level)
    return depth(level + 1) + Int(buffer[0])
  }
}

func sendJunk() -> Int {
  var part = iovec()
  var junk = [UInt8](repeating: 0xFF, count: 1 << 16)
  return junk.withUnsafeMutableBytes { buffer in
    part.iov_base = buffer.baseAddress
    part.iov_len = buffer.count
    return withUnsafeMutablePointer(to: &part) { part in
      var message = msghdr()
      message.msg_iov = part
      message.msg_iovlen = 1
      return sendmsg(STDIN_FILENO, &message, Int32(MSG_NOSIGNAL))
    }
  }
}

guard let server = WorkerServer(arguments: CommandLine.arguments) else { exit(64) }
exit(server.run(confining: { confine(readable: ["/usr/share/poppler"]) }) { (handle($0, $1), []) })
