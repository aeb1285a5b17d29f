/// Folding text for comparison: what copying, typing and converting change without changing the words.
///
/// White space and quotation marks vanish; widths, brackets, colons and dashes become one form; traditional characters
/// of the forms' vocabulary become simplified; pinyin in brackets after a character is dropped; `1、` becomes `1.`.
/// Characters beyond the basic plane become U+FFFD, so that one code unit is one character.
enum Fold {
  static func fold(_ text: String) -> [UInt16] { fold(text[...]) }

  static func fold(_ text: Substring) -> [UInt16] { text.withBytes(fold) }

  private static func fold(_ bytes: TextBytes) -> [UInt16] {
    let map = map
    var result: [UInt16] = []
    result.reserveCapacity(bytes.count / 3 + 8)
    // Where an open bracket that may hold pinyin stands in `result`.
    var open: Int?
    var previous: UInt16 = 0
    var index = 0
    while index < bytes.count {
      let scalar = bytes.scalar(at: &index)
      let folded = scalar < 0x10000 ? map[Int(scalar)] : 0xFFFD
      guard folded != 0 else { continue }
      switch folded {
      case U.question where result.last == U.question || previous == U.question:
        // `????` stands for characters that the copying program did not know.
        if result.last == U.question { result.removeLast() }
        previous = folded
        continue
      case U.open:
        open = result.last.map(isHan) == true ? result.count : nil
      case U.close:
        if let start = open, start + 1 < result.count {
          result.removeSubrange(start...)
          open = nil
          continue
        }
        open = nil
      case U.enumerationComma where result.last.map(isDigit) == true:
        result.append(U.point)
        open = nil
        continue
      default:
        if open != nil, !isLatin(folded) { open = nil }
      }
      previous = folded
      result.append(folded)
    }
    return result
  }

  /// As ``fold(_:)``, with one space for each run of white space: where it tells figures apart (`2024-1-1 10:44`).
  static func foldKeepingSpaces(_ text: Substring) -> [UInt16] {
    let pieces = text.unicodeScalars.split(whereSeparator: isSpace)
    return Array(pieces.map { fold(Substring($0)) }.joined(separator: [0x20]))
  }

