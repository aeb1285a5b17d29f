import Reports

// FMT-TRACKED-CHANGES, FMT-LEFT-OUT, FMT-SCAN: what the sender may not know that his file holds.

/// On a scan nobody is told to mend a cell that may only have been read wrongly.
func guessed(_ finding: Finding) -> Finding {
  guard finding.severity == .error, !finding.cells.isEmpty else { return finding }
  return Finding(
    check: finding.check, status: finding.status, severity: .warning, cells: finding.cells,
    expected: finding.expected, found: finding.found, message: finding.message,
    quote: finding.quote, suspect: finding.suspect)
}

extension Inquiry {
  var isScan: Bool { report.structure.remarks?.contains(.opticallyRead) ?? false }

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
    if remarks.contains(.hiddenText) {
      findings.append(
        Rule.leftOut.finding(
          say(
            "文件的表格里有不显示或划去的数字，没有读取。如属报告内容，请改为正常显示后重新报送。",
            en:
              "The file has figures in its tables that it does not show, or strikes out; they were not read. If they belong to "
              + "the report, please show them and file it again.")))
    }
    if remarks.contains(.opticallyRead) {
      findings.append(
        Rule.scan.finding(
          say(
            "文件是扫描件或图片，内容由文字识别得出，可能认错、漏读：单位、年度和每个数字都请对照原件核对。最好改报 Word、网页等可复制文字的文件。",
            en:
              "The file is a scan or a picture; what it says was read by optical character recognition, which errs: "
              + "please compare unit, year and every figure with the original, or have a document filed whose text can be copied."
          )))
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
