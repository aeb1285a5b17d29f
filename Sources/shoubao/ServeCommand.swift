import ArgumentParser
import CLinux
import Glibc
import Logging
import Reports
import Service
import Supervision
import WorkerLink

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: text("运行收报服务，直到收到 SIGTERM。", en: "Runs the daemon until SIGTERM."))

  @OptionGroup var places: PlaceOptions

  func run() async throws {
    linux_share_memory()
    // Before anything else starts a thread: the environment is read once and kept from children.
    let notifier = Notifier.takingEnvironment { code in
      write("shoubao: sd_notify: \(String(cString: strerror(code)))\n", to: STDERR_FILENO)
    }
    signal(SIGPIPE, SIG_IGN)
    let log = EventLog()
    LoggingSystem.bootstrap { EventLogHandler(log, label: $0) }
    let configuration: Configuration
    do {
      configuration = try Configuration.load(
        places: places.base, mustExist: places.config != nil)
    } catch {
      throw end(.configuration(error), commandLanguage, log, notifier)
    }
    guard let worker = locateWorker() else {
      throw end(.workerMissing, configuration.language, log, notifier)
    }
    let daemon: Daemon
    do {
      daemon = try Daemon(
        configuration: configuration, base: places.base, mustExist: places.config != nil, log: log,
        notifier: notifier, worker: worker)
      try await daemon.prepare()
    } catch {
      throw end(error, configuration.language, log, notifier)
    }
    if let error = await daemon.run() {
      throw end(error, configuration.language, log, notifier)
    }
  }

  /// Says why there is no start, or no going on, to the log, to systemd and by the exit code.
  private func end(
    _ error: StartError, _ language: Language, _ log: EventLog, _ notifier: Notifier
  ) -> any Error {
    let message = error.message(in: language)
    log.write(error.event, message)
    notifier.send(.status(message))
    notifier.barrier()
    return ExitCode(error.exitCode)
  }
}
