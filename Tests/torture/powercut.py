"""What a power cut may leave of a folder, rebuilt from a record of every write, rename, unlink and sync.

A file system may forget what was not synced: the data of a file up to its last fsync, the entries of a folder up to its
last fsync. It keeps renames whole, and the operations on entries in their order (so do ext4, XFS and btrfs, whose journals
are logs). Within that, every state that the three kinds below can give is one that a disk may show after a cut.
"""

import os
import stat

SECTOR = 512


class File:
    def __init__(self, mode=0o644, data=b"", durable=True):
        self.mode = stat.S_IMODE(mode)
        self.durable = bytes(data) if durable else b""
        self.data = bytearray(data)
        self.pending = []

    def write(self, offset, data):
        self.pending.append((offset, data))
        if len(self.data) < offset:
            self.data.extend(b"\0" * (offset - len(self.data)))
        self.data[offset:offset + len(data)] = data

    def truncate(self, size):
        self.pending.append((size, None))
        del self.data[size:]
        self.data.extend(b"\0" * (size - len(self.data)))

    def sync(self):
        self.durable = bytes(self.data)
        self.pending.clear()

    def torn(self, chance):
        """The durable bytes and any of the sectors written since."""
        data = bytearray(self.durable)
        for offset, piece in self.pending:
            if piece is None:
                if chance.random() < 0.5:
                    del data[offset:]
                    data.extend(b"\0" * (offset - len(data)))
                continue
            start = offset
            while start < offset + len(piece):
                end = min((start // SECTOR + 1) * SECTOR, offset + len(piece))
                if chance.random() < 0.5:
                    if len(data) < start:
                        data.extend(b"\0" * (start - len(data)))
                    data[start:end] = piece[start - offset:end - offset]
                start = end
        return bytes(data)


class Disk:
    """Folders by their paths, files by their inodes; what is durable, and what is pending since."""

    def __init__(self, root):
        self.files, self.links = {}, {}
        self.durable, self.now = {"": None}, {"": None}
        self.pending = []
        for folder, names, files in os.walk(root):
            place = os.path.relpath(folder, root)
            place = "" if place == "." else place + "/"
            for name in names:
                self.durable[place + name] = None
            for name in files:
                path = os.path.join(folder, name)
                status = os.lstat(path)
                if stat.S_ISLNK(status.st_mode):
                    self.links[status.st_ino] = os.readlink(path)
                else:
                    with open(path, "rb") as file:
                        self.files[status.st_ino] = File(status.st_mode, file.read())
                self.durable[place + name] = status.st_ino
        self.now = dict(self.durable)

    @staticmethod
    def apply(tree, operation):
        kind, one, two, inode = operation
        if kind != "add":
            tree.pop(one, None)
        if kind != "remove":
            tree[two] = inode

    def change(self, kind, one, two, inode=None):
        """`add` of `two`, `remove` of `one`, `rename` from one to the other; a rename brings the file with it, also
        one whose first name was never made durable."""
        if kind == "rename":
            inode = self.now.get(one)
        self.pending.append((kind, one, two, inode))
        Disk.apply(self.now, self.pending[-1])

    def meet(self, what, inode, one, two, offset, data):
        if what == "create":
            self.files[inode] = File(offset, durable=False)
            self.change("add", "", one, inode)
        elif what == "write":
            if inode in self.files:
                self.files[inode].write(offset, data)
        elif what == "truncate":
            if inode in self.files:
                self.files[inode].truncate(offset)
        elif what == "sync":
            if inode in self.files:
                self.files[inode].sync()
        elif what == "mkdir":
            self.change("add", "", one)
        elif what == "unlink":
            self.change("remove", one, "")
        elif what == "rename":
            self.change("rename", one, two)
        elif what == "sync-folder":
            place = "" if one == "." else one
            rest = []
            for operation in self.pending:
                kind, first, second, _ = operation
                touched = {os.path.dirname(path) for path, of in ((first, "remove"), (second, "add"))
                           if kind in (of, "rename")}
                if place in touched:
                    Disk.apply(self.durable, operation)
                    # The name that it had before is of the past.
                    rest = [other for other in rest if not (kind == "rename" and other[2] == first)]
                else:
                    rest.append(operation)
            self.pending = rest

    def state(self, kind, chance):
        """`strict`: nothing that was not synced. `names`: every entry, and only synced data. `torn`: entries up to some
        operation, and any sectors."""
        tree = dict(self.durable)
        if kind != "strict":
            count = len(self.pending) if kind == "names" else chance.randint(0, len(self.pending))
            for operation in self.pending[:count]:
                Disk.apply(tree, operation)
        for path, inode in tree.items():
            # An entry below a folder that has none itself is out of reach.
            parts = path.split("/")[:-1]
            if all("/".join(parts[:n + 1]) in tree for n in range(len(parts))):
                if inode is None:
                    yield path, None, None
                elif inode in self.links:
                    yield path, None, self.links[inode]
                else:
                    file = self.files[inode]
                    yield path, file.mode, file.torn(chance) if kind == "torn" else file.durable

    def write(self, root, kind, chance):
        for path, mode, content in sorted(self.state(kind, chance), key=lambda item: item[0]):
            target = os.path.join(root, path)
            if mode is not None:
                with open(target, "wb") as file:
                    file.write(content)
                os.chmod(target, mode)
            elif content is not None:
                os.symlink(content, target)
            else:
                os.makedirs(target, exist_ok=True)

    def receipts(self):
        """Those that somebody may have read: by path, their bytes."""
        return {path: bytes(self.files[inode].data) for path, inode in self.now.items()
                if inode in self.files and path.endswith((".receipt.txt", ".receipt.html"))}


def read(record):
    """The operations of a record."""
    with open(record, "rb") as file:
        while line := file.readline():
            what, inode, one, two, offset, size = line.decode(errors="surrogateescape").rstrip("\n").split("\t")
            yield what, int(inode), one, two, int(offset), file.read(int(size))
