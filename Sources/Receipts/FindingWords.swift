import Reports

/// The cells of a finding, and what was expected and found, as short phrases.
func findingDetails(_ finding: Finding, _ language: Language) -> [String] {
  var details: [String] = []
  if !finding.cells.isEmpty {
    details.append(language.say("涉及", en: "cells: ") + language.list(finding.cells))
  }
  switch (finding.expected, finding.found) {
  case (let expected?, let found?):
    details.append(
      language.say("应为 \(expected)，现为 \(found)", en: "expected \(expected), found \(found)"))
  case (let expected?, nil):
    details.append(language.say("应为 \(expected)", en: "expected \(expected)"))
  case (nil, let found?): details.append(language.say("现为 \(found)", en: "found \(found)"))
  case (nil, nil): break
  }
  return details
}
