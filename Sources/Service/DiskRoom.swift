import Glibc
public import Reports

/// A place with less room than the reserve that nothing new may use up: what was claimed must still be finished.
public struct DiskShortage: Error, Sendable, Hashable {
  public let path: String
  /// Bytes.
  public let free: Int
  /// Bytes, the setting `disk.reserve_bytes`.
  public let reserve: Int

  /// The first of the places where everything is kept that has less than `reserve` bytes left for us.
  public static func find(at places: Places, reserve: Int) -> DiskShortage? {
    guard reserve > 0 else { return nil }
    return [places.archive, places.work, places.outbox].lazy.compactMap { path in
      var status = statvfs()
      // What cannot be asked is met, and told, by the step that needs it.
      guard statvfs(path, &status) == 0 else { return nil }
      let free = Int(status.f_bavail) * Int(status.f_frsize)
      return free < reserve ? DiskShortage(path: path, free: free, reserve: reserve) : nil
    }.first
  }

  public func message(in language: Language) -> String {
    language.say(
      "\(path) 只剩 \(DiskShortage.megabytes(free))，低于保留的 \(DiskShortage.megabytes(reserve))",
      en:
        "\(path) has \(DiskShortage.megabytes(free)) left, less than the reserve of "
        + DiskShortage.megabytes(reserve))
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = bytes / 104_858
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
