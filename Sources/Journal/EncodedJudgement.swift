import Reports

/// What a judgement takes of the rows that are packed: worked out beside others, before the transaction that they go into.
struct EncodedJudgement: Sendable {
  struct EncodedReport: Sendable {
    /// As JSON.
    let detail: String
    let packedDetail: [UInt8]
    let figures: CanonicalBytes
    let packedFigures: [UInt8]
    /// Of ``Likeness/figures``.
    let likeness: Int
  }

  /// `nil`: it is on no report.
  let report: EncodedReport?
  let findings: CanonicalBytes
  /// `nil`: there are none.
  let packedFindings: [UInt8]?

  init(_ judgement: Judgement, _ catalogue: CellCatalogue, _ packer: Packer) throws {
    let number = judgement.number.databaseInteger
    report = try judgement.report.map { report in
      let detail = try ReportDetail(report).json()
      let code = FigureCode(report, catalogue: catalogue)
      let figures = code.canonical(number)
      return EncodedReport(
        detail: detail, packedDetail: packer.pack(Array(detail.utf8), .report), figures: figures,
        packedFigures: packer.pack(figures.bytes, .figures), likeness: code.likeness)
    }
    findings = judgement.findings.canonical(number)
    packedFindings =
      judgement.findings.isEmpty ? nil : packer.pack(findings.bytes, .findings)
  }

  /// In the order of the judgements.
  static func all(
    _ judgements: [Judgement], _ catalogue: CellCatalogue
  ) throws -> [EncodedJudgement] {
    try onAllCores(
      judgements, step: 8,
      parts: { part in
        let packer = Packer()
        return part.map { judgement in
          Result { try EncodedJudgement(judgement, catalogue, packer) }
        }
      }
    ).map { try $0.get() }
  }
}
