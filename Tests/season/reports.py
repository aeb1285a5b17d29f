"""Synthetic reports of a small region over some years: figures that satisfy every relation of the national forms, also across
years, and pages that print them. Independent of the program under test: the forms are written down here once more."""

import io
import random
import zipfile
from decimal import Decimal

COLUMNS = "natural company research charity legal_service other_org total".split()
HEADS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计".split()
# key, label as printed, outcome or not.
BEFORE = [
    ("new_received", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "二、上年结转政府信息公开申请数量"),
]
OUTCOMES = [
    ("granted", "（一）予以公开"),
    ("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("deny_state_secret", "1.属于国家秘密"),
    ("deny_law_forbidden", "2.其他法律行政法规禁止公开"),
    ("deny_safety_stability", "3.危及“三安全一稳定”"),
    ("deny_third_party", "4.保护第三方合法权益"),
    ("deny_internal_affairs", "5.属于三类内部事务信息"),
    ("deny_process_info", "6.属于四类过程性信息"),
    ("deny_enforcement_file", "7.属于行政执法案卷"),
    ("deny_admin_query", "8.属于行政查询事项"),
    ("unable_not_held", "1.本机关不掌握相关政府信息"),
    ("unable_needs_creation", "2.没有现成信息需要另行制作"),
    ("unable_still_unclear", "3.补正后申请内容仍不明确"),
    ("reject_petition", "1.信访举报投诉类申请"),
    ("reject_repeat", "2.重复申请"),
    ("reject_publication", "3.要求提供公开出版物"),
    ("reject_abusive", "4.无正当理由大量反复申请"),
    ("reject_reissue", "5.要求行政机关确认或重新出具已获取信息"),
]
OTHER = {
    2021: [
        ("other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("other_no_fee", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other_misc", "3.其他"),
    ],
    2019: [("other_total", "（六）其他处理")],
}
AFTER = [("results_total", "（七）总计"), ("carried_out", "四、结转下年度继续办理")]
BLOCKS = ["review", "suit_direct", "suit_after_review"]
RESULTS = "upheld corrected other pending total".split()
TABLE2 = {
    2021: [
        ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], [
            ("规章", ["t2.rules.issued", "t2.rules.repealed", "t2.rules.in_force"]),
            ("行政规范性文件",
             ["t2.normative.issued", "t2.normative.repealed", "t2.normative.in_force"])]),
        ("第二十条第（五）项", ["本年处理决定数量"], [("行政许可", ["t2.license.decisions"])]),
        ("第二十条第（六）项", ["本年处理决定数量"], [
            ("行政处罚", ["t2.penalty.decisions"]), ("行政强制", ["t2.coercion.decisions"])]),
        ("第二十条第（八）项", ["本年收费金额（单位：万元）"], [("行政事业性收费", ["t2.fee.amount_wan"])]),
    ],
    2019: [
        ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], [
            ("规章", [f"t2v19.rules.{c}" for c in ("made", "disclosed", "disclosed_total")]),
            ("规范性文件", [f"t2v19.normative.{c}" for c in ("made", "disclosed", "disclosed_total")])]),
        ("第二十条第（五）项", ["上一年项目数量", "本年增/减", "处理决定数量"], [
            ("行政许可", [f"t2v19.license.{c}" for c in ("prev_items", "delta", "decisions")]),
            ("其他对外管理服务事项",
             [f"t2v19.other_service.{c}" for c in ("prev_items", "delta", "decisions")])]),
        ("第二十条第（六）项", ["上一年项目数量", "本年增/减", "处理决定数量"], [
            ("行政处罚", [f"t2v19.penalty.{c}" for c in ("prev_items", "delta", "decisions")]),
            ("行政强制", [f"t2v19.coercion.{c}" for c in ("prev_items", "delta", "decisions")])]),
        ("第二十条第（八）项", ["上一年项目数量", "本年增/减"], [
            ("行政事业性收费", ["t2v19.fee.prev_items", "t2v19.fee.delta"])]),
        ("第二十条第（九）项", ["采购项目数量", "采购总金额"], [
            ("政府集中采购", ["t2v19.procurement.count", "t2v19.procurement.amount"])]),
    ],
}


def form(year):
    return 2019 if year < 2021 else 2021


class Unit:
    def __init__(self, name, region, kind):
        self.name, self.region, self.kind = name, region, kind
        # As a title prints it: towns behind their county.
        self.printed = name if name.startswith(region) else region + name


