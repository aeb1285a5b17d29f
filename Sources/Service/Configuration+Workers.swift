import Glibc
public import Reports
public import WorkerLink

// The settings as those take them who start workers and hand them documents: the daemon, and `shoubao check`.

extension Configuration {
  /// - Parameter executable: see ``locateWorker()``.
  public func workerSettings(_ executable: String) -> WorkerSettings {
    var settings = WorkerSettings(executable: executable)
    settings.count =
      workers.count > 0 ? workers.count : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    settings.idleSeconds = workers.idleSeconds
    settings.deadlineSeconds = limits.readSeconds
    settings.processorSeconds = limits.processorSeconds
    settings.scanSeconds = limits.ocrSeconds
    settings.memoryBytes = limits.workerMemoryBytes
    settings.cage = workers.cage
    return settings
  }
}

extension Configuration.Limits {
  /// What a reader is told of a document.
  public var ofDocuments: WorkerRequest.Limits {
    WorkerRequest.Limits(unpackedBytes: unpackedBytes, pages: pages, cells: cells)
  }

  /// A file that is larger is set aside as it is, and not copied to the archive: ten gigabytes of nothing are made in a moment,
  /// and would take minutes and all room there is.
  var keptBytes: Int { 16 * fileBytes }

  /// How far an archive is followed.
  public var unpacking: UnpackingLimits {
    var limits = UnpackingLimits()
    limits.members = archiveMembers
    limits.bytes = archiveBytes
    limits.memberBytes = fileBytes
    limits.depth = archiveDepth
    return limits
  }
}
