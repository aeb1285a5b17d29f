import Glibc
import Reports
import Testing
import WorkerLink

@Suite("The file of a job")
struct JobFileTests {
  private func refusal(_ descriptor: Int32, limit: Int = 100) -> Refusal.Code? {
    do {
      _ = try readJobFile(descriptor, limit: limit)
      return nil
    } catch {
      return error.code
    }
  }

  private func file(_ bytes: [UInt8]) throws -> Int32 {
    var template = Array("/tmp/shoubao-job-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    unlink(template)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    return descriptor
  }

  @Test func `A file is read whole, wherever its offset stands`() throws {
    let descriptor = try file(Array("年报".utf8))
    defer { close(descriptor) }
    #expect(try readJobFile(descriptor, limit: 6) == Array("年报".utf8))
    #expect(try readJobFile(descriptor, limit: 100) == Array("年报".utf8))
  }

  @Test func `A file above the limit is refused unread, ten gigabytes of nothing too`() throws {
    let descriptor = try file(Array("年报".utf8))
    defer { close(descriptor) }
    #expect(refusal(descriptor, limit: 5) == .tooLarge)
    #expect(ftruncate(descriptor, 10 << 30) == 0)
    #expect(refusal(descriptor, limit: 64 << 20) == .tooLarge)
  }

  @Test func `What is no regular file is refused, and never waited for`() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(refusal(ends[0]) == .notARegularFile)
    let folder = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    #expect(refusal(folder) == .notARegularFile)
    #expect(refusal(9999) == .noPermission)
  }
}
