#!/usr/bin/env python3
"""Makes a small grey picture for each one that the Markdown files of a folder name and that is not there. Usage: images.py FOLDER"""

import pathlib
import re
import struct
import sys
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def grey(width, height):
    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


folder = pathlib.Path(sys.argv[1])
for document in folder.glob("*.md"):
    for name in re.findall(r"!\[[^\]]*\]\(([\w-]+\.png)\)\{", document.read_text(encoding="utf-8")):
        if not (folder / name).exists():
            (folder / name).write_bytes(grey(40, 30))
