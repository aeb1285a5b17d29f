import Forms
import Reports

extension SentenceReader {
  // MARK: Table 2

  /// Phrases of the table, and the cells they name, on the newer form and the older.
  private static let phrases: [(words: [Folded], keys: [CellKey])] = {
    let spelled: [([String], [String])] = [
      (["行政许可决定", "行政许可处理决定"], ["t2.license.decisions", "t2v19.license.decisions"]),
      (["行政处罚决定", "行政处罚处理决定"], ["t2.penalty.decisions", "t2v19.penalty.decisions"]),
      (["行政强制决定", "行政强制处理决定"], ["t2.coercion.decisions", "t2v19.coercion.decisions"]),
      (["制发行政规范性文件", "制发规范性文件"], ["t2.normative.issued"]),
      (["废止行政规范性文件", "废止规范性文件"], ["t2.normative.repealed"]),
      (
        ["现行有效行政规范性文件", "现行有效规范性文件", "现行有效的规范性文件", "现行有效的行政规范性文件", "规范性文件现行有效"],
        ["t2.normative.in_force"]
      ),
      (["制发规章"], ["t2.rules.issued"]), (["废止规章"], ["t2.rules.repealed"]),
    ]
    return spelled.map { ($0.0.map { Fold.fold($0) }, $0.1.compactMap { CellKey($0) }) }
  }()
  private static let starts = WordSet(phrases.flatMap(\.words))
  private static let ofThese = f("其中")
  /// 以县政府名义制发: whose documents they are, the text tells apart.
  private static let inName = f("名义")
  private static let part: UInt16 = 0x90E8

  mutating func readTable2(_ clause: Clause) {
    let words = clause.words
    // Published notices are not decisions.
    guard !clause.numbers.isEmpty, !table2.isEmpty, Self.starts.isIn(words),
      !Words.published.isIn(words), !words.contains(words: Self.ofThese),
      !words.contains(words: Self.inName)
    else { return }
    for (phrases, keys) in Self.phrases {
      guard let key = keys.first(where: { table2[$0] != nil }) else { continue }
      for phrase in phrases {
        guard let start = words.find(phrase),
          let number = clause.number(after: start + phrase.count, fillers: Words.outcomeFillers),
          Clause.countsMatters(number) || number.counter == Self.part
        else { continue }
        tell(.table2(key), value: number.value)
        break
      }
    }
  }

  // MARK: None

  private static let none = WordSet(
    spaced:
      "未收到 未新收 没有收到 未接到 未受理 未曾收到 尚未收到 无收到 没有接到 未接收到 未接收 没有受理 未新收到 未发生 没有发生 没有 暂无 无 未有 未出现 未产生 并无 尚无 未"
  )
  private static let zero = WordSet(spaced: "为零 零报告 零申请 为零申请 为零报告 零受理")
  private static let asked = WordSet(spaced: "公开申请 依申请公开 申请公开 公开的申请 信息的申请 申请政府信息公开 申请信息公开 申请政府信息")
  private static let towards: UInt16 = 0x5411

  /// 未收到政府信息公开申请 and its like: from the word for none to the end of the clause nothing but requests.
  mutating func readNone(_ clause: Clause) {
    let words = clause.words
    // Other figures than a year make it a sentence about something else.
    guard
      clause.numbers.allSatisfy({ number in
        clause.years.contains { $0.start == number.start }
      }), !Words.branches.isIn(words)
    else { return }
    for start in words.indices {
      if let none = Self.none.word(at: start, in: words) {
        let rest = withoutAddressee(Array(words[(start + none.count)...]))
        if Self.asked.isIn(rest), isOnly(Words.noneFillers, rest) {
          tell(.noRequests, value: nil)
          return
        }
      }
      if Self.zero.word(at: start, in: words) != nil, Self.asked.isIn(Array(words[..<start])) {
        tell(.noRequests, value: nil)
        return
      }
    }
  }

  /// 没有群众向某局申请公开…: to whom does not matter.
  private func withoutAddressee(_ words: Folded) -> Folded {
    guard let start = words.firstIndex(of: Self.towards) else { return words }
    let asks = [f("申请"), f("提出"), f("提交")].compactMap { words.find($0, from: start) }.min()
    guard let asks, asks - start <= 14 else { return words }
    return Array(words[..<start] + words[asks...])
  }

  // MARK: All done

  private static let all = WordSet(spaced: "全部 均 均已 全部已 已全部 均能 都 都已")
  private static let manners = WordSet(
    spaced: "已 按时 按期 依法 依规 及时 按规定 按照规定 按要求 在法定期限内 在规定时限内 在规定期限内 在法定时限内 予以 进行 作出 了 得到")
  private static let ends = WordSet(spaced: "办结 答复 办理完毕 处理完毕 办理完结 回复")
  private static let endFillers =
    ends + WordSet(spaced: "了 并 及 和 处理 反馈 送达 公开 完成 完毕 给 申请人 申请者 群众 。")
  private static let every = WordSet(spaced: "均 都")
  private static let lawful = WordSet(
    spaced: "按时 按期 依法 依规 及时 按规定 按照规定 按要求 在法定期限内 在规定时限内 在规定期限内 在法定时限内")
  private static let replies = WordSet(spaced: "答复 回复")
  private static let alreadyDone = WordSet(spaced: "已 得到 作出 全部")

  /// 均依法答复 tells how it is done, and of those that are not due yet nothing; 均已依法答复, 全部依法答复 tell of all.
  private func isManner(_ words: Folded, of end: Folded) -> Bool {
    Self.every.isPrefix(of: words) && Self.lawful.isIn(words) && !Self.alreadyDone.isIn(words)
      && Self.replies.words.contains(end)
  }

  private static let rates = WordSet(spaced: "办结率 答复率")
  private static let rateFillers = WordSet(spaced: "为 达 达到 均 均为 均达 到 均达到")
  /// Of those answered, all in time: says nothing of those that are not.
  private static let inTime = WordSet(spaced: "按时 按期 及时 如期")

  mutating func readAllDone(_ clause: Clause) {
    guard namesRequests || Words.requests.isIn(clause.words) || !found.isEmpty else { return }
    let words = clause.words
    for start in words.indices {
      guard let word = Self.all.word(at: start, in: words) else { continue }
      var position = start + word.count
      while let manner = Self.manners.word(at: position, in: words) { position += manner.count }
      // 均答复33件, 全部办结到期申请, 均答复或结转: not all of them, or not only that.
      if let end = Self.ends.word(at: position, in: words),
        isOnly(Self.endFillers, Array(words[(position + end.count)...])),
        !isManner(Array(words[start..<position]), of: end)
      {
        tell(.allDone, value: nil)
        return
      }
    }
    for rate in Self.rates.words {
      if let start = words.find(rate), !Self.inTime.isSuffix(of: Array(words[..<start])),
        let number = clause.number(after: start + rate.count, fillers: Self.rateFillers),
        number.isPercent, number.value.integer == 100
      {
        tell(.allDone, value: nil)
        return
      }
    }
  }
}
