public import Forms

/// A figure, or its absence, told in the text (section 10 of the format reference).
public struct Statement: Sendable, Hashable, Codable {
  /// What the words are about.
  public enum Subject: Sendable, Hashable, Codable {
    /// 新收 / 收到 / 受理 … 申请 N 件.
    case received
    /// 上年（度）结转 N 件.
    case carriedIn
    /// 办结 / 答复 / 办理 N 件.
    case done
    /// 结转下年度 N 件.
    case carriedOut
    case granted
    case partial
    /// 予以公开及部分公开 N 件, told as one.
    case grantedAndPartial
    case denied
    case unable
    case rejected
    case otherwise
    /// 自然人 N 件.
    case natural
    /// 法人或其他组织 N 件.
    case organisations
    /// 行政复议 N 件.
    case review
    /// 行政诉讼 N 件.
    case suit
    /// 维持、纠正、其他结果、尚未审结 N 件 of reviews or of suits.
    case result(CaseKind, CaseResult)
    /// A figure of table 2 told in the words of the table.
    case table2(CellKey)
    /// 未收到政府信息公开申请 and its like; no figure.
    case noRequests
    /// 全部办结 and its like; no figure.
    case allDone
    /// 占 N%: of what, is told by `part` and `whole`.
    case percent(part: Int, whole: Int)
  }

  public enum CaseKind: String, Sendable, Codable { case review, suit }

  /// The columns of table 4 without 总计, by their keys.
  public enum CaseResult: String, Sendable, Codable, CaseIterable {
    case upheld, corrected, other, pending
  }

  public let subject: Subject
  /// The figure told; `nil` where the statement has none. For ``Subject/percent(part:whole:)`` the percentage.
  public let value: Figure?
  /// The sentence, whole.
  public let quote: String
  public let section: Section?

  public init(subject: Subject, value: Figure?, quote: String, section: Section?) {
    self.subject = subject
    self.value = value
    self.quote = quote
    self.section = section
  }
}
