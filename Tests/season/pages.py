"""The pages of the outbox, taken apart: what stands on them as values, for holding against what is known. They are read as XML, which
they are, and every link is followed to its file."""

import functools
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"


def text(element):
    return "".join(element.itertext()).strip()


class Page:
    """One file."""

    def __init__(self, path):
        self.path = path
        content = path.read_bytes()
        self.bytes = len(content)
        self.root = ElementTree.fromstring(content)

    def all(self, tag, **attributes):
        return [e for e in self.root.iter(XHTML + tag)
                if all(e.get(key.rstrip("_")) == value for key, value in attributes.items())]

    def title(self):
        return text(self.all("h1")[0])

    def behind(self, heading):
        """The elements between a heading (by its beginning) and the next of the same rank; none: it is not there."""
        main = self.all("main")[0]
        found = None
        for element in main:
            if element.tag in (XHTML + "h2", XHTML + "footer"):
                if found is not None:
                    break
                if text(element).startswith(heading):
                    found = []
            elif found is not None:
                found.append(element)
        return found or []

    def heading(self, beginning):
        return next((text(h) for h in self.all("h2") if text(h).startswith(beginning)), None)

    def link(self, element):
        """The file that the link in an element leads to, with the page's own folder as the beginning; `None`: there is none."""
        for a in element.iter(XHTML + "a"):
            return (self.path.parent / urllib.parse.unquote(a.get("href"))).resolve()
        return None


def rows(table):
    """The rows of the body, each with its cells."""
    return [list(row) for row in table.iter(XHTML + "tr") if len(row) and row[0].tag == XHTML + "th"
            and row[0].get("scope") != "col" or len(row) > 1 and row[1].tag == XHTML + "th"
            and row[1].get("scope") == "row"]


def heads(table):
    return [text(th) for th in table.iter(XHTML + "th") if th.get("scope") == "col"]


def number_of(receipt):
    """The arrival that a receipt answers."""
    return number_in(receipt, receipt.stat().st_mtime_ns)


@functools.cache
def number_in(receipt, _written):
    with open(receipt, "rb") as file:
        found = re.search(rb"<title>[^<]*? (\d+) ", file.read(4096))
    return int(found[1]) if found else None


class Overview(Page):
    """`index.html`."""

    def counts(self):
        [tiles] = self.all("dl", class_="tiles")
        return {text(tile[0]): int(text(tile[1])) for tile in tiles}

    def follow_up(self):
        """Under each heading the units, with what is said of them."""
        found, group = {}, None
        for element in self.behind("需要跟进"):
            if element.tag == XHTML + "h3":
                title, count = re.fullmatch(r"(.*)（(\d+)）", text(element)).groups()
                group = title
                found[group] = (int(count), {})
            elif element.tag == XHTML + "ul":
                for item in element:
                    unit, _, remark = text(item).partition("：")
                    found[group][1][unit] = remark
        return found

    def board(self):
        """For each unit and year what its cell says, and the arrival whose receipt it leads to."""
        tables = [t for t in self.all("table") if (t.get("class") or "").startswith("board")]
        if not tables:
            return {}
        years = [int(head) for head in heads(tables[0]) if head.isdigit()]
        cells = {}
        for row in rows(tables[0]):
            for year, cell in zip(years, row[-len(years):]):
                receipt = self.link(cell)
                cells[text(row[0]), year] = (text(cell), receipt and number_of(receipt))
        return cells

    def refused(self):
        """The files that are no report, with their numbers, and how many there are said to be."""
        said = self.heading("不能受理的文件")
        count = int(re.search(r"（(\d+)）", said)[1]) if said else 0
        return count, [number_of(self.link(item)) for ul in self.behind("不能受理的文件")
                       if ul.tag == XHTML + "ul" for item in ul]

    def mistakes(self):
        tables = [e for e in self.behind("常见问题") if e.tag == XHTML + "table"]
        return {re.sub(r"^. (需更正|请核对|提示)", "", text(row[0])): int(text(row[1]))
                for table in tables for row in rows(table)}

    def sums(self):
        """Of each measure last year's sum and this year's."""
        tables = [e for e in self.behind("与上年相比") if e.tag == XHTML + "table"]
        return {text(row[0]): (text(row[1]), text(row[2])) for table in tables for row in rows(table)}

    def progress(self):
        return "".join(text(e) for e in self.behind("报送进度"))


class Notice(Page):
    """`notice.html`."""

    def rows(self):
        """Of each unit: region, due, filed, standing."""
        return {text(row[1]): tuple(text(cell) for cell in row[2:])
                for table in self.all("table") for row in rows(table)}

    def summary(self):
        return text(self.all("p")[0])


class UnitPage(Page):
    """One of `units/`."""

    def filings(self):
        """Each version: arrival, the date as printed, errors and warnings; newest first."""
        found = []
        for row in self.all("tr"):
            cells = list(row)[-4:]
            number = re.match(r"第 (\d+) 号回执", text(cells[0])) if len(cells) == 4 else None
            if number:
                assert number_of(self.link(cells[0])) == int(number[1]), (self.path, number[0])
                found.append((int(number[1]), text(cells[1]), text(cells[3])))
        return found

    def figures(self):
        """Of each measure the figure of each year."""
        tables = [t for e in self.behind("历年数字") for t in e.iter(XHTML + "table")]
        if not tables:
            return {}
        years = [int(head) for head in heads(tables[0]) if head.isdigit()]
        return {(text(row[0]), year): text(cell) for row in rows(tables[0])
                for year, cell in zip(years, row[1:])}
