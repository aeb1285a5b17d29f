import Journal
import Reports
import Service

extension Arrival {
  /// One line of `list --json`; also `last` of `status --json`.
  var record: JSONValue {
    [
      "arrival": .integer(number), "received": .text(received.description),
      "file": .text(displayName), "outcome": JSONValue(result?.outcome.rawValue),
      "reason": JSONValue(result?.reason?.code.rawValue),
      "sha256": JSONValue(result?.sha256?.description), "bytes": JSONValue(result?.size),
      "format": JSONValue(result?.format.rawValue), "unit": JSONValue(identity?.unit),
      "region": JSONValue(identity?.region), "kind": JSONValue(identity?.kind?.rawValue),
      "year": JSONValue(identity?.year), "version": JSONValue(identity?.version),
      "errors": JSONValue(result?.errors), "warnings": JSONValue(result?.warnings),
      "duplicate_of": JSONValue(result?.duplicateOf), "supersedes": JSONValue(result?.supersedes),
      "superseded_by": JSONValue(supersededBy), "parent": JSONValue(parent),
    ]
  }
}

extension Notification {
  /// One line of `notifications --json`.
  var record: JSONValue {
    var unit: String?
    var region: String?
    if case .unit(let name, let place) = addressee { (unit, region) = (name, place) }
    return [
      "id": .integer(id), "arrival": JSONValue(arrival),
      "addressee": .text(unit == nil ? "office" : "unit"), "unit": JSONValue(unit),
      "region": JSONValue(region), "subject": .text(subject), "message": .text(message),
      "created": .text(created.description), "state": .text(state.rawValue),
    ]
  }
}
