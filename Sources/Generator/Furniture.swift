import Reports

/// What a web site puts around a report; copied along with it by whoever copies the page.
struct Furniture {
  let report: SyntheticReport

  var site: String { "\(report.organ.county)人民政府门户网站" }

  /// Lines above the title.
  var head: [String] {
    [
      site, "首页 | 新闻中心 | 政务公开 | 办事服务 | 互动交流",
      "当前位置：首页 > 政府信息公开 > 政府信息公开年报 > \(report.organ.county)",
    ]
  }

  /// The line under the title.
  var dateLine: String {
    "发布日期：\(report.published) 09:20 信息来源：\(report.organ.name) 浏览次数： 字号：[ 大 中 小 ]"
  }

  /// What stands under the title where there is no web site: a date at least.
  var plainDateLine: String { "发布日期：\(report.published)" }

  /// Lines below the report.
  var foot: [String] {
    [
      "打印本页 关闭窗口", "设为首页 | 网站地图 | 联系我们 | 隐私声明",
      "主办：\(report.organ.county)人民政府 承办：\(report.organ.county)人民政府办公室",
      "网站标识码：0000000000 备案号：暮ICP备00000000号-1",
    ]
  }
}
