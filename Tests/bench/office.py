#!/usr/bin/python3
"""What an office would write for itself in an afternoon, and what `make bench` holds shoubao against: watchdog says that something
has come, pandas, python-docx or pdftotext read it, the sums of tables 3 and 4 are checked, SQLite keeps it, a text file answers.

usage: office.py FOLDER COUNT     ends after so many files; says how many had both tables, and the seconds it took

It does less than shoubao does: no original is kept, nothing says where a figure is doubtful, a text file without its form is no
matter, and a power cut may cost what was answered last (the answers are not synced).
"""
import hashlib
import io
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import threading
import time

import docx
import pandas
import watchdog.events
import watchdog.observers

# How the rows of table 3 begin, of the form of 2021, without numbers in front.
ROWS = ["本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "予以公开", "部分公开", "属于国家秘密", "其他法律行政法规禁止公开",
        "危及", "保护第三方合法权益", "属于三类内部事务信息", "属于四类过程性信息", "属于行政执法案卷", "属于行政查询事项",
        "本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确", "信访举报投诉类申请", "重复申请",
        "要求提供公开出版物", "无正当理由大量反复申请", "要求行政机关确认或重新出具已获取信息", "申请人无正当理由逾期不补正",
        "申请人逾期未按收费通知要求缴纳费用", "其他", "总计", "结转下年度继续办理"]
COLUMNS, RESULTS = 7, range(2, 23)
LABEL = re.compile(r"^[（(]?[0-9一二三四五六七][、.．)）]?[、.．]?")


def number(text):
    text = str(text).strip().replace(",", "").translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    # pandas makes 3.0 of a 3 in a column with empty cells.
    return int(float(text)) if re.fullmatch(r"\d+(\.0)?", text) else None


def decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def page_rows(data):
    return [row for table in pandas.read_html(io.StringIO(decoded(data)), flavor="lxml") for row in table.astype(str).values.tolist()]


def word_rows(data):
    rows = []
    for table in docx.Document(io.BytesIO(data)).tables:
        width, cells = len(table.columns), [cell.text for cell in table._cells]
        rows += [cells[start:start + width] for start in range(0, len(cells), width)]
    return rows


def text_rows(data):
    return [re.split(r"\t| {2,}", line.strip()) for line in decoded(data).splitlines()]


def print_rows(data):
    return text_rows(subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, stdout=subprocess.PIPE, check=True).stdout)


READERS = {".html": page_rows, ".htm": page_rows, ".docx": word_rows, ".pdf": print_rows, ".txt": text_rows}


def tables(rows):
    """Table 3 as 25 rows of figures, and table 4 as its row; an empty list for what is not found."""
    third, fourth = [], []
    for row in rows:
        figures = []
        for cell in reversed(row):
            if number(cell) is None:
                break
            figures.insert(0, number(cell))
        if len(third) < len(ROWS):
            label = LABEL.sub("", next((cell for cell in reversed(row) if number(cell) is None and cell.strip() not in ("", "nan")), "").strip())
            if len(figures) >= COLUMNS and label.startswith(ROWS[len(third)]):
                third.append(figures[-COLUMNS:])
        elif len(figures) >= 15:
            fourth = figures[-15:]
    return third if len(third) == len(ROWS) else [], fourth


def check(third, fourth):
    faults = []
    if third:
        for label, row in zip(ROWS, third):
            if sum(row[:-1]) != row[-1]:
                faults.append(f"{label}：合计 {sum(row[:-1])}，填 {row[-1]}")
        for column in range(COLUMNS):
            if sum(third[row][column] for row in RESULTS) != third[23][column]:
                faults.append(f"第 {column + 1} 列：办理结果总计不符")
            if third[0][column] + third[1][column] != third[23][column] + third[24][column]:
                faults.append(f"第 {column + 1} 列：新收加结转不等于总计加结转下年")
    for start in range(0, len(fourth), 5):
        if sum(fourth[start:start + 4]) != fourth[start + 4]:
            faults.append("复议诉讼：总计不符")
    return faults


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    inbox, outbox, done = folder / "inbox", folder / "outbox", folder / "done"
    for path in (inbox, outbox, done):
        path.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(folder / "office.sqlite")
    database.execute("CREATE TABLE reports (name TEXT, sha256 TEXT UNIQUE, received REAL, faults TEXT)")
    database.execute("CREATE TABLE figures (sha256 TEXT, place TEXT, figure INTEGER)")
    changed = threading.Event()

    class Handler(watchdog.events.FileSystemEventHandler):
        def on_any_event(self, event):
            changed.set()

    observer = watchdog.observers.Observer()
    observer.schedule(Handler(), str(inbox))
    observer.start()
    print("ready", flush=True)
    answered = complete = 0
    begun = None
    while answered < count:
        # The folder is listed each time: events get lost when many files come at once.
        files = sorted(inbox.iterdir())
        if not files:
            changed.wait(1)
            changed.clear()
            continue
        if begun is None:
            begun = os.times()
        for path in files:
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            third, fourth = tables(READERS[path.suffix](data))
            faults = check(third, fourth)
            complete += bool(third and fourth)
            with database:
                database.execute("INSERT OR IGNORE INTO reports VALUES (?, ?, ?, ?)", (path.name, digest, time.time(), "\n".join(faults)))
                database.executemany(
                    "INSERT INTO figures VALUES (?, ?, ?)",
                    [(digest, f"t3.{row}.{column}", figure) for row, line in enumerate(third) for column, figure in enumerate(line)]
                    + [(digest, f"t4.{place}", figure) for place, figure in enumerate(fourth)])
            (outbox / f"{path.name}.txt").write_text("\n".join(faults) or "接收", encoding="utf-8")
            path.rename(done / path.name)
            answered += 1
    ended = os.times()
    print(complete, sum(ended[:4]) - sum(begun[:4]), flush=True)
    observer.stop()


main()
