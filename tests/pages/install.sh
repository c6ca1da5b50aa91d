#!/usr/bin/env bash
# Installs what `measure.sh` measures with, from Debian: the converter, the word processor, the fonts.
set -euo pipefail
for command in pandoc soffice pdftotext python3; do
  command -v "$command" > /dev/null || missing=1
done
[ -e /usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf ] && [ -z "${missing:-}" ] && exit 0
become=
[ "$(id -u)" = 0 ] || become=sudo
$become apt-get update -qq
$become apt-get install -y -qq --no-install-recommends \
  pandoc libreoffice-writer-nogui poppler-utils fonts-liberation fonts-crosextra-carlito python3 > /dev/null