def figures(unit, year, before, dice):
    """A year's figures as {key: numeral}; `before`: those of the year before, or None."""
    cells = {}
    rows = {key: {} for key, _ in BEFORE + OUTCOMES + OTHER[form(year)] + AFTER}
    outcomes = [key for key, _ in OUTCOMES + OTHER[form(year)]]
    weights = [12, 6] + [1] * (len(outcomes) - 2)
    for place, column in enumerate(COLUMNS[:-1]):
        carried = int(before[f"t3.carried_out.{column}"]) if before else 0
        new = dice.randrange(12 if place == 0 else 4)
        out = dice.randrange(min(3, new + carried) + 1)
        done = new + carried - out
        for key in rows:
            rows[key][column] = 0
        rows["new_received"][column], rows["carried_in"][column] = new, carried
        rows["carried_out"][column], rows["results_total"][column] = out, done
        for key in dice.choices(outcomes, weights, k=done):
            # Towns do not refuse for state secrets: that would be remarked on.
            rows["granted" if key == "deny_state_secret" else key][column] += 1
    for key, row in rows.items():
        row["total"] = sum(row.values())
        for column, value in row.items():
            cells[f"t3.{key}.{column}"] = str(value)
    requests = rows["new_received"]["total"]
    for block in BLOCKS:
        parts = [dice.randrange(2) if requests and block != "suit_after_review" else 0
                 for _ in RESULTS[:-1]]
        for result, value in zip(RESULTS, parts + [sum(parts)]):
            cells[f"t4.{block}.{result}"] = str(value)
    decisions = {key: dice.randrange(20, 60) for key in ("license", "penalty", "coercion")}
    if form(year) == 2019:
        for key in ("rules", "normative"):
            made = 0 if key == "rules" else dice.randrange(4)
            for column, value in zip(
                    ("made", "disclosed", "disclosed_total"), (made, made, made + 5)):
                cells[f"t2v19.{key}.{column}"] = str(value if key != "rules" else 0)
        for key in ("license", "other_service", "penalty", "coercion"):
            cells[f"t2v19.{key}.prev_items"] = str(dice.randrange(5, 15))
            cells[f"t2v19.{key}.delta"] = str(dice.choice([0, 0, -2, 1]))
            cells[f"t2v19.{key}.decisions"] = str(decisions.get(key, 30))
        cells["t2v19.fee.prev_items"], cells["t2v19.fee.delta"] = "3", "0"
        cells["t2v19.procurement.count"] = str(dice.randrange(9))
        cells["t2v19.procurement.amount"] = f"{dice.randrange(900)}.{dice.randrange(1, 99):02}"
    else:
        issued = dice.randrange(4)
        standing = int(before.get("t2.normative.in_force", dice.randrange(9))) if before else 6
        repealed = dice.randrange(min(2, standing) + 1)
        for column in ("issued", "repealed", "in_force"):
            cells[f"t2.rules.{column}"] = "0"
        cells["t2.normative.issued"], cells["t2.normative.repealed"] = str(issued), str(repealed)
        cells["t2.normative.in_force"] = str(standing + issued - repealed)
        for key, value in decisions.items():
            cells[f"t2.{key}.decisions"] = str(value)
        cells["t2.fee.amount_wan"] = dice.choice(["0", "12.5", "3.0400", "108.77", "7"])
    return cells


def added(reports):
    """The sums over {key: numeral}s, cell by cell, exactly. The amount without a unit is added by nobody."""
    sums = {}
    for cells in reports:
        for key, numeral in cells.items():
            if key != "t2v19.procurement.amount":
                sums[key] = sums.get(key, Decimal(0)) + Decimal(numeral)
    return sums


def wrong(cells, dice):
    """The same with one figure of table 3 changed, so that its row and its column no longer add up."""
    cells = dict(cells)
    key = f"t3.{dice.choice(['granted', 'partial', 'reject_repeat'])}.{dice.choice(COLUMNS[:6])}"
    cells[key] = str(int(cells[key]) + dice.randrange(1, 5))
    return cells


def heading(unit, year, published):
    return (f"{unit.printed}{year}年政府信息公开工作年度报告", f"发布日期：{published}")


TEXT = {
    "一、总体情况": "认真贯彻落实政府信息公开条例，做好主动公开、依申请公开、政府信息管理、平台建设和监督保障各项工作。",
    "五、存在的主要问题及改进情况": "公开内容还不够丰富，业务人员不够熟练；下一步将加强培训，及时更新栏目。",
    "六、其他需要报告的事项": "本年度没有收取政府信息公开信息处理费。",
}


def table3(year):
    return BEFORE + OUTCOMES + OTHER[form(year)] + AFTER


