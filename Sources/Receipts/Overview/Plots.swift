import Reports

// Small plots as inline SVG. What they show stands beside them as numbers or words, so they are hidden from readers of
// the screen, or have a sentence that says the same.

/// Bars below each other, as wide as their share of `most`.
func bar(_ values: [(value: Int, colour: String)], of most: Int) -> String {
  bars(values.map { (Double($0.value), $0.colour) }, of: Double(most))
}

private func bars(_ values: [(value: Double, colour: String)], of most: Double) -> String {
  let height = 100 / Double(values.count)
  let shapes = values.enumerated().map { index, bar in
    // A value that is not zero is seen.
    let width = most > 0 && bar.value > 0 ? max(0.8, bar.value / most * 100) : 0
    return element(
      "rect",
      [
        ("x", "0"), ("y", decimal(Double(index) * height + height * 0.15)),
        ("width", decimal(width)), ("height", decimal(height * 0.7)), ("fill", bar.colour),
      ])
  }
  return element(
    "svg",
    [("viewBox", "0 0 100 100"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")],
    shapes.joined())
}

private let nowColour = "#0b4fa8"
private let beforeColour = "#9aa6b5"

/// Sums of this year beside last year's.
func measures(_ content: OverviewContent) -> String {
  let language = content.language
  let shown = content.measures.filter { $0.now != nil || $0.before != nil }
  guard !shown.isEmpty else { return "" }
  let heads = [
    language.say("项目", en: "Measure"), "\(content.year - 1)", "\(content.year)",
    language.say("对比", en: "Side by side"),
  ].map { element("th", [("scope", "col")], escaped($0)) }
  let rows = shown.map { measure in
    let (before, now) = (measure.before.flatMap(Double.init), measure.now.flatMap(Double.init))
    let most = max(before ?? 0, now ?? 0)
    return element(
      "tr", [],
      element("th", [("scope", "row"), ("class", "text")], escaped(measure.name))
        + [measure.before, measure.now].map {
          element("td", [("class", "number")], escaped($0 ?? "–"))
        }.joined()
        + element(
          "td", [("class", "bar")],
          bars([(before ?? 0, beforeColour), (now ?? 0, nowColour)], of: most)))
  }
  let caption = language.say(
    "现行有效各份报告之和；两年的单位不一定相同", en: "Sums of the reports that count; not always of the same units")
  return element("h2", text: language.say("与上年相比", en: "This year and last"))
    + element(
      "p", [("class", "grey")],
      key("before", "\(content.year - 1)") + " " + key("now", "\(content.year)"))
    + element(
      "table", [("class", "bars")],
      element("caption", [], escaped(caption))
        + element("thead", [], element("tr", [], heads.joined()))
        + "\n" + element("tbody", [], rows.joined(separator: "\n")))
}

private func key(_ style: String, _ words: String) -> String {
  element("span", [("class", "key \(style)")], "") + escaped(words) + " "
}

/// How many units had filed by each day, this year and last.
func progressPlot(_ content: OverviewContent) -> String {
  guard let progress = content.progress, !progress.now.isEmpty || !progress.before.isEmpty else {
    return ""
  }
  let language = content.language
  // Up to the last day of the plot everything is shown; reports that come later stand on that day.
  let days = 100.0
  let most = Double(max(progress.now.count, progress.before.count, content.expected, 1))
  let (left, right, top, bottom) = (34.0, 392.0, 8.0, 158.0)
  func x(_ day: Int) -> Double {
    left + (right - left) * (Double(min(max(day, 1), Int(days))) - 1) / (days - 1)
  }
  func y(_ count: Int) -> Double { bottom - (bottom - top) * Double(count) / most }
  func line(_ filed: [Int], to last: Int, _ colour: String, dashed: Bool) -> String {
    var points = ["\(decimal(x(1))),\(decimal(y(0)))"]
    // One step a day, however many came.
    var place = 0
    while place < filed.count {
      let day = filed[place]
      points.append("\(decimal(x(day))),\(decimal(y(place)))")
      place = filed[place...].firstIndex { $0 != day } ?? filed.count
      points.append("\(decimal(x(day))),\(decimal(y(place)))")
    }
    points.append("\(decimal(x(last))),\(decimal(y(filed.count)))")
    return element(
      "polyline",
      [
        ("points", points.joined(separator: " ")), ("fill", "none"), ("stroke", colour),
        ("stroke-width", dashed ? "2" : "3"), ("stroke-dasharray", dashed ? "6 4" : nil),
      ])
  }
  func word(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> String {
    element(
      "text",
      [
        ("x", decimal(x)), ("y", decimal(y)), ("font-size", "12"), ("fill", "#2c333c"),
        ("text-anchor", anchor),
      ], escaped(text))
  }
  func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    element(
      "line",
      [
        ("x1", decimal(x1)), ("y1", decimal(y1)), ("x2", decimal(x2)), ("y2", decimal(y2)),
        ("stroke", "#8a929c"), ("stroke-width", "1"),
      ])
  }
  // The first days of the months after New Year: 1, 32, 60 or 61, 91 or 92; the difference is no pixel.
  let months = [(1, 1), (2, 32), (3, 60), (4, 91)]
  var shapes = [rule(left, bottom, right, bottom), rule(left, top, left, bottom)]
  for (month, day) in months {
    shapes.append(rule(x(day), bottom, x(day), bottom + 4))
    shapes.append(
      word(x(day), bottom + 18, "middle", language.say("\(month)月1日", en: "1/\(month)")))
  }
  shapes.append(word(left - 5, y(0) + 4, "end", "0"))
  shapes.append(word(left - 5, y(Int(most)) + 8, "end", "\(Int(most))"))
  if content.expected > 0, content.expected < Int(most) {
    shapes.append(rule(left, y(content.expected), right, y(content.expected)))
  }
  shapes.append(line(progress.before, to: Int(days), beforeColour, dashed: true))
  shapes.append(line(progress.now, to: progress.today, nowColour, dashed: false))
  let sentence = language.say(
    "到 \(monthAndDay(content.today))，\(content.year)年度已有 \(progress.now.count) 个单位报送；"
      + "\(content.year - 1)年度同日 \(progress.before.count { $0 <= progress.today }) 个，"
      + "共 \(progress.before.count) 个。",
    en: "By \(content.today) \(english(progress.now.count, "unit")) had filed for \(content.year); "
      + "for \(content.year - 1) it was \(progress.before.count { $0 <= progress.today }) by the same "
      + "day, \(progress.before.count) in all.")
  let picture = element(
    "svg",
    [("class", "plot"), ("viewBox", "0 0 400 182"), ("role", "img"), ("aria-label", sentence)],
    shapes.joined())
  return element("h2", text: language.say("报送进度", en: "Progress"))
    + element(
      "figure", [],
      picture
        + element(
          "figcaption", [],
          key("now", "\(content.year)") + key("before", "\(content.year - 1)") + escaped(sentence)))
}

/// Two digits behind the point at most, without exponents.
private func decimal(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
  var text = (hundredths < 0 ? "-" : "") + "\(whole)"
  if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
  return text
}
