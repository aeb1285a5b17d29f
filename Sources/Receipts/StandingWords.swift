public import Collection
public import Reports

/// How a unit stands, in a word or two.
public func standingWord(_ unit: UnitStanding, language: Language) -> String {
  switch unit.state {
  case .missing where unit.isLate: language.say("逾期未报", en: "late")
  case .missing where unit.isDueSoon: language.say("即将到期", en: "due soon")
  case .missing: language.say("未报", en: "missing")
  case .returned: language.say("退回待更正", en: "to be mended")
  case .accepted, .acceptedWithWarnings:
    unit.mustMend
      ? language.say("已接收，更正件退回", en: "accepted; its correction was returned")
      : outcomeWord(unit.chain?.standing?.outcome ?? .accepted, language: language)
  }
}

/// What the collector may want to know besides: late, or how many days are left.
public func standingRemark(_ unit: UnitStanding, language: Language) -> String {
  if unit.state == .missing {
    return unit.daysLeft < 0
      ? language.say("逾期 \(-unit.daysLeft) 天", en: "\(english(-unit.daysLeft, "day")) late")
      : language.say("还有 \(unit.daysLeft) 天", en: "\(english(unit.daysLeft, "day")) left")
  }
  var parts: [String] = []
  if unit.isLate { parts.append(language.say("逾期报送", en: "filed late")) }
  if let chain = unit.chain {
    if chain.versions.count > 1 {
      parts.append(
        language.say("共 \(chain.versions.count) 次", en: "\(chain.versions.count) versions"))
    }
    if chain.isUnderCorrection, let standing = chain.standing {
      parts.append(
        language.say(
          "第 \(chain.newest.arrival) 号退回，仍以第 \(standing.arrival) 号为准",
          en: "number \(chain.newest.arrival) was returned, number \(standing.arrival) still counts"
        ))
    }
  }
  for other in unit.others {
    parts.append(
      language.say(
        "另有第 \(other.newest.arrival) 号以相近名称报送，请核对",
        en: "number \(other.newest.arrival) came under a like name: please check"))
  }
  return parts.joined(separator: language.say("；", en: "; "))
}
