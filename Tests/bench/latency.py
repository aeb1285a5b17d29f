"""From rename to durable receipt while nothing else waits, beside the disk's own time for one sync."""
import os
import time

from candidates import Daemon, copy
from files import generate

PAGE = 50_000
PAUSE = 0.2


def pages(folder, count):
    """Reports of 50 KB: to a page of the generator comes what sites send along, a style sheet."""
    files = generate(folder / "latency-pages", count, "clean", 4000)
    for file in files:
        data = file.read_bytes()
        rules = b".menu li a:hover { color: #c00; text-decoration: underline; }\n"
        style = b"<style>\n" + rules * max(0, (PAGE - len(data) - 20) // len(rules)) + b"</style>\n"
        end = data.lower().rfind(b"</body")
        file.write_bytes(data[:end] + style + data[end:] if end >= 0 else data + style)
    return files


def sync(file):
    """Seconds that a page of 4 KB appended to a file takes to be on the disk."""
    begun = time.monotonic()
    os.write(file, b"." * 4096)
    os.fdatasync(file)
    return time.monotonic() - begun


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measure(work, count):
    """Milliseconds, as (p50, p99): of receipts, of the log's word of them, of syncs; and how large the pages are at the middle."""
    files = copy(pages(work, count + 10), work / "drop")
    sizes = [file.stat().st_size for file in files]
    daemon = Daemon(work / "latency")
    file = os.open(work / "sync", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    receipts, words, syncs = [], [], []
    for number, dropped in enumerate(files):
        time.sleep(PAUSE)
        receipt, word = daemon.answer(dropped)
        # The first ones start workers.
        if number >= 10:
            receipts.append(receipt * 1000)
            words.append(word * 1000)
            syncs.append(sync(file) * 1000)
    os.close(file)
    daemon.stop()
    return [(share(values, 0.5), share(values, 0.99)) for values in (receipts, words, syncs)], share(sizes, 0.5)
