import Forms
import Reports

/// A cell as a receipt shows it.
struct CellText: Sendable, Hashable {
  enum Look: Sendable, Hashable { case number, blank, words }

  let look: Look
  let text: String
  /// The figure that was read, where the cell says it in other characters: `１２件` is 12.
  let readAs: String?

  init(_ cell: Cell?, _ language: Language) {
    guard let cell, cell.class != .blank else {
      self.init(look: .blank, text: language.say("空白", en: "blank"), readAs: nil)
      return
    }
    let raw = visible(cell.raw, limit: 80)
    guard let number = cell.number?.description else {
      // A word without any mark would look like an empty cell.
      self.init(look: .words, text: raw.isEmpty ? "—" : raw, readAs: nil)
      return
    }
    self.init(
      look: .number, text: raw.isEmpty ? number : raw,
      readAs: raw.isEmpty || raw == number ? nil : number)
  }

  private init(look: Look, text: String, readAs: String?) {
    self.look = look
    self.text = text
    self.readAs = readAs
  }
}
