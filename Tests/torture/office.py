"""An office for one life of the daemon after another: files go in, the daemon dies, everything is compared with what
is owed. Used by the tools beside this file."""

import hashlib
import io
import json
import mmap
import os
import pathlib
import shutil
import signal
import sqlite3
import struct
import subprocess
import tarfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parents[1]
BUILT = pathlib.Path(os.environ.get("SHOUBAO_BUILT") or TREE / ".build" / "release")
SHIM = TREE / ".build" / "torture" / "shim.so"

# shim.c: enum mode, struct control.
OFF, LIST, FAIL, KILL_BEFORE, KILL_AFTER, KILL_TORN, SHORT, RECORD = range(8)
CONTROL = struct.Struct("<IIIiIIq200s")
FOREVER = 0xFFFFFFFF

SETTINGS = """language = "zh"
year = 2023
[intake]
quiet_seconds = 0.1
broken_off_seconds = 0.2
scan_seconds = 1.0
canary_seconds = 0
[workers]
count = 1
[commit]
batch = %d
"""

SIGNS = {"accepted": "[OK]", "accepted_with_warnings": "[!]", "returned": "[X]", "unrecognised": "[?]",
         "unreadable": "[?]", "duplicate": "[=]", "unpacked": "[+]"}


def build_shim():
    SHIM.parent.mkdir(parents=True, exist_ok=True)
    source = HERE / "shim.c"
    if not SHIM.exists() or SHIM.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(SHIM), str(source), "-ldl"],
                       check=True)


class Control:
    """What the shim does in one life."""

    def __init__(self, folder, mode=OFF, signature="", first=1, last=1, error=0, clock=0):
        self.path = folder / "control"
        with open(self.path, "wb") as file:
            file.write(CONTROL.pack(mode, first, last, error, 0, 0, clock, signature.encode()).ljust(4096, b"\0"))
        self.file = open(self.path, "r+b")
        self.map = mmap.mmap(self.file.fileno(), 4096)

    def close(self):
        self.map.close()
        self.file.close()

    @property
    def hits(self):
        return struct.unpack_from("<I", self.map, 16)[0]

    @property
    def met(self):
        """How often the signature came, whatever its occurrence."""
        return struct.unpack_from("<I", self.map, 20)[0]

    def arm(self, mode):
        struct.pack_into("<I", self.map, 0, mode)

    def disarm(self):
        self.arm(OFF)

    def jump(self, seconds):
        struct.pack_into("<q", self.map, 24, seconds)


class Papers:
    """A few small files of all kinds, and what becomes of each; made once."""

    def __init__(self, folder, seed=7):
        made = folder / "papers"
        shutil.rmtree(made, ignore_errors=True)
        subprocess.run([str(BUILT / "shoubao-generate"), "--out", str(made), "--count", "300", "--seed", str(seed),
                        "--formats", "clean,lines"], check=True)
        items = [json.loads(line) for line in open(f"{made}.manifest.jsonl", encoding="utf-8")]
        good = [(made / item["path"]).read_bytes() for item in items]
        ending = [pathlib.PurePath(item["path"]).suffix for item in items]
        self.files = {
            f"甲{ending[0]}": good[0],
            f"嵊州市/乙{ending[1]}": good[1],
            f"乙的副本{ending[1]}": good[1],
            "杂.txt": "今天开会。\n".encode() * 5,
            "空.txt": b"",
        }
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for name, data in ((f"丙{ending[2]}", good[2]), ("空.txt", b"")):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        self.files["包.tar"] = packed.getvalue()
        self.links = {"链接.txt": "/etc/passwd"}
        # By path below the inbox, a member below its archive: bytes (None: it has none) and the outcome owed.
        owed = {name: (data, "accepted") for name, data in self.files.items()}
        owed["杂.txt"] = (owed["杂.txt"][0], "unrecognised")
        owed["空.txt"] = (b"", "unreadable")
        owed["包.tar"] = (packed.getvalue(), "unpacked")
        owed[f"包.tar/丙{ending[2]}"] = (good[2], "accepted")
        owed["包.tar/空.txt"] = (b"", "unreadable")
        owed["链接.txt"] = (None, "unreadable")
        self.owed = owed
        # More of them, each of another unit, for work under load.
        self.others = list(zip(ending[3:], good[3:]))

    def drop(self, inbox):
        """Everything, as several clerks at once would: under hidden names first, then moved in."""
        (inbox / "嵊州市").mkdir(exist_ok=True)
        for name, data in self.files.items():
            hidden = inbox / ".arriving"
            hidden.write_bytes(data)
            hidden.rename(inbox / name)
        for name, target in self.links.items():
            os.symlink(target, inbox / name)


