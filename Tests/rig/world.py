"""What the service's own surroundings do to it: journald stands still or is gone, the time zone changes, somebody cuts the
journal's tail off. Used by end-to-end; the rest of the world is in Tests/torture/world."""

import shlex
import time

INBOX = "/var/spool/shoubao/inbox"


def drop(rig, what, paths):
    """Files of the shared folder go in; whether all have their outcome, without asking journald."""
    before = rig.handled()
    # Under names that no other part of the test uses.
    rig.clerk("\n".join(shlex.join(("cp", f"/rig/{path.relative_to(rig.share)}", f"{INBOX}/{path.parent.name}-{path.name}"))
                        for path in paths))
    return rig.wait(what, rig.settled(before + len(paths)), 60)


def journald(rig, check, generate):
    generate(rig.share / "silent", "--count", "40", "--seed", "41", "--formats", "clean,lines", "--first-organ", "6000")
    files = sorted((rig.share / "silent").iterdir())
    pid = rig.property("MainPID")
    restarts = rig.property("NRestarts")
    # Its socket is filled until nothing more goes in; the watchdog of the test bites after 8 s.
    rig.run("systemctl", "kill", "-s", "STOP", "systemd-journald")
    rig.shell("for n in $(seq 3000); do echo MESSAGE=filling | timeout 1 logger --journald || break; done; true")
    begun = time.monotonic()
    check("with a journald that stands still files are answered", drop(rig, "files without journald", files[:8]))
    time.sleep(max(0, begun + 12 - time.monotonic()))
    check("and the watchdog has nothing to object", rig.property("MainPID") == pid and rig.property("NRestarts") == restarts)
    rig.run("systemctl", "kill", "-s", "CONT", "systemd-journald")
    # Gone altogether, with its sockets.
    rig.shell("systemctl stop systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket"
              " systemd-journald 2>/dev/null; rm -f /run/systemd/journal/socket")
    check("without a journald files are answered", drop(rig, "files without a journald", files[8:-1]))
    rig.shell("systemctl start systemd-journald.socket systemd-journald-dev-log.socket systemd-journald")
    check("when it is back, so are the entries", drop(rig, "file with journald", files[-1:]) and rig.wait(
        "an entry of the last file", lambda: any(files[-1].name in e.get("SHOUBAO_FILE", "") for e in rig.entries()), 10))
    missing = [e["MESSAGE"] for e in rig.entries() if "没有记下" in e.get("MESSAGE", "")]
    check("and how many are missing is told", bool(missing), str(missing))
    check("the service was never restarted over it", rig.property("MainPID") == pid)


def time_zone(rig, check, generate):
    generate(rig.share / "zone", "--count", "2", "--seed", "42", "--formats", "clean", "--first-organ", "6100")
    files = sorted(path for path in (rig.share / "zone").iterdir())
    for zone, path in zip(("Pacific/Kiritimati", "America/Los_Angeles"), files):
        rig.run("ln", "-sf", f"/usr/share/zoneinfo/{zone}", "/etc/localtime")
        drop(rig, f"a file in {zone}", [path])
        newest = rig.arrivals()[-1]
        today = time.strftime("%Y-%m-%dT%H", time.gmtime(time.time() + 8 * 3600))
        check(f"with the machine's time zone changed to {zone} under the service, times are China's",
              newest["received"].startswith(today) and newest["received"].endswith("+08:00"), newest["received"])
    rig.run("rm", "/etc/localtime")


def cut_tail(rig, check, generate):
    """Somebody puts back the journal of an hour ago: sound in itself, and without what came since."""
    generate(rig.share / "tail", "--count", "1", "--seed", "43", "--formats", "clean", "--first-organ", "6200")
    journal = "/var/lib/shoubao/journal.sqlite"
    rig.shell(f"systemctl stop shoubaod && cp -a {journal} /tmp/older && systemctl start shoubaod")
    drop(rig, "a file that will be missing", list((rig.share / "tail").iterdir()))
    rig.shell(f"systemctl stop shoubaod && cp -a {journal} /tmp/newer")
    told = "journalctl -u shoubaod SHOUBAO_EVENT=head -o cat | shoubao verify --heads -"
    check("the journal has every head that was told to journald", rig.code("sh", "-c", told) == 0)
    rig.shell(f"cp -a /tmp/older {journal}")
    check("an older journal in its place is sound in itself", rig.code("shoubao", "verify") == 0)
    check("the heads in journald show that its tail is missing", rig.code("sh", "-c", told) == 1)
    rig.shell(f"cp -a /tmp/newer {journal} && systemctl start shoubaod")
