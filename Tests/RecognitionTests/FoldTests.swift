import Testing

@testable import Recognition

@Suite struct `Folding and likeness` {
  @Test(arguments: [
    ("（一）予以　公开", "(一)予以公开"), ("〔2021〕30号", "(2021)30号"), ("1、属于", "1.属于"), ("1．属于", "1.属于"),
    ("一、总体", "一、总体"), ("危及“三安全”", "危及三安全"), ("公開(kāi)、情況", "公开、情况"), ("總計", "总计"),
    ("單位：萬元", "单位:万元"), ("行政複議、復議、覆议", "行政复议、复议、复议"), ("２０２３年", "2023年"),
    ("a\u{200B}b\u{FEFF}", "ab"), ("A(bc)", "A(bc)"), ("公开(公文)", "公开(公文)"), ("????行政许可", "行政许可"),
    ("行政？？许可", "行政许可"), ("是否？", "是否?"), ("—－–", "---"),
  ])
  func `Only what copying changes is folded`(raw: String, folded: String) {
    #expect(Fold.fold(raw).string == folded)
  }

  @Test func `Folding a folded character changes nothing`() {
    for value in 0x20..<0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = Fold.fold(String(scalar))
      if Fold.fold(once.string) != once { Issue.record("\(scalar)") }
    }
  }

  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("一二三", "二三四", 2),
    ("上年结转政府信息公开申请数量", "上年结转政府信息公开数量", 2), ("flaw", "lawn", 2),
  ])
  func `The edit distance is the least number of steps`(a: String, b: String, steps: Int) {
    #expect(Similarity.distance(f(a), f(b), limit: 20) == steps)
    #expect(Similarity.distance(f(b), f(a), limit: 20) == steps)
    if steps > 0 { #expect(Similarity.distance(f(a), f(b), limit: steps - 1) == nil) }
  }

  @Test func `The bit-parallel distance is that of the plain table`() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<500 {
      let a = (0..<(1 + next(64))).map { _ in UInt16(0x4E00 + next(6)) }
      let b = (0..<next(70)).map { _ in UInt16(0x4E00 + next(6)) }
      #expect(EditPattern(a)?.distance(to: b, limit: 200) == plain(a, b))
    }
  }

  private func plain(_ a: Folded, _ b: Folded) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let step = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        diagonal = row[j + 1]
        row[j + 1] = step
      }
    }
    return row[b.count]
  }
}
