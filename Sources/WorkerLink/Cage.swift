/// How far a worker has locked itself in, as it says itself before its first document. What the daemon does from outside,
/// the limits of memory, processor time and the deadline, is not part of it.
public struct Cage: Sendable, Hashable, Codable {
  public enum Layer: String, Sendable, Codable, CaseIterable {
    /// No program it runs could gain rights.
    case noNewPrivileges = "no_new_privs"
    /// It has no capability, whoever started it.
    case capabilities
    /// It writes no file, starts no process and leaves no core.
    case limits
    /// It opens no file; one that reads PDF, none but the character maps of fonts.
    case files = "landlock"
    /// It makes no call to the kernel that reading needs not.
    case calls = "seccomp"
  }

  /// A layer that could not be closed, and why.
  public struct Gap: Sendable, Hashable, Codable {
    public let layer: Layer
    public let errno: Int32

    public init(_ layer: Layer, errno: Int32) {
      self.layer = layer
      self.errno = errno
    }
  }

  public var gaps: [Gap]
  /// The version of Landlock that holds; 0: none.
  public var landlock: Int
  /// Not of the cage, but said with it: what documents are read with inside.
  public var libraries: [String] = []

  public init(gaps: [Gap] = [], landlock: Int = 0) {
    self.gaps = gaps
    self.landlock = landlock
  }

  public var isClosed: Bool { gaps.isEmpty }

  /// The layers that hold, in the order they were closed.
  public var layers: [Layer] {
    Layer.allCases.filter { layer in !gaps.contains { $0.layer == layer } }
  }

  /// What is done where a kernel lacks a layer.
  public enum Demand: String, Sendable, CaseIterable {
    /// Nothing is read.
    case require
    /// Documents are read all the same, and it is said.
    case prefer
  }
}

extension Cage.Gap: CustomStringConvertible {
  public var description: String { "\(layer.rawValue) (errno \(errno))" }
}
