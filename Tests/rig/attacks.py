"""What somebody tries who may only drop files, and what the service itself tries from inside its sandbox. Used by
end-to-end; each attempt is one check."""

import io
import pathlib
import shlex
import subprocess
import tarfile
import time

HERE = pathlib.Path(__file__).resolve().parent
INBOX = "/var/spool/shoubao/inbox"
OUTBOX = "/var/spool/shoubao/outbox"
SECRET = "geheim-9f2c7d51"


def drop_rights(rig, check, same, generate):
    """A clerk against another clerk, and against the daemon."""
    rig.run("useradd", "--create-home", "--groups", "shoubao-drop", "other")
    rig.run("useradd", "--create-home", "stranger")

    def other(script):
        return rig.code("runuser", "-u", "other", "--", "bash", "-c", script)

    def refused(what, script):
        check(f"who may only drop cannot {what}", other(script) != 0, script)

    # Names ending in .part are left in the inbox: these stay while they are attacked.
    rig.clerk(f"umask 000; echo {SECRET} > {INBOX}/mine.part; mkdir {INBOX}/mine; echo {SECRET} > {INBOX}/mine/in.part")
    refused("list the inbox", f"ls {INBOX}")
    refused("read another's file, even by its name and made without a umask", f"cat {INBOX}/mine.part")
    refused("read a file in another's folder", f"cat {INBOX}/mine/in.part")
    refused("list another's folder", f"ls {INBOX}/mine")
    refused("write to another's file", f"echo x >> {INBOX}/mine.part")
    refused("delete another's file", f"rm -f {INBOX}/mine.part")
    refused("rename another's file", f"mv {INBOX}/mine.part {INBOX}/theirs.part")
    refused("replace another's file", f"echo x > {INBOX}/evil.part; mv -f {INBOX}/evil.part {INBOX}/mine.part")
    refused("put a file into another's folder", f"echo x > {INBOX}/mine/x.txt")
    refused("keep another's file by a hard link", f"ln {INBOX}/mine.part ~/kept")
    refused("write a receipt", f"echo x > {OUTBOX}/mine.part.receipt.txt")
    refused("delete receipts", f"find {OUTBOX} -name '*.receipt.txt' -delete; "
            f"[ -z \"$(find {OUTBOX} -name '*.receipt.txt' | head -n 1)\" ]")
    for place in ("/var/lib/shoubao", "/var/spool/shoubao/work", "/var/spool/shoubao/held"):
        refused(f"enter {place}", f"ls {place}")
    refused("read the journal", "cat /var/lib/shoubao/journal.sqlite")
    refused("stop the daemon by a signal", f"kill {rig.property('MainPID')}")
    refused("run the administrator's commands", "shoubao list")
    check("a user without drop rights cannot put anything in", rig.code(
        "runuser", "-u", "stranger", "--", "bash", "-c", f"echo x > {INBOX}/x.txt") != 0)
    check("nor read receipts", rig.code("runuser", "-u", "stranger", "--", "ls", OUTBOX) != 0)
    check("those who drop can read receipts", other(f"ls {OUTBOX}") == 0)
    same("what was attacked is as it was", rig.text("cat", f"{INBOX}/mine.part"), SECRET)
    rig.shell(f"rm -rf {INBOX}/mine.part {INBOX}/mine {INBOX}/evil.part")

    # A secret that the daemon may read and the clerk may not: it must come out nowhere.
    rig.shell(f"mkdir -p /var/lib/shoubao/secret && echo {SECRET} > /var/lib/shoubao/secret/key.txt"
              " && chown -R shoubao: /var/lib/shoubao/secret && chmod 700 /var/lib/shoubao/secret")
    before = rig.handled()
    rig.clerk(f"cd {INBOX} && ln -s /var/lib/shoubao/secret/key.txt to-file.txt && ln -s /var/lib/shoubao/secret to-folder"
              f" && ln -s /etc/shadow to-shadow.txt && ln -s ../work up")
    # Making a link is no event that is asked for: the next scan finds it.
    check("links are answered", rig.wait("links", rig.settled(before + 4), 80))
    same("a link is what it is, not where it leads", {
        (a["outcome"], a["reason"]) for a in rig.arrivals() if a["file"] in ("to-file.txt", "to-folder", "to-shadow.txt", "up")},
        {("unreadable", "not_a_regular_file")})
    hard = rig.code("runuser", "-u", "clerk", "--", "ln", "/etc/shadow", f"{INBOX}/hard.txt")
    check("a hard link to what one may not read is refused by the kernel", hard != 0
          or rig.text("sysctl", "-n", "fs.protected_hardlinks") == "0")

    # The name changes between a file and a link to the secret, as fast as one can; folders likewise.
    rig.clerk(f"""
        cd {INBOX}; mkdir swap real.part; echo innocent > real.part/key.txt
        end=$((SECONDS + 6)); n=0
        while [ $SECONDS -lt $end ]; do
            n=$((n + 1))
            echo "innocent $n" > race.part; mv race.part race-$((n % 7)).txt
            ln -s /var/lib/shoubao/secret/key.txt race.part; mv race.part race-$((n % 7)).txt
            mv swap away.part 2>/dev/null && ln -s /var/lib/shoubao/secret swap
            rm -f swap; mkdir swap 2>/dev/null; echo "innocent too" > swap/key.txt
        done 2>/dev/null; rm -rf race.part away.part real.part swap; true""")
    # A file that goes on changing through another name of it.
    rig.clerk(f"""
        cd {INBOX}; echo first > twin.part; mv twin.part ~/twin 2>/dev/null || cp twin.part ~/twin
        for n in 1 2 3 4 5; do echo "line $n" > two-$n.part; ln two-$n.part later-$n.part; mv two-$n.part two-$n.txt; done
        for n in 1 2 3 4 5; do for m in 1 2 3; do echo more >> later-$n.part; sleep 0.1; done; done; rm -f later-*.part twin.part""")
    check("what was raced is answered", rig.wait("races", lambda: not rig.left(), 60))
    found = rig.shell(f"grep -rl {SECRET} /var/lib/shoubao/archive {OUTBOX} /var/spool/shoubao/held || true")
    same("no race brings the secret into the archive or a receipt", found, "")
    check("nor was anything taken from its folder",
          rig.code("test", "-e", "/var/lib/shoubao/secret/key.txt") == 0
          and not any(a["file"].startswith("to-folder/") for a in rig.arrivals()))
    same("no journal file was claimed through a folder", [
        a["file"] for a in rig.arrivals() if "journal.sqlite" in a["file"]], [])

    # Members of archives with names, links and devices that lead elsewhere.
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        def member(name, kind=tarfile.REGTYPE, target="", data=b"x\n"):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data) if info.size else None)
        member("/etc/cron.d/evil")
        member("../../../../etc/cron.d/evil")
        member("link", tarfile.SYMTYPE, "/var/lib/shoubao/secret")
        member("link/key.txt")
        member("hard", tarfile.LNKTYPE, "/var/lib/shoubao/secret/key.txt")
        member("device", tarfile.BLKTYPE)
        member("pipe", tarfile.FIFOTYPE)
        member("x" * 200 + "/" + "y" * 200)
    (rig.share / "evil.tar").write_bytes(packed.getvalue())
    rig.clerk(f"cp /rig/evil.tar {INBOX}")
    check("an evil archive is answered", rig.wait("evil archive", lambda: not rig.left(), 30))
    check("its members lead nowhere", rig.code("test", "-e", "/etc/cron.d/evil") != 0
          and rig.text("cat", "/var/lib/shoubao/secret/key.txt") == SECRET
          and rig.shell(f"grep -rl {SECRET} {OUTBOX} || true") == "")

    # Holding the service up.
    generate(rig.share / "free", "--count", "1", "--seed", "31", "--formats", "clean", "--first-organ", "2300")
    rig.clerk(f"exec 3> {INBOX}/open-for-ever.txt; echo x >&3; sleep 25", wait=False)
    rig.clerk(f"cd {INBOX} && for n in $(seq 60); do mkdir -p deep && cd deep; done; echo x > bottom.txt; true")
    time.sleep(0.5)
    before = rig.handled()
    rig.clerk(f"cp /rig/free/* {INBOX}/others-go-on.html")
    check("a file that stays open and folders without end hold nobody else up", rig.wait(
        "others", lambda: any(a["file"] == "others-go-on.html" and a["outcome"] for a in rig.arrivals()), 20))
    # Saying what only the service says.
    rig.code("runuser", "-u", "clerk", "--", "bash", "-c",
             r"printf 'MESSAGE=forged\nSHOUBAO_EVENT=accepted\n' | logger --journald")
    time.sleep(1)
    check("a forged event is not among the service's", not any(e.get("MESSAGE") == "forged" for e in rig.entries()))
    rig.wait("the open file", lambda: rig.code("pgrep", "-u", "clerk", "sleep") != 0, 40)
    rig.wait("all of it", lambda: not [n for n in rig.left() if b"deep" not in n], 30)
    rig.shell(f"rm -rf {INBOX}/deep /var/lib/shoubao/secret")


