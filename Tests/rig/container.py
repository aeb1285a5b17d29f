"""What the tests under a real systemd share: the container, and one line for each thing that must hold."""

import json
import os
import pathlib
import shlex
import subprocess
import time

TREE = pathlib.Path(__file__).resolve().parents[2]
RIG = TREE / "Tests" / "rig" / "rig"
INBOX = "/var/spool/shoubao/inbox"
OUTBOX = "/var/spool/shoubao/outbox"
# What our package depends on, with Samba (which brings Python) and SSH: one base for two tests.
WITH_SAMBA = ("libxml2 libarchive13 libpoppler126 poppler-data libseccomp2 libsystemd0 libsqlite3-0 libgcrypt20 acl adduser "
              "samba smbclient openssh-server openssh-client")

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


class Rig:
    """The container."""

    def __init__(self, folder, packages):
        self.folder = folder
        self.share = folder / "share"
        self.environment = dict(os.environ, RIG_DIR=str(folder), RIG_PACKAGES=packages)

    def rig(self, *words, **options):
        return subprocess.run([str(RIG), *words], env=self.environment, **options)

    def run(self, *command, check=True, stdin=None):
        """Runs a command inside; its standard output as bytes."""
        done = self.rig("exec", *command, input=stdin, capture_output=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"{shlex.join(command)}: exit {done.returncode}: "
                               + done.stderr.decode(errors="replace")[-2000:])
        return done.stdout

    def text(self, *command, **options):
        return self.run(*command, **options).decode(errors="surrogateescape").strip()

    def code(self, *command):
        return self.rig("exec", *command, capture_output=True).returncode

    def shell(self, script, **options):
        return self.text("sh", "-c", script, **options)

    def clerk(self, script, wait=True):
        """Runs a script as somebody who may only drop files."""
        words = ["exec", "runuser", "-u", "clerk", "--", "bash", "-c", script]
        if wait:
            done = self.rig(*words, capture_output=True)
            if done.returncode != 0:
                raise RuntimeError(f"clerk: {done.stderr.decode(errors='replace')[-2000:]}")
            return None
        return subprocess.Popen([str(RIG), *words], env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def property(self, name):
        return self.text("systemctl", "show", "-P", name, "shoubaod")

    def status(self):
        return json.loads(self.text("shoubao", "status", "--json"))

    def arrivals(self):
        """All arrivals, oldest first."""
        lines = self.text("shoubao", "list", "--json").splitlines()
        return [json.loads(line) for line in reversed(lines)]

    def entries(self, *filters):
        """Journal entries of the service."""
        out = self.text("journalctl", "-u", "shoubaod", "-o", "json", "--all", "--no-pager",
                        "-b", *filters)
        return [json.loads(line) for line in out.splitlines()]

    def receipts(self):
        # The overview and the pages of units stand there too.
        out = self.run("find", OUTBOX, "-type", "f", "-name", "*.receipt.*", "-printf", "%P\\0")
        return {name.decode(errors="surrogateescape") for name in out.split(b"\0") if name}

    def left(self):
        """What still lies in the inbox or is claimed."""
        out = self.run("find", INBOX, "/var/spool/shoubao/work", "!", "-type", "d",
                       "!", "-name", ".*", "!", "-name", "*.part", "-print0")
        return [name for name in out.split(b"\0") if name]

    def wait(self, what, condition, seconds):
        """Until the condition holds; how long is only a limit."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.2)
        return check(what, False, f"not within {seconds} s")

    def handled(self):
        """How many arrivals have their outcome."""
        return sum(1 for a in self.arrivals() if a["outcome"])

    def settled(self, count):
        """So many arrivals have their outcome, and nothing waits."""
        def done():
            try:
                return self.status()["queue"] == 0 and self.handled() >= count and not self.left()
            except (RuntimeError, json.JSONDecodeError):
                return False
        return done


def conclude():
    """The last line; the exit status."""
    print(f"{tally['passed']} passed, {tally['failed']} failed")
    return 1 if tally["failed"] else 0
