import Reports

/// What the name of an organ tells of its powers. Silent where the name does not decide.
struct Organ: Sendable {
  let unit: String
  let region: String

  init(_ report: Report) {
    unit = report.unit ?? ""
    region = report.region ?? ""
  }

  private func named(_ endings: [String]) -> Bool { endings.contains(where: unit.hasSuffix) }

  var isTownOrStreet: Bool {
    named(["镇人民政府", "乡人民政府", "镇政府", "乡政府", "镇", "乡", "街道办事处", "街道", "街道办", "苏木人民政府"])
  }

  /// County, district or banner by its own name, or an organ of one.
  var isOfCounty: Bool {
    if isTownOrStreet || named(["县人民政府", "区人民政府", "旗人民政府", "县政府", "旗政府"]) {
      return !unit.hasSuffix("自治区人民政府")
    }
    if region.hasSuffix("县") || region.hasSuffix("旗") { return true }
    if region.hasSuffix("区") && !region.hasSuffix("自治区") && !region.hasSuffix("地区") {
      return true
    }
    return unit.mentions("县")
  }

  /// Certain to make no 规章: only ministries, provinces, and cities with districts or autonomous prefectures can
  /// (立法法). Towns, streets, counties and their organs, zone committees, and bureaux below the ministries.
  var lacksRulePower: Bool {
    if unit.hasPrefix("国家") || unit.hasPrefix("中国") || unit.mentions("总局") { return false }
    return isOfCounty || named(["管理委员会", "管委会", "局", "分局", "大队", "支队"])
  }

  /// Certain to be no province and no ministry, so that a fee of ten billion yuan is none.
  var isBelowProvince: Bool {
    isOfCounty
      || named(["局", "管委会", "管理委员会"])
        && !unit.mentions(anyOf: ["国家", "中国", "总局", "省", "自治区"])
  }

  /// Organs whose daily work are decisions: a year without any is none.
  var alwaysDecides: Bool {
    named([
      "公安局", "公安分局", "公安厅", "市场监督管理局", "市场监管局", "税务局", "行政审批局", "综合行政执法局",
      "交通运输局", "自然资源局", "自然资源和规划局", "卫生健康局", "应急管理局",
    ])
  }
}
