/// Something that must be so; the command fails where it is not.
struct Gate {
  let name: String
  let found: String
  let isMet: Bool
}
