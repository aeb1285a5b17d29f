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
        run.follower.start(String(cString: name), XMLAttributes(list: list))
        return run.follower.excess == nil ? 0 : 1
      },
      end: { context, name in
        guard let run = XMLRun.at(context), let name else { return 1 }
        run.follower.end(String(cString: name))
        return run.follower.excess == nil ? 0 : 1
      },
      text: { context, text, length in
        guard let run = XMLRun.at(context), let text else { return 1 }
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        run.follower.text(UnsafeBufferPointer(start: bytes, count: length))
        return run.follower.excess == nil ? 0 : 1
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
