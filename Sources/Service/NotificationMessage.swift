import FoundationEssentials
import Journal
import Reports

/// What `notify.command` gets: one JSON object, the keys of `notifications --json` and where the receipts stand.
struct NotificationMessage: Encodable {
  let notification: Notification
  /// Absolute paths, HTML first; `nil`: the notification is about no arrival, or its receipt was replaced.
  let receipts: [String]?

  private enum Keys: String, CodingKey {
    case schema, id, arrival, addressee, unit, region, subject, message, created, state, receipts
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    var unit: String?
    var region: String?
    if case .unit(let name, let place) = notification.addressee { (unit, region) = (name, place) }
    try container.encode("shoubao.notification/1", forKey: .schema)
    try container.encode(notification.id, forKey: .id)
    // `null` is written out: a key that is missing and one without a value are different things.
    try container.encode(notification.arrival, forKey: .arrival)
    try container.encode(unit == nil ? "office" : "unit", forKey: .addressee)
    try container.encode(unit, forKey: .unit)
    try container.encode(region, forKey: .region)
    try container.encode(notification.subject, forKey: .subject)
    try container.encode(notification.message, forKey: .message)
    try container.encode(notification.created.description, forKey: .created)
    try container.encode(notification.state.rawValue, forKey: .state)
    try container.encode(receipts ?? [], forKey: .receipts)
  }

  /// One line.
  var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }
}
