import Reports

// FMT-TRACKED-CHANGES, FMT-LEFT-OUT: what the sender may not know that his file holds.

extension Inquiry {
  var remarkFindings: [Finding] {
    let remarks = report.structure.remarks ?? []
    var findings: [Finding] = []
    if remarks.contains(.trackedChanges) {
      findings.append(
        Rule.trackedChanges.finding(
          say(
            "文件里有修订痕迹，程序按全部接受修订后的内容读取，删去的文字和数字没有计入。请核对；正式报送前宜接受修订、清除痕迹。",
            en:
              "The file has tracked changes; it was read as if all were accepted. Please look it over, and "
              + "accept the changes before the file is published.")))
    }
    if remarks.contains(.hiddenCells) {
      findings.append(
        Rule.leftOut.finding(
          say(
            "表格文件里有隐藏的行、列或工作表，其中的内容没有读取。如属报告内容，请取消隐藏后重新报送。",
            en:
              "The workbook has hidden rows, columns or sheets, which were not read. If they belong to the "
              + "report, please show them and file it again.")))
    }
    if remarks.contains(.macros) {
      findings.append(
        Rule.leftOut.finding(
          say(
            "文件里带有宏，程序没有读取也没有运行，不影响数据。公开发布前请另存为不带宏的文件。",
            en:
              "The file has macros, which were neither read nor run. Please save it without them before it is "
              + "published.")))
    }
    return findings
  }
}
