import Glibc
import Intake
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// A daemon without the rights of root, as the service has it; only root can make such an office.
  @Suite(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0))
  struct OtherUsers {
    static let nobody: uid_t = 65534

    /// Serves as nobody until the body has what it wants.
    private func serve(_ office: Office, _ body: (Program) async throws -> Void) async throws {
      office.folder.allow("", 0o755)
      office.folder.give("", to: OtherUsers.nobody)
      try office.folder.makeFolders(for: Array("inbox/".utf8))
      office.folder.give("inbox", to: OtherUsers.nobody)
      let program = try Program(["serve", "--root", office.root], user: OtherUsers.nobody)
      do {
        try await eventually("it is ready") { program.said.contains("就绪") }
        try await body(program)
      } catch {
        program.signal(SIGKILL)
        _ = await program.end()
        throw error
      }
      program.signal(SIGTERM)
      #expect(await program.end().status == 0)
    }

    private func answered(_ office: Office, _ path: String) throws -> Arrival? {
      guard office.hasPage(Array(path.utf8)) else { return nil }
      return try office.arrivals().first { $0.path == Array(path.utf8) && $0.state == .told }
    }

    @Test func `a file nobody lets us read is answered and kept aside`() async throws {
      try await Office.hold(opened: false) { office in
        try await serve(office) { _ in
          try office.folder.write(Array("inbox/锁.html".utf8), Papers.report(1), mode: 0)
          try office.drop("好.html", Papers.report(2))
          try await eventually("both are answered") {
            try answered(office, "锁.html") != nil && answered(office, "好.html") != nil
          }
        }
        let locked = try #require(try answered(office, "锁.html"))
        #expect(locked.result?.outcome == .unreadable)
        #expect(locked.result?.reason?.code == .noPermission)
        #expect(office.receipt("锁.html")?.contains("请把文件设为可读后重新复制") == true)
        #expect(office.folder.read(Array("held/\(locked.number)".utf8)) == Papers.report(1))
        #expect(try answered(office, "好.html")?.result?.outcome == .accepted)
        try office.expectSound()
      }
    }

    @Test func `a folder we may not take from holds nobody else up and is said`() async throws {
      try await Office.hold(opened: false) { office in
        try await serve(office) { program in
          try office.drop("别人的/1.html", Papers.report(1))
          office.folder.allow("inbox/别人的", 0o755)
          for number in 2...4 {
            try office.drop("\(number).html", Papers.report(number))
            try await eventually("\(number) is answered") {
              try answered(office, "\(number).html") != nil
            }
          }
          try await eventually(seconds: 10, "it is said") { program.said.contains("别人的") }
        }
        // Trying costs the journal little: not two entries with each look.
        #expect(try office.journal { try $0.head() }.entries < 20)
        office.folder.give("inbox/别人的", to: OtherUsers.nobody)
        try await serve(office) { _ in
          try await eventually("it is answered") { try answered(office, "别人的/1.html") != nil }
        }
        try office.expectSound()
      }
    }
  }
}
