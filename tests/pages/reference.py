#!/usr/bin/env python3
"""The Word file whose styles pandoc uses: its own, but A4 with margins of 2.5 cm, in a typeface and size that are installed.

Usage: reference.py OUT FONT POINTS
"""

import io
import re
import subprocess
import sys
import zipfile

PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)


def changed(name, text, font, points):
    if name == "word/document.xml":
        text, times = re.subn(r"<w:sectPr\s*/>|<w:sectPr.*?</w:sectPr>", PAGE, text, flags=re.S)
        assert times == 1, "pandoc's own file has one section"
    if name == "word/theme/theme1.xml":
        text = re.sub(r'(<a:latin typeface=")[^"]*"', lambda found: f'{found.group(1)}{font}"', text)
    if name == "word/styles.xml":
        defaults = re.search(r"<w:docDefaults>.*?</w:docDefaults>", text, re.S).group(0)
        sized = re.sub(r'<w:(sz|szCs) w:val="\d+" />', lambda found: f'<w:{found.group(1)} w:val="{round(points * 2)}" />', defaults)
        text = text.replace(defaults, sized)
    return text


def main():
    out, font, points = sys.argv[1], sys.argv[2], float(sys.argv[3])
    own = subprocess.run(["pandoc", "--print-default-data-file", "reference.docx"], check=True, capture_output=True).stdout
    with zipfile.ZipFile(io.BytesIO(own)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name.endswith(".xml"):
                data = changed(name, data.decode(), font, points).encode()
            written.writestr(name, data)


main()
