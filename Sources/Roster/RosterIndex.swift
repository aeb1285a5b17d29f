extension Roster {
  /// What finding a unit by its name asks of every entry that goes by it: a country has many towns of one name.
  struct Index: Sendable {
    /// Every name form of every entry, folded, to the numbers of the entries that have it.
    let names: [String: [Int]]
    /// Of each entry.
    let places: [Place]

    init(_ entries: [Entry]) {
      var names: [String: [Int]] = [:]
      var places: [Place] = []
      places.reserveCapacity(entries.count)
      var region = (name: "", folded: UnitName.FoldedRegion(""), place: Place(""))
      for (number, entry) in entries.enumerated() {
        if entry.region != region.name {
          region = (entry.region, UnitName.FoldedRegion(entry.region), Place(entry.region))
        }
        places.append(region.place)
        let forms = ([entry.unit] + entry.aliases).flatMap { name in
          [UnitName.folded(name), UnitName.local(name, regions: CollectionOfOne(region.folded))]
        }
        for form in Set(forms) { names[form, default: []].append(number) }
      }
      self.names = names
      self.places = places
    }

    /// A region, for comparing.
    struct Place: Sendable {
      let isProvince: Bool
      private let folded: String

      init(_ region: String) {
        isProvince = UnitName.isProvince(region)
        folded = UnitName.folded(region)
      }

      /// Whether both can be of one region: equal, one the end of the other, or one not given.
      func agrees(with other: Place) -> Bool {
        folded.isEmpty || other.folded.isEmpty || folded.hasSuffix(other.folded)
          || other.folded.hasSuffix(folded)
      }
    }
  }
}