class Office:
    """A root folder and the daemons that live in it."""

    def __init__(self, folder, batch=3):
        self.folder = folder
        self.root = folder / "root"
        self.batch = batch
        shutil.rmtree(folder, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.furnish()
        self.daemon = None
        self.control = None
        self.mark = 0  # Where the life's words begin.

    def furnish(self):
        """Inbox and settings, in the root as it is now."""
        (self.root / "inbox").mkdir()
        (self.root / "shoubao.toml").write_text(SETTINGS % self.batch, encoding="utf-8")

    def remove(self):
        if self.control:
            self.control.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- lives -------------------------------------------------------------

    def start(self, mode=None, record=None, zone=None, **what):
        """A life, behind the shim if there is a mode."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SHOUBAO_LANGUAGE": "zh",
                       "SWIFT_BACKTRACE": "enable=no"}
        if zone:
            environment["TZ"] = zone
        if mode is not None:
            if self.control:
                self.control.close()
            self.control = Control(self.folder, mode, **what)
            environment.update(LD_PRELOAD=str(SHIM), SHIM_CONTROL=str(self.control.path), SHIM_ROOT=str(self.root))
            if record:
                environment["SHIM_RECORD"] = str(record)
        with open(self.folder / "said", "ab") as said:
            self.mark = said.tell()
            self.daemon = subprocess.Popen([str(BUILT / "shoubao"), "serve", "--root", str(self.root)],
                                           stdout=subprocess.DEVNULL, stderr=said, stdin=subprocess.DEVNULL,
                                           env=environment, start_new_session=True)

    def said(self):
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")

    def ready(self, seconds=20):
        """Before it says so it does not listen to signals yet."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.alive():
            with open(self.folder / "said", "rb") as said:
                said.seek(self.mark)
                if "就绪".encode() in said.read():
                    return True
            time.sleep(0.01)
        return False

    def alive(self):
        return self.daemon is not None and self.daemon.poll() is None

    def kill(self):
        if self.alive():
            self.daemon.kill()
        self.daemon.wait()

    def workers(self):
        try:
            tasks = pathlib.Path(f"/proc/{self.daemon.pid}/task")
            return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
        except OSError:
            return []

    def stop(self, seconds=20):
        """SIGTERM; the exit code, or None when it did not end."""
        if self.alive():
            self.ready(30)
            self.daemon.send_signal(signal.SIGTERM)
        try:
            return self.daemon.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def waits(self):
        """What lies in the inbox or is claimed."""
        for place in ("inbox", "work"):
            for folder, _, names in os.walk(self.root / place):
                for name in names:
                    if not name.startswith("."):
                        yield os.path.join(folder, name)

    def receipts(self):
        outbox = str(self.root / "outbox")
        return {os.path.join(folder, name)[len(outbox) + 1:] for folder, _, names in os.walk(outbox)
                for name in names if ".receipt." in name and not name.startswith(".")}

    def done(self, owed):
        if next(self.waits(), None):
            return False
        receipts = self.receipts()
        return (all(name + ".receipt.txt" in receipts and name + ".receipt.html" in receipts for name in owed)
                and self.all_told())

    def all_told(self):
        """Receipts may lie there from a life that was cut off before it could note so."""
        try:
            base = sqlite3.connect(f"file:{self.root}/journal.sqlite?mode=ro", uri=True)
            try:
                return base.execute("SELECT count(*) FROM arrivals WHERE state <> 'told'").fetchone()[0] == 0
            finally:
                base.close()
        except sqlite3.Error:
            return False

    def finish(self, owed, seconds):
        """Whether everything is answered within so many seconds; earlier false when the daemon ends."""
        end = time.monotonic() + seconds
        while True:
            if self.done(owed):
                return True
            if not self.alive() or time.monotonic() > end:
                return self.done(owed)
            time.sleep(0.015)

    def complete(self, owed, seconds=40):
        """A clean life from start to stop, in which everything is answered. What went wrong."""
        self.start()
        if not self.finish(owed, seconds):
            wrong = [f"not all was answered in {seconds} s: {sorted(self.waits())[:3]}"]
            self.kill()
            return wrong
        code = self.stop()
        return [] if code == 0 else [f"SIGTERM ended it with {code}"]

    # --- the model ---------------------------------------------------------

    def compare(self, owed, refused=frozenset()):
        """Each file one arrival, one outcome, one receipt of two renderings, its bytes; the chain whole. What is wrong,
        by kind; `refused`: reasons that another process's death may have given."""
        wrong = {"lost": [], "doubled": [], "outcomes": [], "receipts": [], "originals": [], "chain": [], "litter": []}
        base = sqlite3.connect(f"file:{self.root}/journal.sqlite?mode=ro", uri=True)
        try:
            rows = base.execute("SELECT number, path, state, outcome, reason, sha256 FROM arrivals").fetchall()
            entries = base.execute("SELECT arrival, kind FROM entries ORDER BY seq").fetchall()
        finally:
            base.close()
        history = {}
        for number, kind in entries:
            history.setdefault(number, []).append(kind)
        by_path = {}
        for row in rows:
            by_path.setdefault(bytes(row[1]).decode(), []).append(row)
        groups = {}
        for path, (data, outcome) in owed.items():
            found = by_path.pop(path, [])
            if len(found) != 1:
                wrong["lost" if not found else "doubled"].append(f"{path}: {len(found)} arrivals")
                continue
            number, _, state, became, reason, digest = found[0]
            told = [kind for kind in history.get(number, []) if kind not in ("superseded", "replaced")]
            if state != "told" or told != ["claimed", "judged", "told"]:
                wrong["doubled"].append(f"{path}: {state}, {told}")
            # Refused for what befell another process: of its content nothing is known, and a copy of it is judged by itself.
            if not (became == "unreadable" and reason in refused):
                groups.setdefault(hashlib.sha256(data).digest() if data is not None else path, []).append((path, outcome, became))
            self.original(path, data, digest, wrong)
            self.receipt(path, number, found[0][3], digest, wrong)
        for path, found in by_path.items():
            wrong["doubled"].append(f"{path}: {len(found)} arrivals of a file nobody dropped")
        for members in groups.values():
            handled = [became for _, _, became in members if became != "duplicate"]
            if handled != [members[0][1]] and handled != [members[0][1] + "_with_warnings"]:
                wrong["outcomes"].append(f"{[m[0] for m in members]}: {[m[2] for m in members]}, owed {members[0][1]}")
        for name in self.receipts():
            if not name.removesuffix(".receipt.txt").removesuffix(".receipt.html") in owed:
                wrong["receipts"].append(f"{name}: of no file")
        verified = subprocess.run([str(BUILT / "shoubao"), "verify", "--root", str(self.root)], capture_output=True)
        if verified.returncode != 0:
            wrong["chain"].append(verified.stdout.decode()[-400:] + verified.stderr.decode()[-200:])
        for place in ("work", "archive"):
            wrong["litter"] += [str(p) for p in (self.root / place).rglob("*") if not p.is_dir()
                                and (place == "work" or p.name.startswith("."))]
        wrong["litter"] += [str(p) for p in (self.root / "outbox").rglob(".*")]
        return {kind: found for kind, found in wrong.items() if found}

    def original(self, path, data, digest, wrong):
        if data is None:
            if digest is not None:
                wrong["originals"].append(f"{path}: bytes of what has none")
            return
        name = hashlib.sha256(data).hexdigest()
        try:
            kept = (self.root / "archive" / name[:2] / name[2:]).read_bytes()
        except OSError as error:
            kept = str(error)
        if kept != data or digest is None or digest.hex() != name:
            wrong["originals"].append(f"{path}: not byte-identical")

    def receipt(self, path, number, outcome, digest, wrong):
        try:
            text = (self.root / "outbox" / (path + ".receipt.txt")).read_text(encoding="utf-8")
            page = (self.root / "outbox" / (path + ".receipt.html")).read_text(encoding="utf-8")
        except OSError as error:
            wrong["receipts"].append(str(error))
            return
        joined = "".join(text.split())
        if (f"第{number}号" not in joined or SIGNS[outcome] not in text or not page.rstrip().endswith("</html>")
                or (digest is not None and digest.hex() not in joined)):
            wrong["receipts"].append(f"{path}: another number, outcome or digest than the journal's")
