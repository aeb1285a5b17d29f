"""A file system of its own, in a file, whose power can be cut: ext4 is told to stop at once and to write nothing more, neither
what is in memory nor its log (FS_IOC_SHUTDOWN). What the next mount finds is what a disk has after a cut."""

import fcntl
import os
import struct
import subprocess
import threading
import time

# linux/fs.h and fs/ext4/ext4.h: _IOR('X', 125, __u32), EXT4_GOING_FLAGS_NOLOGFLUSH.
SHUTDOWN, WITHOUT_LOG = 0x8004587D, 2

# Two that look for a free loop device at once may find the same one.
one_at_a_time = threading.Lock()


class Image:
    """Mounted at a folder; root alone may do that."""

    def __init__(self, file, folder, megabytes=512):
        self.file, self.folder = file, folder
        with open(file, "wb") as made:
            made.truncate(megabytes << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(file)], check=True)
        self.mount()

    def mount(self):
        with one_at_a_time:
            subprocess.run(["mount", "-o", "loop", str(self.file), str(self.folder)], check=True)

    def sync(self):
        subprocess.run(["sync", "--file-system", str(self.folder)], check=True)

    def cut(self):
        """From here on every call fails, and nothing reaches the disk."""
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
        finally:
            os.close(folder)

    def unmount(self):
        # A worker whose daemon was killed needs a moment to see that.
        for _ in range(100):
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                return
            time.sleep(0.05)
        subprocess.run(["umount", "-l", str(self.folder)], check=True)


def put_durably(folder, name, data):
    """A file that is there after any cut that comes later: what a sender may call sent."""
    hidden = folder / ".arriving"
    with open(hidden, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    hidden.rename(folder / name)
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
