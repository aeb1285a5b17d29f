/// Writes words with other characters: traditional ones, pinyin in brackets, 、 behind ordinals.
struct Script {
  private let traditional: Bool
  private let pinyin: Bool
  private let ordinals: Bool
  /// Which of the characters stay as they are, the same throughout a page.
  private let kept: UInt64

  init(_ traits: Set<Trait>, seed: UInt64) {
    traditional = traits.contains(.traditional)
    pinyin = traits.contains(.pinyin)
    ordinals = traits.contains(.ordinals)
    kept = seed
  }

  var changes: Bool { traditional || pinyin || ordinals }

  func write(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if ordinals, scalar == ".", let digit = previous, ("1"..."9").contains(digit) {
        result.append("、")
      } else if traditional, let other = Self.traditional[scalar], !isKept(scalar) {
        result.append(other)
      } else {
        result.append(scalar)
      }
      if pinyin, !isKept(scalar), let sound = Self.sounds[scalar] {
        result.append(contentsOf: "(\(sound))".unicodeScalars)
      }
      previous = scalar
    }
    return String(result)
  }

  /// One in four is not converted, as with 范 and 于 in real pages.
  private func isKept(_ scalar: Unicode.Scalar) -> Bool {
    var random = SplitMix64(seed: kept ^ UInt64(scalar.value))
    return random.next() % 4 == 0
  }

  private static let traditional: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs = Array(
      ("规規制製发發废廢现現许許处處罚罰强強业業开開请請数數转轉结結业業机機构構会會组組织織务務总總计計"
        + "属屬国國规規内內过過执執权權续續办辦报報没沒现現无無当當补補误誤缴繳纳納费費复復议議诉訴讼訟维維纠糾"
        + "审審余餘险險县縣区區镇鎮乡鄉团團关關单單万萬项項购購采採额額对對总總量量页頁类類护護举舉访訪询詢确確认認"
        + "获獲两兩问問题題进進实實际際时時间間说說个個员員经經济濟级級为為与與于於")
        .unicodeScalars)
    var map: [Unicode.Scalar: Unicode.Scalar] = [:]
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      map[pairs[index]] = pairs[index + 1]
    }
    return map
  }()

  private static let sounds: [Unicode.Scalar: String] = [
    "规": "guī", "许": "xǔ", "处": "chù", "请": "qǐng", "开": "kāi", "权": "quán", "复": "fù", "结": "jié",
    "业": "yè", "构": "gòu",
  ]
}