def from_inside(rig, check):
    """The unit's sandbox, tried from behind it: the declarations are proved by what fails."""
    subprocess.run(["gcc", "-O1", "-Wall", "-o", str(rig.share / "probe"), str(HERE / "probe.c")], check=True)
    rig.shell("echo secret > /home/clerk/secret && chmod 644 /home/clerk/secret && chmod 755 /home/clerk")
    rig.run("install", "-m", "755", "/rig/probe", "/usr/libexec/shoubao/probe")
    rig.shell("sed -e 's|^ExecStart=.*|ExecStart=/usr/libexec/shoubao/probe|; s|^Type=.*|Type=oneshot|; "
              "s|^Restart=.*|Restart=no|; /^WatchdogSec/d' /usr/lib/systemd/system/shoubaod.service"
              " > /etc/systemd/system/shoubao-probe.service; systemctl daemon-reload")
    rig.code("systemctl", "start", "shoubao-probe")
    lines = rig.text("journalctl", "-b", "-u", "shoubao-probe", "-o", "cat", "--no-pager").splitlines()
    tried = [line.split() for line in lines if line.startswith(("refused ", "DONE "))]
    check("the probe has run", len(tried) > 35, "; ".join(lines)[-500:])
    for words in tried:
        allowed = words[1].startswith("may-")
        check(f"inside the sandbox: {words[1]} {'works' if allowed else 'fails'}",
              (words[0] == "DONE") == allowed, shlex.join(words))
    rig.shell("rm -f /usr/libexec/shoubao/probe /etc/systemd/system/shoubao-probe.service /var/lib/shoubao/probe-*;"
              " systemctl daemon-reload")
