"""What a benchmark ran on, and where its tables go."""
import os
import platform
import subprocess

from candidates import CORES, TREE


def described():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    disk = subprocess.run(["stat", "-f", "-c", "%T", TREE], capture_output=True, text=True, check=True).stdout.strip()
    return f"{model}, {CORES} cores, {memory:.0f} GB, {disk} on Linux {platform.release()}"


def put(page, command, text):
    """Between the command's marks in a page of the documents."""
    begin, end = (f"<!-- {command}: {mark} -->" for mark in ("begin", "end"))
    before, rest = page.read_text(encoding="utf-8").split(begin)
    page.write_text(f"{before}{begin}\n{text}{end}{rest.split(end)[1]}", encoding="utf-8")
