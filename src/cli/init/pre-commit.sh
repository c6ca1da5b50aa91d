#!/bin/sh
# Checks the UPR briefs that are about to be committed; other Markdown files are passed over.
git diff --cached --name-only --diff-filter=ACMR -z -- '*.md' | xargs -0 -r upr lint --only-briefs --format concise --
