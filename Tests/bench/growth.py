"""What a report costs when many have been journaled, beside what it costs at a thousand; and what is asked of all of them."""
import csv
import shutil
import statistics
import subprocess
import time

from candidates import BIN, TREE, Daemon, copy
from files import PAGES, generate

# Taken in each time, behind one that is not counted.
BATCH = 500


def on_roster(root, batches):
    """Makes the units of reports that are still to come known."""
    with open(root / "roster.csv", "a", encoding="utf-8", newline="") as file:
        for batch in batches:
            with open(batch, encoding="utf-8-sig", newline="") as roster:
                lines = list(csv.reader(roster))
            csv.writer(file, lineterminator="\n").writerows(lines[1:])


def idle(daemon):
    """Waits until it has had nothing to do for a second."""
    spent = -1
    while daemon.spent() != spent:
        spent = daemon.spent()
        time.sleep(1)


def take(root, files, work):
    """Milliseconds of a processor and of the clock for a report, and bytes written for it."""
    dropped = copy(files, work / "drop")
    daemon = Daemon(root)
    page = root / "outbox" / "index.html"
    daemon.wait(page.exists, 0.05)
    idle(daemon)
    # The first report has the overview written again; then it has had its share of the time for a while.
    page.unlink()
    daemon.take(dropped[:1])
    daemon.wait(page.exists, 0.01)
    written, rest = daemon.written(), dropped[1:]
    seconds, spent = daemon.take(rest)
    result = (spent * 1000 / len(rest), seconds * 1000 / len(rest), (daemon.written() - written) / len(rest))
    daemon.stop()
    page.unlink()
    return result


def measure(work, journaled, rounds):
    """Of the small journal and the large one: the least cost of a report; kilobytes of journal for one; what `bench-country` says."""
    small, large = work / "small", work / "large"
    daemon = Daemon(small)
    daemon.take(copy(generate(work / "first", 1000, PAGES, 0, work / "first.csv"), work / "drop"))
    daemon.stop()
    size = (small / "journal.sqlite").stat().st_size / 1000
    shutil.copyfile(work / "first.csv", small / "roster.csv")
    (small / "shoubao.toml").write_text("year = 2023\n")
    shutil.copytree(small, large)
    said = subprocess.run([TREE / "scripts" / "bench-country", large, BIN, str(journaled)], check=True, stdout=subprocess.PIPE,
                          text=True).stdout
    batches = [generate(work / f"batch-{number}", BATCH + 1, PAGES, 1000 + number * (BATCH + 1), work / f"batch-{number}.csv")
               for number in range(rounds)]
    lists = [work / f"batch-{number}.csv" for number in range(rounds)]
    costs = {small: [], large: []}
    for root in costs:
        on_roster(root, lists)
        (root / "outbox" / "index.html").unlink(missing_ok=True)
    for files in batches:
        for root, values in costs.items():
            values.append(take(root, files, work))
    least = [tuple(map(min, zip(*values))) for values in costs.values()]
    middle = [statistics.median(value[0] for value in values) for values in costs.values()]
    return least, middle, size, said
