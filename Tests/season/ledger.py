"""What the office knows by itself of who has filed what and when, and what the pages must therefore say. Of each file only its outcome is
taken from the program: whether that is right is checked elsewhere."""

import datetime
import re

import reports
from pages import Notice, Overview, UnitPage

DAY = datetime.timedelta(days=1)
# What the overview adds up, in words, and the figure of each report.
MEASURES = {
    "新收申请（件）": "t3.new_received.total", "上年结转（件）": "t3.carried_in.total",
    "予以公开（件）": "t3.granted.total", "部分公开（件）": "t3.partial.total",
    "办理结果总计（件）": "t3.results_total.total", "结转下年度（件）": "t3.carried_out.total",
    "行政复议（件）": "t4.review.total", "未经复议直接起诉（件）": "t4.suit_direct.total",
    "复议后起诉（件）": "t4.suit_after_review.total", "行政许可决定（件）": "t2.license.decisions",
    "行政处罚决定（件）": "t2.penalty.decisions",
}


def due(unit, year):
    """Article 49: 31 January, and 31 March for the report of a level of government."""
    return datetime.date(year + 1, 3 if unit.kind == "level" else 1, 31)


def printed(day):
    return f"{day.month}月{day.day}日"


class Ledger:
    def __init__(self, units, stranger):
        self.units, self.stranger = units, stranger
        # (unit, year) -> [(number, day)], oldest first.
        self.filings = {}
        # (unit, year) -> {cell: numeral} of the version that counts.
        self.counting = {}
        # Files that are no report, by the year that was collected then.
        self.refused = {}

    def filed(self, unit, year, arrival, today):
        self.filings.setdefault((unit.name, year), []).append(
            (arrival["arrival"], datetime.date.fromisoformat(today)))

    def first_day(self, unit, year):
        filings = self.filings.get((unit.name, year))
        return filings[0][1] if filings else None

    def standing(self, unit, year, collected, today, arrivals):
        """Sign and word of a cell of the board, as an office reads it."""
        filings = self.filings.get((unit.name, year), [])
        on_roster = unit is not self.stranger
        if not filings:
            if not on_roster:
                return "– 无"
            left = (due(unit, year) - today).days
            if year < collected or left > 7:
                return "○ 未报"
            return "! 逾期未报" if left < 0 else "◔ 临期未报"
        outcomes = [arrivals[number]["outcome"] for number, _ in filings]
        accepted = [o for o in outcomes if o != "returned"]
        if not accepted:
            word = f"✗ 退回 {arrivals[filings[-1][0]]['errors']} 处"
        elif outcomes[-1] == "returned":
            word = "◇ 更正退回"
        else:
            word = "△ 请核对" if accepted[-1] == "accepted_with_warnings" else "✓ 已接收"
        return word + ("·迟" if on_roster and filings[0][1] > due(unit, year) else "")

    def differences(self, outbox, year, today, arrivals, some):
        """What stands on the pages otherwise than it should, by what it is about. `some`: the units whose pages are looked at."""
        today = datetime.date.fromisoformat(today)
        arrivals = {a["arrival"]: a for a in arrivals}
        overview = Overview(outbox / "index.html")
        shown = [y for y in range(2019, year + 1) if any(key[1] == y for key in self.filings)]
        years = list(range(min(shown, default=year), year + 1))
        everybody = self.units + [self.stranger] * any((self.stranger.name, y) in self.filings for y in years)
        words = {(u.name, y): self.standing(u, y, year, today, arrivals) for u in everybody for y in years}
        now = {u.name: words[u.name, year].partition("·")[0] for u in everybody}
        on_roster = {u.name: now[u.name] for u in self.units}
        return {
            "head": wrong({"title": (overview.title(), f"{year}年度政府信息公开工作年度报告收报情况"),
                           "day": (f"截至 {today.year}年{printed(today)}" in overview.path.read_text(), True)}),
            "counts": wrong(self.counts(overview, on_roster, year)),
            "board": wrong({key: (cell, (words.get(key), self.newest(key))) for key, cell in overview.board().items()}
                           | {key: (None, word) for key, word in words.items() if key not in overview.board()}),
            "who must be followed up": wrong(self.follow_up(overview, now, year, today)),
            "files that are no report": wrong({"refused": (
                overview.refused(), (len(self.refused.get(year, [])), sorted(self.refused.get(year, []), reverse=True)))}),
            "this year and last": wrong(self.sums(overview, year)),
            "progress": wrong(self.progress(overview, year, today)),
            "notice": wrong(self.notice(outbox, on_roster, now, year, today)),
            "pages of units": wrong({key: pair for unit in some for key, pair in self.unit_page(
                outbox, unit, years, arrivals).items()}),
            "size": [page.name for page in (*outbox.glob("*.html"), *outbox.glob("units/*.html"))
                     if page.stat().st_size > 1_000_000],
        }

    def newest(self, key):
        return self.filings[key][-1][0] if key in self.filings else None

    def counts(self, overview, on_roster, year):
        def count(*signs):
            return sum(word[0] in signs for word in on_roster.values())

        expected = {"应报": len(on_roster), "✓ 已接收": count(*"✓△◇"), "✗ 退回待更正": count("✗"),
                    "○ 未报": count(*"○◔"), "! 逾期未报": count("!")}
        if count("△"):
            expected["△ 其中请核对"] = count("△")
        if (self.stranger.name, year) in self.filings:
            expected["名册以外"] = 1
        return {"tiles": (overview.counts(), expected)}

    @staticmethod
    def follow_up(overview, now, year, today):
        found = overview.follow_up()
        groups = {"! 逾期未报": "!", "✗ 退回待更正": "✗◇", "◔ 七天内到期": "◔"}
        pairs = {}
        for heading, signs in groups.items():
            units = sorted(name for name, word in now.items() if word[0] in signs)
            count, listed = found.get(heading, (0, {}))
            pairs[heading] = ((count, sorted(listed)), (len(units), units))
            for unit, remark in listed.items():
                days = {"!": r"逾期 \d+ 天", "✗": "处需更正", "◔": "还有"}[heading[0]]
                pairs[heading, unit] = (bool(re.search(days, remark)), True)
        return pairs

    def sums(self, overview, year):
        """Sums of this year and last, made here."""
        own = {u.name for u in self.units if u.kind != "level"}
        sums = [reports.added(cells for (name, y), cells in self.counting.items() if y == one and name in own)
                for one in (year - 1, year)]
        expected = {}
        for name, key in MEASURES.items():
            pair = tuple(str(s[key]) if key in s else "–" for s in sums)
            if pair != ("–", "–"):
                expected[name] = pair
        return {"sums": (overview.sums(), expected)}

    def progress(self, overview, year, today):
        days = [[day for u in self.units if (day := self.first_day(u, y))] for y in (year, year - 1)]
        if not days[0] and not days[1]:
            return {"progress": (overview.progress(), "")}
        elapsed = today - datetime.date(year + 1, 1, 1)
        by_then = sum(day - datetime.date(year, 1, 1) <= elapsed for day in days[1])
        sentence = (f"到 {printed(today)}，{year}年度已有 {len(days[0])} 个单位报送；"
                    f"{year - 1}年度同日 {by_then} 个，共 {len(days[1])} 个。")
        return {"progress": (sentence in overview.progress(), True)}

    def notice(self, outbox, on_roster, now, year, today):
        notice = Notice(outbox / "notice.html")

        def on_the_wall(unit):
            word = now[unit.name]
            word = {"△": "✓ 已接收", "◇": "✓ 已接收", "◔": "○ 未报", "✗": "✗ 退回"}.get(word[0], word)
            day = self.first_day(unit, year)
            is_late = unit is not self.stranger and day is not None and day > due(unit, year)
            return (unit.region, printed(due(unit, year)) if unit is not self.stranger else "–",
                    printed(day) if day else "–", word + ("（迟报）" if is_late else ""))

        units = self.units + [self.stranger] * ((self.stranger.name, year) in self.filings)

        def count(signs):
            return sum(word[0] in signs for word in on_roster.values())

        late = count("!")
        summary = (f"截至 {today.year}年{printed(today)}，应报 {len(self.units)} 个单位，已接收 {count('✓△◇')} 个，"
                   f"退回待更正 {count('✗')} 个，未报 {count('○◔!')} 个" + (f"（其中逾期 {late} 个）" if late else "")
                   + ("，另有名册以外单位 1 个" if len(units) > len(self.units) else "") + "。")
        return {"title": (notice.title(), f"{year}年度政府信息公开工作年度报告报送情况公示"),
                "summary": (notice.summary(), summary),
                "rows": (notice.rows(), {u.name: on_the_wall(u) for u in units})}

    def unit_page(self, outbox, unit, years, arrivals):
        page = UnitPage(outbox / "units" / f"{unit.name}.html")
        filings = [(number, f"{day.year}年{printed(day)}",
                    f"{arrivals[number]['errors']} / {arrivals[number]['warnings']}")
                   for y in reversed(years) for number, day in reversed(self.filings.get((unit.name, y), []))]
        figures = {(name, y): self.counting.get((unit.name, y), {}).get(key, "–")
                   for name, key in MEASURES.items() for y in years}
        if set(figures.values()) == {"–"}:
            figures = {}
        return {f"{unit.name}: title": (page.title(), unit.name), f"{unit.name}: filings": (page.filings(), filings),
                f"{unit.name}: figures": (page.figures(), figures)}


def wrong(pairs):
    """Of pairs of what is found and what is expected those that differ."""
    return [f"{what}: {told(found, expected)}" for what, (found, expected) in pairs.items() if found != expected]


def told(found, expected):
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = [key for key in found | expected if found.get(key) != expected.get(key)]
        return "; ".join(f"{key} {found.get(key)!r}, expected {expected.get(key)!r}" for key in keys[:4])
    return f"{found!r}, expected {expected!r}"
