import CDocument

/// Members of a ZIP file, unpacked into memory.
enum ZipMembers {
  enum Failure: Error { case encrypted, broken, tooLarge, noMemory }

  /// The bytes of the members with these names; names that are not there have none. Of two members with one name the
  /// first counts.
  /// - Parameter limit: of all their bytes together, unpacked.
  static func read(
    _ names: Set<String>, from bytes: UnsafeRawBufferPointer, limit: Int
  ) throws(Failure) -> [String: [UInt8]] {
    let run = Run(names: names, limit: limit)
    var handler = shoubao_zip_handler(
      wants: { context, name in
        guard let run = Run.at(context), let name else { return 0 }
        return run.wants(String(cString: name)) ? 1 : 0
      },
      data: { context, bytes, length in
        guard let run = Run.at(context), let bytes else { return 1 }
        return run.take(UnsafeRawBufferPointer(start: bytes, count: length)) ? 0 : 1
      })
    let result = shoubao_zip_read(
      bytes.baseAddress, bytes.count, &handler, Unmanaged.passUnretained(run).toOpaque())
    switch result {
    case SHOUBAO_ZIP_DONE: return run.members
    case SHOUBAO_ZIP_STOPPED: throw .tooLarge
    case SHOUBAO_ZIP_ENCRYPTED: throw .encrypted
    case SHOUBAO_ZIP_NO_MEMORY: throw .noMemory
    default: throw .broken
    }
  }

  /// A class, since C keeps nothing but a pointer to it.
  private final class Run {
    private let names: Set<String>
    private var left: Int
    private var current = ""
    private(set) var members: [String: [UInt8]] = [:]

    init(names: Set<String>, limit: Int) {
      self.names = names
      left = limit
    }

    func wants(_ name: String) -> Bool {
      guard names.contains(name), members[name] == nil else { return false }
      current = name
      members[name] = []
      return true
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
      left -= bytes.count
      guard left >= 0 else { return false }
      members[current]?.append(contentsOf: bytes)
      return true
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> Run? {
      context.map { Unmanaged<Run>.fromOpaque($0).takeUnretainedValue() }
    }
  }
}
