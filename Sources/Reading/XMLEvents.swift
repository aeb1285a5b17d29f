import CDocument

/// What follows the elements of an XML part.
protocol XMLFollower {
  /// Names come without their namespace.
  mutating func start(_ name: String, _ attributes: XMLAttributes)
  mutating func end(_ name: String)
  mutating func text(_ text: UnsafeBufferPointer<UInt8>)
  /// Why the part is not followed any further.
  var excess: String? { get }
}

/// What the parser is told after each step, 0 or 1 for no further. One access to the follower for both: to ask it afterwards
/// would copy it, with all that it holds.
extension XMLFollower {
  fileprivate mutating func opened(_ name: String, _ attributes: XMLAttributes) -> Int32 {
    start(name, attributes)
    return isStopped
  }

  fileprivate mutating func closed(_ name: String) -> Int32 {
    end(name)
    return isStopped
  }

  fileprivate mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    self.text(text)
    return isStopped
  }

  private var isStopped: Int32 { excess == nil ? 0 : 1 }
}

/// The attributes of the element that has just begun.
struct XMLAttributes {
  fileprivate let list: UnsafeBufferPointer<shoubao_xml_attribute>

  /// The value of the first attribute with this local name.
  subscript(name: String) -> String? {
    for attribute in list {
      guard let other = attribute.name, String(cString: other) == name else { continue }
      return String(
        decoding: UnsafeRawBufferPointer(start: attribute.value, count: attribute.length),
        as: UTF8.self)
    }
    return nil
  }
}

enum XMLPart {
  enum Failure: Error {
    /// The source is no XML, or breaks off.
    case broken
    case tooDeep
    case hasDoctype
    /// The follower's own reason.
    case stopped(String)
    case noMemory
  }

  /// Follows a part to its end, or to where it breaks; what came before has been followed.
  static func follow<Follower: XMLFollower>(
    _ bytes: [UInt8], with follower: inout Follower, depth: Int
  ) throws(Failure) {
    let run = XMLRun(follower)
    let result = run.parse(bytes, depth: depth)
    guard let followed = run.follower as? Follower else { return }
    follower = followed
    switch result {
    case SHOUBAO_XML_DONE: return
    case SHOUBAO_XML_STOPPED: throw .stopped(follower.excess ?? "stopped")
    case SHOUBAO_XML_TOO_DEEP: throw .tooDeep
    case SHOUBAO_XML_HAS_DOCTYPE: throw .hasDoctype
    case SHOUBAO_XML_NO_MEMORY: throw .noMemory
    default: throw .broken
    }
  }
}

/// Hands the parser's calls to the follower. A class, since C keeps nothing but a pointer to it.
private final class XMLRun {
  var follower: any XMLFollower

  init(_ follower: any XMLFollower) { self.follower = follower }

  func parse(_ bytes: [UInt8], depth: Int) -> shoubao_xml_result {
    var handler = shoubao_xml_handler(
      start: { context, name, attributes, count in
        guard let run = XMLRun.at(context), let name else { return 1 }
        let list = UnsafeBufferPointer(start: attributes, count: Int(count))
        return run.follower.opened(String(cString: name), XMLAttributes(list: list))
      },
      end: { context, name in
        guard let run = XMLRun.at(context), let name else { return 1 }
        return run.follower.closed(String(cString: name))
      },
      text: { context, text, length in
        guard let run = XMLRun.at(context), let text else { return 1 }
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        return run.follower.read(UnsafeBufferPointer(start: bytes, count: length))
      })
    return bytes.withUnsafeBytes { bytes in
      shoubao_xml_parse(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, Int32(depth), &handler,
        Unmanaged.passUnretained(self).toOpaque())
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLRun? {
    context.map { Unmanaged<XMLRun>.fromOpaque($0).takeUnretainedValue() }
  }
}
