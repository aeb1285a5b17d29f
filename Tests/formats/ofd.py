"""A small writer of OFD files (GB/T 33190), which lays out lines and tables on pages of its own accord."""
import re
import zipfile
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
SIZE, LEADING, PAD = 3.7, 5.2, 1.0
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def width_of(text):
    return sum(SIZE if ord(character) >= 0x1100 else SIZE / 2 for character in text)


def wrapped(text, width):
    """Lines end between ideographs, never inside a number or a word of letters."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for piece in re.findall(r"[!-~]+|.", part):
            if line and width_of(line + piece) > width:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return lines


class Writer:
    def __init__(self):
        self.pages, self.y, self.number = [[]], MARGIN, 0

    def put(self, element):
        self.number += 1
        self.pages[-1].append(element.replace("ID=?", f'ID="{self.number}"'))

    def text(self, x, y, line):
        """The line's upper left corner."""
        if not line.strip():
            return
        steps = " ".join(f"{SIZE if ord(c) >= 0x1100 else SIZE / 2:g}" for c in line[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        self.put(
            f'<ofd:TextObject ID=? Boundary="{x:g} {y:g} {width_of(line) + 1:g} {SIZE:g}" Font="3" Size="{SIZE:g}">'
            f'<ofd:TextCode X="0" Y="{SIZE * 0.88:g}"{delta}>{escape(line)}</ofd:TextCode></ofd:TextObject>')

    def line(self, x1, y1, x2, y2):
        self.put(
            f'<ofd:PathObject ID=? Boundary="{x1:g} {y1:g} {x2 - x1:g} {y2 - y1:g}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1:g} {y2 - y1:g}</ofd:AbbreviatedData></ofd:PathObject>")

    def turn(self):
        self.pages.append([])
        self.y = MARGIN

    def paragraph(self, text):
        for line in wrapped(text, WIDTH - 2 * MARGIN):
            if self.y + LEADING > HEIGHT - MARGIN:
                self.turn()
            self.text(MARGIN, self.y, line)
            self.y += LEADING
        self.y += LEADING / 2

    def table(self, cells, columns, rows):
        """Cells as (row, column, rows, columns, text). A page ends between two rows; a cell over both is cut."""
        needs = [SIZE * 2] * columns
        for _, column, _, span, text in cells:
            if span == 1:
                needs[column] = max(needs[column], min(width_of(text), SIZE * 9))
        scale = (WIDTH - 2 * MARGIN) / sum(need + 2 * PAD for need in needs)
        edges = [MARGIN]
        for need in needs:
            edges.append(edges[-1] + (need + 2 * PAD) * scale)
        lines = {
            cell: wrapped(cell[4], edges[cell[1] + cell[3]] - edges[cell[1]] - 2 * PAD) for cell in cells}
        heights = [LEADING + 2 * PAD] * rows
        for cell in sorted(cells, key=lambda cell: cell[2]):
            first, last = cell[0], cell[0] + cell[2]
            missing = len(lines[cell]) * LEADING + 2 * PAD - sum(heights[first:last])
            heights[last - 1] += max(0, missing)
        begin = 0
        while begin < rows:
            end, space = begin, HEIGHT - MARGIN - self.y
            while end < rows and sum(heights[begin:end + 1]) <= space:
                end += 1
            if end == begin:
                self.turn()
                continue
            tops = [self.y + sum(heights[begin:row]) for row in range(begin, end + 1)]
            for cell in cells:
                row, column, high, wide, _ = cell
                first, last = max(row, begin), min(row + high, end)
                if first >= last:
                    continue
                left, right, top, bottom = edges[column], edges[column + wide], tops[first - begin], tops[last - begin]
                for x1, y1, x2, y2 in (
                        (left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom),
                        (right, top, right, bottom)):
                    self.line(x1, y1, x2, y2)
                # What is cut stands on the first page that has room for it.
                if first == row:
                    y = top + max(PAD, (bottom - top - len(lines[cell]) * LEADING) / 2)
                    for line in lines[cell]:
                        self.text(left + PAD, y, line)
                        y += LEADING
            self.y = tops[-1]
            begin = end
        self.y += LEADING

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(
                "OFD.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {SPACE} Version="1.1" DocType="OFD"><ofd:DocBody>'
                "<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                "</ofd:DocBody></ofd:OFD>")
            pages = "".join(
                f'<ofd:Page ID="{1000000 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
                for index in range(len(self.pages)))
            file.writestr(
                "Doc_0/Document.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>2000000'
                f"</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
                "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
                f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>")
            file.writestr(
                "Doc_0/PublicRes.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts>'
                '<ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>')
            for index, page in enumerate(self.pages):
                file.writestr(
                    f"Doc_0/Pages/Page_{index}/Content.xml",
                    f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {SPACE}><ofd:Content>'
                    f'<ofd:Layer ID="999999">{"".join(page)}</ofd:Layer></ofd:Content></ofd:Page>')


def write_ofd(blocks, placed, path):
    """Blocks are lines of text and tables; `placed` gives a table's cells and its number of columns."""
    writer = Writer()
    for block in blocks:
        if isinstance(block, str):
            writer.paragraph(block)
        else:
            cells, columns = placed(block)
            writer.table([tuple(cell) for cell in cells], columns, len(block))
    writer.save(path)