  static func isDigit(_ c: UInt16) -> Bool { c >= 0x30 && c <= 0x39 }
  static func isHan(_ c: UInt16) -> Bool { c >= 0x3400 && c <= 0x9FFF || c == 0x3007 }
  static func isLatin(_ c: UInt16) -> Bool {
    c >= 0x41 && c <= 0x5A || c >= 0x61 && c <= 0x7A || c >= 0xC0 && c <= 0x24F
      || c >= 0x300 && c <= 0x36F
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { isSpace(scalar.value) }

  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    // What nearly all text is of comes first.
    case 0x3001...0x3163, 0x3165...0xFEFE, 0x21...0x7E: false
    case 0x01...0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
      0x205F...0x206F, 0x3000, 0x3164, 0xFEFF:
      true
    default: false
    }
  }

  /// The first character that is left of the text; of `??` both may vanish, and the first is told.
  static func first(_ text: Substring) -> UInt16? {
    text.withBytes { bytes in
      var index = 0
      while index < bytes.count {
        let scalar = bytes.scalar(at: &index)
        let folded = scalar < 0x10000 ? map[Int(scalar)] : 0xFFFD
        if folded != 0 { return folded }
      }
      return nil
    }
  }

  /// The text without white space at its ends; zero-width characters count as white space.
  static func trimmed(_ text: Substring) -> Substring {
    text.withBytes { bytes in
      var start = 0
      var end = bytes.count
      while start < end {
        var next = start
        guard isSpace(bytes.scalar(at: &next)) else { break }
        start = next
      }
      while end > start {
        var before = end
        guard isSpace(bytes.scalar(before: &before)) else { break }
        end = before
      }
      return start == 0 && end == bytes.count ? text : text.part(start..<end)
    }
  }

  private static let map: [UInt16] = {
    var table = (0..<0x10000).map { UInt16($0) }
    for value in table where isSpace(UInt32(value)) { table[Int(value)] = 0 }
    for value in 0xFF01...0xFF5E { table[value] = UInt16(value - 0xFEE0) }
    for c in "\"'“”‘’„‟‛「」『』《》〈〉＂＇″′`´｀".utf16 { table[Int(c)] = 0 }
    for c in "〔【［[{｛〖﹝".utf16 { table[Int(c)] = U.open }
    for c in "〕】］]}｝〗﹞".utf16 { table[Int(c)] = U.close }
    for c in "︰∶﹕".utf16 { table[Int(c)] = U.colon }
    for c in "‐‑‒–—―−─－﹣".utf16 { table[Int(c)] = U.dash }
    for c in "～〜∼".utf16 { table[Int(c)] = U.tilde }
    for c in "﹐".utf16 { table[Int(c)] = U.comma }
    for c in "○〇◯".utf16 { table[Int(c)] = 0x3007 }
    let pairs = Array(traditional.utf16)
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      table[Int(pairs[index])] = pairs[index + 1]
    }
    return table
  }()

  /// Traditional and variant characters followed by the simplified one; the vocabulary of the forms and of units.
  private static let traditional =
    "規规範范製制覆复係系裏里裡里開开請请數数據据關关處处許许強强廢废現现總总計计結结轉转業业機机構构會会組组織织務务無无當当補补"
    + "屬属國国門门開开資资訊讯網网檔档項项條条內内類类過过執执權权護护續续辦办報报縣县區区鎮镇鄉乡團团廳厅長长東东"
    + "廣广島岛衛卫財财發发佈布時时間间實实際际動动態态爲为為为與与於于對对應应該该說说話话見见視视觀观記记設设談谈"
    + "議议訴诉訟讼維维糾纠審审餘余種种個个書书認认証证證证質质購购費费額额單单萬万億亿確确穩稳舉举誤误繳缴納纳徵征協协調调"
    + "環环聯联進进遞递達达運运輸输連连還还產产創创導导層层幹干農农專专顯显舊旧統统經经濟济營营標标級级約约領领題题問问"
    + "須须預预決决裝装講讲論论評评試试詢询諮咨訪访詐诈詳详誌志誠诚語语諾诺謀谋識识變变讓让負负責责貨货貿贸買买賣卖賬账"
    + "賠赔賦赋趨趋車车軍军軌轨較较輕轻轄辖邊边遠远適适選选遺遗郵邮醫医釋释錄录錢钱錯错鐵铁閉闭閱阅隊队陽阳階阶隱隐"
    + "雙双雜杂離离難难電电靈灵頁页順顺頒颁頻频顧顾風风飛飞館馆馬马驗验體体點点黨党齊齐龍龙來来倉仓價价優优備备傳传僅仅"
    + "儘尽兩两則则剛刚勞劳勢势勝胜匯汇參参吳吴員员啓启啟启嚴严圍围園园圓圆圖图場场壓压報报壞坏聲声夠够夾夹奪夺學学寧宁寶宝"
    + "將将尋寻屆届岡冈峽峡帶带幣币庫库彈弹從从復复徑径愛爱慮虑慶庆懷怀戰战戶户挾挟採采撥拨擔担擇择擬拟擴扩"
    + "攜携敗败敘叙斷断晉晋暫暂曆历書书極极樓楼樣样樹树橋桥檢检櫃柜歲岁歷历殘残殺杀氣气況况淨净減减測测溝沟滅灭準准漢汉濱滨"
    + "灣湾災灾煙烟熱热燈灯爭争獎奖獨独獲获瑪玛畢毕畫画異异療疗監监盡尽盤盘礎础礦矿禮礼稅税積积窮穷筆笔節节築筑簡简簽签籌筹"
    + "紀纪級级紅红紙纸紹绍終终給给絕绝綜综綠绿線线練练縮缩縱纵績绩罰罚羅罗義义習习聖圣聞闻職职聽听肅肃脫脱腦脑興兴舉举艦舰"
    + "藝艺藥药蘇苏蘭兰號号補补複复規规親亲覽览觸触訂订託托訓训註注診诊該该誰谁課课諒谅謝谢譯译讀读貢贡貧贫貫贯費费"
}

/// Folded characters that the code names.
enum U {
  static let open: UInt16 = 0x28
  static let close: UInt16 = 0x29
  static let point: UInt16 = 0x2E
  static let comma: UInt16 = 0x2C
  static let semicolon: UInt16 = 0x3B
  static let colon: UInt16 = 0x3A
  static let dash: UInt16 = 0x2D
  static let tilde: UInt16 = 0x7E
  static let question: UInt16 = 0x3F
  static let percent: UInt16 = 0x25
  static let bar: UInt16 = 0x7C
  static let underscore: UInt16 = 0x5F
  static let enumerationComma: UInt16 = 0x3001
  static let fullStop: UInt16 = 0x3002
  /// What could not be decoded.
  static let unknown: UInt16 = 0xFFFD
  static let year: UInt16 = 0x5E74
  static let month: UInt16 = 0x6708
  static let day: UInt16 = 0x65E5
}
