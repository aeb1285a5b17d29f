/// What of a page is seen, as its elements open and close.
struct HTMLVisibility {
  private struct Level {
    var isVeiled: Bool
    var isInvisible: Bool
    var isTiny: Bool
  }

  private let sheet: HTMLStyleSheet
  private var path: [HTMLStyleSheet.Name] = []
  private var levels: [Level] = []

  init(_ sheet: HTMLStyleSheet) { self.sheet = sheet }

  /// Words are not shown here, though they have their place.
  var isVeiled: Bool {
    levels.last.map { $0.isVeiled || $0.isInvisible || $0.isTiny } ?? false
  }

  /// - Returns: whether the element is gone, with its place and all that is in it.
  mutating func start(_ tag: String, _ attributes: HTMLAttributes) -> Bool {
    let own = attributes.style.map { HTMLStyle($0) }
    if !sheet.isEmpty {
      path.append(
        HTMLStyleSheet.Name(
          tag: tag, identity: attributes.identity,
          classes: attributes.classes?.split(whereSeparator: \.isWhitespace) ?? []))
    }
    func hides(_ property: HTMLStyle.Property) -> Bool? {
      let own = own?[property]
      if let own, own.isImportant || sheet.isEmpty { return own.hides }
      let other = sheet.isEmpty ? nil : sheet.value(property, path)
      if let other, other.isImportant { return other.hides }
      return (own ?? other)?.hides
    }
    var level = levels.last ?? Level(isVeiled: false, isInvisible: false, isTiny: false)
    level.isVeiled = level.isVeiled || hides(.opacity) ?? false || hides(.strike) ?? false
    level.isInvisible = hides(.visibility) ?? level.isInvisible
    level.isTiny = hides(.fontSize) ?? level.isTiny
    levels.append(level)
    return attributes.isHidden || hides(.display) ?? false || hides(.officeHiding) ?? false
  }

  mutating func end() {
    _ = levels.popLast()
    _ = path.popLast()
  }
}
