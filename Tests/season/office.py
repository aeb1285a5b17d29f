"""An office with its daemon, on days that the test chooses: in a folder of its own, or the service of a machine under systemd; and
one line for each thing that must hold."""

import calendar
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = "[intake]\nquiet_seconds = 0.1\nscan_seconds = 1\ncanary_seconds = 0\n"

tally = {"passed": 0, "failed": 0}
begun = time.monotonic()


def check(what, good, detail=""):
    """One line for one thing that must hold."""
    tally["passed" if good else "failed"] += 1
    print(f"{'ok  ' if good else 'FAIL'} {time.monotonic() - begun:6.1f} s  {what}"
          + (f": {detail}" if detail and not good else ""), flush=True)
    return good


def same(what, found, expected):
    return check(what, found == expected, f"{found!r}, expected {expected!r}")


class Office:
    """What people do and see, wherever the daemon runs."""

    program = "shoubao"
    # What the commands are told of the place.
    place = []

    def __init__(self, clock, library, inbox, outbox, archive, roster):
        self.clock, self.inbox, self.outbox, self.archive = clock, inbox, outbox, archive
        self.roster_file = roster
        self.environment = dict(
            os.environ, LD_PRELOAD=str(library), SEASON_CLOCK=str(clock),
            SHOUBAO_LANGUAGE="zh", NO_COLOR="1")
        self.today = None
        self.files = 0

    def day(self, year, month, day):
        """It becomes nine in the morning of a day in China."""
        self.today = f"{year}-{month:02}-{day:02}"
        moment = calendar.timegm((year, month, day, 1, 0, 0))
        with open(self.clock, "r+b" if self.clock.exists() else "wb") as file:
            file.write(struct.pack("q", moment - int(time.time())))
        # Wakes the daemon, as a day that passes would within seconds.
        self.reload()

    def ask(self, *words, code=0):
        """What a command prints."""
        done = subprocess.run(
            [self.program, *map(str, words), *map(str, self.place)], env=self.environment,
            capture_output=True, check=False)
        if done.returncode != code:
            raise SystemExit(f"shoubao {words}: {done.returncode} {done.stderr.decode()}")
        return done.stdout.decode()

    def objects(self, *words):
        return [json.loads(line) for line in self.ask(*words).splitlines()]

    def until(self, what, is_true, seconds=60):
        """What happens behind the scenes happens soon."""
        end = time.monotonic() + seconds
        while not is_true():
            self.must_run()
            if time.monotonic() > end:
                return check(what, False, "it did not happen")
            time.sleep(0.05)
        return True

    def drop(self, *files):
        """Drops files, each named and with its bytes, and waits for the answers; gives the arrivals."""
        names = []
        for name, content in files:
            self.files += 1
            name = f"{self.files:03}-{name}"
            hidden = self.inbox / f".{name}"
            hidden.write_bytes(content)
            hidden.rename(self.inbox / name)
            names.append(name)
        self.until("receipts", lambda: all(
            (self.outbox / f"{name}.receipt.txt").exists() for name in names))
        self.until("the queue is empty", lambda: self.status()["queue"] == 0)
        by_name = {a["file"]: a for a in self.arrivals()}
        return [by_name[name] for name in names]

    def receipt(self, arrival):
        text = (self.outbox / f"{arrival['file']}.receipt.txt").read_text(encoding="utf-8")
        return "".join(text.split())

    def arrivals(self):
        return self.objects("list", "--json")

    def show(self, number):
        return json.loads(self.ask("show", number, "--json"))

    def status(self, year=None):
        return json.loads(self.ask("status", "--json", *(["--year", year] if year else [])))

    def roster(self, year):
        return {r["unit"]: r for r in self.objects("roster", "--json", "--year", year)}

    def notes(self, **wanted):
        return [n for n in self.objects("notifications", "--json")
                if all(n[key] == value for key, value in wanted.items())]

    def totals(self, year, *words):
        return json.loads(self.ask("totals", "--year", year, "--format", "json", *words))

    def written(self):
        """Changes whenever a page does."""
        return [place.stat().st_mtime_ns for place in (self.outbox / "index.html", self.outbox / "units")]

    def original(self, arrival):
        return self.archive.joinpath(arrival["sha256"][:2], arrival["sha256"][2:]).read_bytes()


