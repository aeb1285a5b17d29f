import Receipts
import Reports

extension CheckRecord {
  /// The same facts as a receipt, for programs.
  init(_ content: ReceiptContent, file: String) {
    self.init(
      file: file, sha256: content.sha256, bytes: content.bytes, format: content.format,
      encoding: content.encoding, outcome: content.outcome,
      reason: content.refusal.map {
        Reason(
          code: $0.code,
          message: refusalSentence($0, format: content.format, language: content.language))
      }, report: content.report, findings: content.findings)
  }
}