def page(unit, year, cells, published, remark=""):
    """The report as a web page."""
    title, date = heading(unit, year, published)

    def row(tag, values):
        return "<tr>" + "".join(f"<{tag}>{value}</{tag}>" for value in values) + "</tr>"

    out = [f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>",
           f"<h1>{title}</h1><p>{date}</p>",
           "<h2>一、总体情况</h2><p>", TEXT["一、总体情况"], remark, "</p>",
           "<h2>二、主动公开政府信息情况</h2>"]
    for caption, heads, rows in TABLE2[form(year)]:
        out.append(f"<table border=1><tr><td colspan={len(heads) + 1}>{caption}</td></tr>")
        out.append(row("td", ["信息内容"] + heads))
        out += [row("td", [label] + [cells[key] for key in keys]) for label, keys in rows]
        out.append("</table>")
    out.append("<h2>三、收到和处理政府信息公开申请情况</h2><table border=1>")
    out.append("<tr><td rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
               "<td colspan=7>申请人情况</td></tr>"
               "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>")
    out.append(row("td", HEADS[1:6]))
    groups = {"granted": "三、本年度办理结果", "deny_state_secret": "（三）不予公开",
              "unable_not_held": "（四）无法提供", "reject_petition": "（五）不予处理",
              "other_no_correction": "（六）其他处理"}
    for key, label in table3(year):
        if key in groups:
            out.append(f"<tr><td colspan=8>{groups[key]}</td></tr>")
        out.append(row("td", [label] + [cells[f"t3.{key}.{column}"] for column in COLUMNS]))
    out.append("</table><h2>四、政府信息公开行政复议、行政诉讼情况</h2><table border=1>"
               "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>"
               + "".join(f"<td rowspan=2>{word}</td>" for word in
                         ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
               + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>")
    out.append(row("td", ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 2))
    out.append(row("td", [cells[f"t4.{b}.{r}"] for b in BLOCKS for r in RESULTS]) + "</table>")
    for section in ("五、存在的主要问题及改进情况", "六、其他需要报告的事项"):
        out.append(f"<h2>{section}</h2><p>{TEXT[section]}</p>")
    return ("\n".join(out) + "</body></html>").encode()


def text(unit, year, cells, published):
    """The same as plain text, a cell a line, in GB 18030: how pages are copied."""
    title, date = heading(unit, year, published)
    out = [title, date, "一、总体情况", TEXT["一、总体情况"], "二、主动公开政府信息情况"]
    for caption, heads, rows in TABLE2[form(year)]:
        out += [caption, "信息内容"] + heads
        for label, keys in rows:
            out += [label] + [cells[key] for key in keys]
    out += ["三、收到和处理政府信息公开申请情况", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "申请人情况", "自然人", "法人或其他组织", "总计"] + HEADS[1:6]
    groups = {"granted": "三、本年度办理结果", "deny_state_secret": "（三）不予公开",
              "unable_not_held": "（四）无法提供", "reject_petition": "（五）不予处理",
              "other_no_correction": "（六）其他处理"}
    for key, label in table3(year):
        if key in groups:
            out.append(groups[key])
        out += [label] + [cells[f"t3.{key}.{column}"] for column in COLUMNS]
    out += ["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼"]
    words = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    out += words + ["未经复议直接起诉", "复议后起诉"] + words * 2
    out += [cells[f"t4.{b}.{r}"] for b in BLOCKS for r in RESULTS]
    for section in ("五、存在的主要问题及改进情况", "六、其他需要报告的事项"):
        out += [section, TEXT[section]]
    return "\r\n".join(out).encode("gb18030")


def packed(name, content):
    """One file in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def region(name, seed, organs):
    """A county: its government as a level, bureaux, streets, towns."""
    dice = random.Random(seed)
    bureaux = ("水务局 财政局 教育局 民政局 司法局 审计局 统计局 公安局 商务局 农业农村局 自然资源局 交通运输局 "
               "卫生健康局 应急管理局 市场监督管理局 住房和城乡建设局 文化和旅游局 医疗保障局 信访局 档案局").split()
    units = [Unit(f"{name}人民政府", name, "level")]
    for bureau in bureaux[: organs * 2 // 3]:
        units.append(Unit(name + bureau, name, "department"))
    first, second = "青云石柳松桐枫梅兰溪", "坪塘湾岭桥坞浦湖洲墩"
    places = [a + b for a in first for b in second]
    dice.shuffle(places)
    for place in places:
        if len(units) == organs + 1:
            break
        units.append(Unit(place + "镇人民政府", name, "town") if len(units) % 3 else
                     Unit(name + place + "街道办事处", name, "street"))
    return units
