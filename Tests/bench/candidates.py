"""The three that are held against each other, each over the same files: the floor, shoubao, and the script of an office."""
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parents[1]
BIN = pathlib.Path(os.environ.get("BIN", TREE / ".build" / "release"))
CORES = os.cpu_count()
TICK = os.sysconf("SC_CLK_TCK")
ANSWERED = re.compile(rb"^\S+ \S+ (?:accepted|returned|unrecognised|unreadable|duplicate) ", re.M)


def copy(files, folder):
    """The same files in one folder, from which they can be moved, on the disk already."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, file in enumerate(files):
        with open(folder / f"{number:05}-{file.name}", "wb") as target:
            target.write(file.read_bytes())
            target.flush()
            os.fsync(target.fileno())
    return sorted(folder.iterdir())


def move(files, inbox):
    for file in files:
        os.rename(file, inbox / file.name)


def floor(files, work, size, loops):
    """Seconds of the longest of so many loops, each over its share of the files, and seconds of a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = [
        subprocess.Popen([BIN / "shoubao-floor", "--bytes", str(size), "--out", work / f"floor-{loop}", *files[loop::loops]],
                         stdout=subprocess.PIPE) for loop in range(loops)]
    seconds = [float(process.communicate()[0]) for process in running]
    if any(process.returncode for process in running):
        sys.exit("bench: the floor has failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return max(seconds), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def office(files, work):
    """Seconds from the first file to the last answer, seconds of a processor, and how many files had both tables."""
    folder = work / "office"
    shutil.rmtree(folder, ignore_errors=True)
    waiting = copy(files, work / "drop")
    process = subprocess.Popen([sys.executable, HERE / "office.py", folder, str(len(files))], stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "ready\n":
        sys.exit("bench: the office's script does not start")
    begun = time.monotonic()
    move(waiting, folder / "inbox")
    complete, spent = process.stdout.readline().split()
    seconds = time.monotonic() - begun
    process.wait()
    return seconds, float(spent), int(complete)


class Daemon:
    """`shoubao serve` under a root, and what it has answered so far, as its log says once the receipts are on the disk."""

    def __init__(self, root):
        self.root, self.inbox = root, root / "inbox"
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.answered, self.rest = 0, b""
        self.path = root.parent / f"{root.name}.log"
        with open(self.path, "wb") as log:
            self.process = subprocess.Popen([BIN / "shoubao", "serve", "--root", root], stderr=log)
        self.log = open(self.path, "rb")
        self.wait(lambda: b" ready " in self.path.read_bytes(), 0.01)

    def wait(self, condition, pause, limit=900):
        begun = time.monotonic()
        while not condition():
            if self.process.poll() is not None or time.monotonic() - begun > limit:
                sys.exit(f"bench: the daemon does not go on, see {self.path}")
            time.sleep(pause)

    def look(self):
        text = self.rest + self.log.read()
        end = text.rfind(b"\n") + 1
        self.answered += len(ANSWERED.findall(text[:end]))
        self.rest = text[end:]
        return self.answered

    def take(self, files, pause=0.003):
        """Seconds from the first rename until so many files more are answered, and seconds of a processor."""
        wanted, spent, begun = self.answered + len(files), self.spent(), time.monotonic()
        move(files, self.inbox)
        self.wait(lambda: self.look() >= wanted, pause)
        return time.monotonic() - begun, self.spent() - spent

    def answer(self, file, pause=0.0002):
        """Seconds from the rename until the receipts of the file are on the disk, and until the log says so.

        They are renamed to their names, the page last, once their bytes are synced; what is left is their folder, which is synced here
        too, as soon as the page is seen."""
        outbox, wanted = self.root / "outbox", self.answered + 1
        page = outbox / f"{file.name}.receipt.html"
        folder = os.open(outbox, os.O_RDONLY | os.O_DIRECTORY)
        begun = time.monotonic()
        move([file], self.inbox)
        self.wait(page.exists, pause)
        os.fsync(folder)
        durable = time.monotonic() - begun
        self.wait(lambda: self.look() >= wanted, pause)
        os.close(folder)
        return durable, time.monotonic() - begun

    def workers(self):
        found = []
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                found += [int(pid) for pid in (task / "children").read_text().split()]
            except FileNotFoundError:
                pass
        return found

    def spent(self):
        """Of the daemon, its workers, and those that have ended."""
        def ticks(pid, count):
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                return 0
            return sum(int(field) for field in fields[11:11 + count])
        return (ticks(self.process.pid, 4) + sum(ticks(pid, 2) for pid in self.workers())) / TICK

    def written(self):
        """Bytes handed to the disk; its file system's own are not among them."""
        return int(re.search(r"^write_bytes: (\d+)", pathlib.Path(f"/proc/{self.process.pid}/io").read_text(), re.M)[1])

    def peak(self, pid=None):
        """Of resident memory, in MB."""
        try:
            status = pathlib.Path(f"/proc/{pid or self.process.pid}/status").read_text()
            return int(re.search(r"^VmHWM:\s+(\d+)", status, re.M)[1]) / 1024
        except (FileNotFoundError, ProcessLookupError, TypeError):
            return 0

    def resident(self):
        """MB of the daemon and its workers, now."""
        def of(pid):
            try:
                return int(re.search(r"^VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)[1]) / 1024
            except (FileNotFoundError, ProcessLookupError, TypeError):
                return 0
        return of(self.process.pid) + sum(of(pid) for pid in self.workers())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=120) != 0:
            sys.exit(f"bench: the daemon has failed, see {self.path}")
        self.log.close()


class Peaks(threading.Thread):
    """The most memory that any worker had, and all of them with the daemon: looked at all the time, since they end when nothing comes."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.watched, self.each, self.most, self.isDone = daemon, {}, 0, False
        self.start()

    def run(self):
        while not self.isDone:
            for pid in self.watched.workers():
                self.each[pid] = max(self.each.get(pid, 0), self.watched.peak(pid))
            self.most = max(self.most, self.watched.resident())
            time.sleep(0.01)

    def end(self):
        self.isDone = True
        self.join()
        return self.each.values()
