public import Reports

/// An organ that reports. Provinces, cities, counties, towns and their organs are all invented.
public struct Organ: Sendable, Hashable {
  public let province: String
  public let city: String
  /// The county, county-level city or district: the region that a town or a bureau reports in.
  public let county: String
  /// As the title prints it: 槿台镇人民政府, 霁原县水务局, 霁原县人民政府.
  public let name: String
  public let kind: Report.Kind
  /// What the text calls it: 本镇, 本局.
  public let short: String

  /// The name tells the region.
  var namesRegion: Bool { name.hasPrefix(county) }

  /// Its class in `roster.csv`.
  var rosterKind: String {
    if kind == .level { return "level" }
    return name.hasSuffix("街道办事处") ? "street" : short == "本局" ? "department" : "town"
  }

  /// How many organs ``init(number:)`` tells apart.
  public static let count = counties.count * perCounty

  private static let perCounty = townFirst.count * townSecond.count + bureaus.count + 1

  /// The organ of a number: neighbours are of different counties, and no two of ``count`` are the same.
  public init(number: Int) {
    let number = ((number % Organ.count) + Organ.count) % Organ.count
    let place = Organ.counties[number % Organ.counties.count]
    let which = number / Organ.counties.count
    province = place.province
    city = place.city
    county = place.county
    let towns = Organ.townFirst.count * Organ.townSecond.count
    // A bureau, then a town or street, then a bureau …, as long as both last; the level report comes last.
    let bureau = which / 2
    if which.isMultiple(of: 2), bureau < Organ.bureaus.count {
      kind = .own
      short = "本局"
      name = place.county + Organ.bureaus[bureau]
    } else {
      let town = which - min((which + 1) / 2, Organ.bureaus.count)
      if town < towns {
        let stem =
          Organ.townFirst[town % Organ.townFirst.count]
          + Organ.townSecond[town / Organ.townFirst.count]
        kind = .own
        switch town % 4 {
        case 0:
          short = "本街道"
          name = place.county + stem + "街道办事处"
        case 1:
          short = "本乡"
          name = place.county + stem + "乡人民政府"
        default:
          // Names repeat across counties: such a report is known by what else stands on the page.
          short = "本镇"
          name = stem + "镇人民政府"
        }
      } else {
        kind = .level
        short = place.county.hasSuffix("市") ? "全市" : place.county.hasSuffix("区") ? "全区" : "全县"
        name = place.county + "人民政府"
      }
    }
  }

  private struct Place {
    let province: String
    let city: String
    let county: String
  }

  private static let counties: [Place] = {
    let provinces = ["暮岫省", "霁泽省", "蘅屏省"]
    let cities = ["珞原市", "砚渚市", "黛陂市", "槿峤市"]
    var all: [Place] = []
    for second in ["原", "台", "岫", "渚", "屏", "泽", "峤", "陂"] {
      for first in ["霁", "槿", "蘅", "芷", "黛", "砚", "珞", "暮", "汀", "霖", "桫", "翊"] {
        let number = all.count
        all.append(
          Place(
            province: provinces[number % provinces.count], city: cities[number % cities.count],
            county: first + second + (number % 5 == 3 ? "区" : number % 7 == 5 ? "市" : "县")))
      }
    }
    return all
  }()

  private static let townFirst = ["青檀", "白蘋", "石蕨", "云荇", "松萝", "雨篁", "竹沚", "荷汊"]
  private static let townSecond = ["坞", "圩", "坪", "埠", "墩", "湾", "垭", "塬", "岙"]
  private static let bureaus = [
    "水务局", "民政局", "统计局", "档案局", "林业局", "审计局", "财政局", "教育局", "医疗保障局", "应急管理局",
    "交通运输局", "农业农村局", "自然资源局", "生态环境局", "市场监督管理局", "发展和改革局", "人力资源和社会保障局",
    "文化和旅游局", "卫生健康局", "住房和城乡建设局", "退役军人事务局", "信访局", "司法局", "商务局",
  ]
}
