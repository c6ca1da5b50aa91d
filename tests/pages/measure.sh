#!/usr/bin/env bash
# Measures the page count against LibreOffice Writer: makes a Word file of each Markdown file of FOLDER with pandoc, a PDF of it, and
# compares where the pages end. `bash tests/pages/measure.sh [FOLDER] [REFERENCE.docx]` prints the figures and fails below the floors;
# FOLDER is by default the documents beside this script, REFERENCE.docx is made by reference.py (A4, 2.5 cm, Carlito, 11 points).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "${1:-$here/documents}" && pwd)
bash "$here/install.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/md" "$work/docx" "$work/pdf" "$work/txt"
cp "$folder"/*.md "$work/md"
python3 "$here/images.py" "$work/md"
reference=$work/reference.docx
if [ -n "${2:-}" ]; then cp "$2" "$reference"; else python3 "$here/reference.py" "$reference" Carlito 11; fi

cd "$work/md"
for file in *.md; do
  pandoc -f markdown "$file" --reference-doc="$reference" -o "../docx/${file%.md}.docx" 2> "$work/pandoc.log" || { cat "$work/pandoc.log" >&2; exit 2; }
done
# One call for all: starting the word processor takes longer than a document.
soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf --outdir "$work/pdf" "$work"/docx/*.docx > "$work/office.log" 2>&1 \
  || { cat "$work/office.log" >&2; exit 2; }
for file in "$work"/pdf/*.pdf; do
  pdftotext -layout "$file" "$work/txt/$(basename "$file" .pdf).txt"
done
cd "$here/../.."
cargo run --release --locked --quiet --example pages -- "$folder" "$work/txt" ${VERBOSE:+--verbose}
