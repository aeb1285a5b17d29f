import Glibc
import Supervision
import Testing

/// What the administrator's program gets, and what becomes of it.
@Suite struct `A program that is run` {
  /// A shell script in a folder of its own; `$1` of the script is no argument but the folder, put in its text.
  static func script(_ body: String) -> (folder: String, program: String) {
    let folder = TestFile.folder()
    let program = folder + "/program"
    let text = "#!/bin/sh\n" + body.replacing("FOLDER", with: folder) + "\n"
    let file = open(program, O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
    _ = write(file, text, text.utf8.count)
    close(file)
    return (folder, program)
  }

  @Test func `gets its input, and that is all`() {
    // Descriptors of ours that are open for others.
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    setenv("SHOUBAO_SECRET", "1", 1)
    let (folder, program) = Self.script(
      """
      cat > FOLDER/input
      ls /proc/self/fd > FOLDER/descriptors
      env > FOLDER/environment
      ps -o pgid= -p $$ | tr -d ' ' > FOLDER/group; echo $$ > FOLDER/process
      """)
    #expect(CommandRun(program, seconds: 20).run(input: Array("{\"单位\":1}\n".utf8)) == .done)
    #expect(TestFile.read(folder + "/input") == "{\"单位\":1}\n")
    // Its own three, and the one with which ls looks.
    #expect(TestFile.read(folder + "/descriptors") == "0\n1\n2\n3\n")
    let environment = TestFile.read(folder + "/environment") ?? ""
    #expect(!environment.contains("SHOUBAO_SECRET") && environment.contains("LANG=C.UTF-8"))
    #expect(TestFile.read(folder + "/group") == TestFile.read(folder + "/process"))
  }

  @Test func `says with what it failed, and its last words`() {
    let (_, program) = Self.script("echo first >&2; echo 网关不通 >&2; exit 3")
    #expect(
      CommandRun(program, seconds: 20).run(input: []) == .failed(code: 3, words: "网关不通"))
    let (_, killed) = Self.script("kill -9 $$")
    #expect(CommandRun(killed, seconds: 20).run(input: []) == .killed(signal: 9, words: ""))
  }

  @Test func `that hangs is killed with what it has started`() throws {
    let (folder, program) = Self.script(
      "sleep 600 & echo $! > FOLDER/child; echo waiting >&2; wait")
    let begin = SuspendingClock().now
    #expect(
      CommandRun(program, seconds: 0.5).run(input: []) == .timedOut(words: "waiting"))
    #expect(SuspendingClock().now - begin < .seconds(10))
    let child = try #require(
      TestFile.read(folder + "/child").flatMap { pid_t($0.filter(\.isNumber)) })
    // Gone, or a zombie that nobody has waited for yet; on a busy machine a killed process takes a moment to die.
    let isGone = {
      TestFile.read("/proc/\(child)/stat").map { $0.contains(") Z ") } ?? true
    }
    for _ in 0..<100 where !isGone() { usleep(50_000) }
    #expect(isGone())
  }

  @Test func `that talks without end and reads nothing holds nobody up`() {
    let (_, program) = Self.script(
      "i=0; while [ $i -lt 20000 ]; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&2; i=$((i+1)); done"
    )
    let outcome = CommandRun(program, seconds: 60).run(input: Array(repeating: 65, count: 60_000))
    #expect(outcome == .done)
  }

  @Test func `ends when we are told to stop`() {
    let (_, program) = Self.script("sleep 600")
    #expect(CommandRun(program, seconds: 600).run(input: []) { true } == .cancelled)
  }

  @Test func `that is not there is said not to have started`() {
    #expect(
      CommandRun("/nowhere/at/all", seconds: 1).run(input: [])
        == .notStarted("No such file or directory"))
    let large = CommandRun("/bin/true", seconds: 1).run(input: Array(repeating: 65, count: 60_001))
    #expect(large == .notStarted("input of 60001 bytes"))
  }
}