class Folder(Office):
    """A daemon of the test's own."""

    def __init__(self, programs, folder):
        self.program, self.folder, self.root = programs / "shoubao", folder, folder / "root"
        self.place = ["--root", self.root]
        library = folder / "clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "clock.c"], check=True)
        super().__init__(folder / "clock", library, self.root / "inbox", self.root / "outbox",
                         self.root / "archive", self.root / "roster.csv")
        self.inbox.mkdir(parents=True)
        (self.root / "shoubao.toml").write_text(SETTINGS, encoding="utf-8")
        self.daemon = None
        self.events = folder / "events"

    def start(self):
        self.daemon = subprocess.Popen(
            [self.program, "serve", *self.place], env=self.environment, stderr=open(self.events, "ab"))
        # Before that a signal would end it.
        self.until("the daemon is ready", lambda: "收报已就绪" in self.events.read_text(encoding="utf-8"))

    def reload(self):
        if self.daemon:
            self.daemon.send_signal(signal.SIGHUP)

    def must_run(self):
        if self.daemon.poll() is not None:
            raise SystemExit(f"the daemon has ended: {self.daemon.returncode}")

    def stop(self):
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(30)
        self.daemon = None

    def status_line(self):
        return None

    def log(self, event):
        return None

    def spent(self):
        return " with the daemon"

    def end(self, keep):
        if self.daemon:
            self.daemon.kill()
            self.daemon.wait()
        if keep:
            print(f"left in {self.folder}")
        else:
            shutil.rmtree(self.folder)


class Service(Office):
    """The installed service, under systemd. The clock is the service's alone: the machine keeps the time it has."""

    def __init__(self, folder):
        spool, state = pathlib.Path("/var/spool/shoubao"), pathlib.Path("/var/lib/shoubao")
        settings = pathlib.Path("/etc/shoubao")
        super().__init__(folder / "clock", folder / "clock.so", spool / "inbox", spool / "outbox",
                         state / "archive", settings / "roster.csv")
        (settings / "shoubao.toml.d").mkdir(exist_ok=True)
        (settings / "shoubao.toml.d" / "season.toml").write_text(SETTINGS, encoding="utf-8")
        unit = pathlib.Path("/etc/systemd/system/shoubaod.service.d")
        unit.mkdir(parents=True, exist_ok=True)
        (unit / "season.conf").write_text(
            f"[Service]\nEnvironment=LD_PRELOAD={folder}/clock.so SEASON_CLOCK={folder}/clock\n"
            f"ExecPaths={folder}/clock.so\n", encoding="utf-8")
        self.control("stop", "shoubaod")
        self.control("daemon-reload")
        self.is_started = False
        self.used = "0"

    def control(self, *words):
        return subprocess.run(["systemctl", *words], check=True, capture_output=True).stdout.decode().strip()

    def start(self):
        self.control("start", "shoubaod")
        self.is_started = True

    def reload(self):
        if self.is_started:
            self.control("reload", "shoubaod")

    def must_run(self):
        state = self.control("show", "-P", "ActiveState", "shoubaod")
        if state not in ("active", "reloading"):
            raise SystemExit(f"the service is {state}")

    def stop(self):
        self.used = self.control("show", "-P", "CPUUsageNSec", "shoubaod")
        self.control("stop", "shoubaod")
        same("the service has ended well", self.control("show", "-P", "Result", "shoubaod"), "success")

    def status_line(self):
        """What `systemctl status` shows of the collection."""
        return self.control("show", "-P", "StatusText", "shoubaod")

    def log(self, event):
        """The entries of one kind in journald."""
        done = subprocess.run(["journalctl", "-u", "shoubaod", "-o", "json", "--all", f"SHOUBAO_EVENT={event}"],
                              check=True, capture_output=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def spent(self):
        return f", the service {int(self.used) / 1e9:.0f} s"

    def end(self, keep):
        pass
