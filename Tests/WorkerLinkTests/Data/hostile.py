#!/usr/bin/python3 -I
"""Writes one hostile file, by name, to standard output. Synthetic; made anew for every run, since some are large."""

import io
import struct
import sys
import tarfile
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def word(body, prologue="", parts=()):
    """A Word file; body is text, or pieces of it that are packed one by one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document {W}><w:body>'.encode())
            for piece in [body] if isinstance(body, str) else body:
                part.write(piece if isinstance(piece, bytes) else piece.encode())
            part.write(b"</w:body></w:document>")
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def overlapping(name=b"word/document.xml"):
    """A thousand directory entries that share one packed stream of 1 MB of nothing."""
    packed = zlib.compress(bytes(1 << 20), 9)[2:-4]
    check = zlib.crc32(bytes(1 << 20))
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, check, len(packed), 1 << 20, len(name), 0)
    local = b"PK\3\4" + common + name + packed
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    count = 60000
    return (
        local
        + entry * count
        + b"PK\5\6"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, len(local), 0)
    )


def nested(levels):
    data = bytes(1 << 20)
    for level in range(levels):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(8):
                archive.writestr(f"{level}-{copy}.zip", data)
        data = out.getvalue()
    return data


MEGABYTES = 64 << 20


def nothing(times):
    """Raw deflate of so many times 64 MB of nothing."""
    one = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = one.compress(bytes(MEGABYTES)) + one.flush(zlib.Z_FULL_FLUSH)
    return block * times + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def archive(names, packed, size):
    """A ZIP file in which each name has the same packed bytes, each time over."""
    out, directory = io.BytesIO(), b""
    for name in names:
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, 0, len(packed), size, len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + name
        out.write(b"PK\3\4" + common + name + packed)
    start = out.tell()
    out.write(directory)
    out.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), start, 0))
    return out.getvalue()


def outside():
    """Members whose names lead elsewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("/etc/passwd", "../../etc/shadow", "C:\\windows\\a.txt"):
            archive.writestr(zipfile.ZipInfo(name), "1")
    return out.getvalue()


def packed_tar(times):
    """A tar file, packed with gzip, with one file of so many times 64 MB."""
    head = tarfile.TarInfo("a.html")
    head.size = times * MEGABYTES
    first = zlib.compressobj(9, zlib.DEFLATED, -15)
    # In GNU's way: sizes beyond eight gigabytes in base 256.
    data = first.compress(head.tobuf(tarfile.GNU_FORMAT)) + first.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + data + nothing(times) + bytes(8)


def pdf(objects, trailer=""):
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return out


def stream(data, entries=""):
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def page(contents, resources="/Font<</F 5 0 R>>"):
    return pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}/XObject<</X 6 0 R>>>>/Contents 4 0 R>>",
            contents,
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            stream(b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
        ]
    )


def packed(data):
    """Deflated twice, so that a small file becomes a large one."""
    twice = zlib.compress(zlib.compress(data, 1), 9)
    return stream(twice, "/Filter[/FlateDecode/FlateDecode]")


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi")
) + "]>"
MILLION = 10**6

FILES = {
    "docx-bomb": lambda: word(b"<w:p/>" * (1 << 17) for _ in range(200)),
    "docx-bomb-text": lambda: word([b"<w:p><w:r><w:t>", *[b"1" * (1 << 20)] * 200, b"</w:t></w:r></w:p>"]),
    "docx-overlapping": overlapping,
    "docx-entities": lambda: word(paragraph("&i;"), prologue=ENTITIES),
    "docx-external-entity": lambda: word(
        paragraph("&x;"), prologue='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "docx-deep": lambda: word("<w:sdt>" * MILLION),
    "docx-deep-tables": lambda: word("<w:tbl><w:tr><w:tc>" * 300_000),
    "docx-cells": lambda: word(
        ["<w:tbl>", *[("<w:tr>" + "<w:tc><w:p/></w:tc>" * 1000 + "</w:tr>")] * 1000, "</w:tbl>"]
    ),
    "docx-spans": lambda: word(
        "<w:tbl>"
        + (
            "<w:tr>"
            + '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/><w:vMerge/></w:tcPr><w:p/></w:tc>' * 20
            + "</w:tr>"
        )
        * 1000
        + "</w:tbl>"
    ),
    "docx-macro": lambda: word(paragraph("今日天气晴"), parts=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 1000)]),
    "docx-encrypted": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + bytes(128)
    + "EncryptedPackage\0".encode("utf-16le").ljust(128, b"\0"),
    "html-deep": lambda: b"<p>" + "报告".encode() + b"<div>" * MILLION,
    "html-deep-tables": lambda: b"<table><tr><td>" * 400_000,
    "html-cells": lambda: b"<table>" + (b"<tr>" + b"<td>1</td>" * 1000 + b"</tr>") * 1000 + b"</table>",
    "html-spans": lambda: b"<table>"
    + (b"<tr>" + b"<td colspan=1000000000 rowspan=1000000000>1</td>" * 20 + b"</tr>") * 1000
    + b"</table>",
    "html-attributes": lambda: b"<p " + b" ".join(b"a%d" % n for n in range(20_000)) + "报告".encode(),
    "zip-nested": lambda: nested(4),
    "zip-bomb": lambda: archive([b"a.html"], nothing(63), 63 * MEGABYTES),
    "zip-bombs": lambda: archive([b"%d.html" % n for n in range(100)], nothing(1), MEGABYTES),
    "zip-overlapping": lambda: overlapping(b"a.html"),
    "zip-outside": outside,
    "tar-bomb": lambda: packed_tar(160),
    "pdf-bomb": lambda: page(packed(b"BT /F 1 Tf (1) Tj ET\n" * (5 << 20))),
    "pdf-form-loop": lambda: page(stream(b"/X Do")),
    "pdf-page-loop": lambda: pdf(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"]
    ),
    "pdf-length-loop": lambda: page(b"<</Length 4 0 R>>\nstream\nx\nendstream"),
    "pdf-pages": lambda: pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 100000/Kids[" + "3 0 R " * 100_000 + "]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    ),
    "pdf-encrypted": lambda: pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 0/Kids[]>>",
            f"<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'00' * 32}>>>",
        ],
        f"/Encrypt 3 0 R/ID[<{'00' * 16}><{'00' * 16}>]",
    ),
    "polyglot": lambda: word(paragraph("今日天气晴")) + b"\n%PDF-1.4\n<html><table><tr><td>1</td></tr></table>",
    "pdf-in-front-of-zip": lambda: page(stream(b"BT /F 9 Tf (weather) Tj ET")) + word(paragraph("报告")),
}

sys.stdout.buffer.write(FILES[sys.argv[1]]())
