#!/usr/bin/env bash
# Draws docs/architecture.svg from docs/architecture.dot, and notes in it which source it was drawn from.
# Usage: scripts/render-architecture.sh
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh graphviz fonts-dejavu-core
source=docs/architecture.dot
target=docs/architecture.svg
digest=$(sha256sum "$source" | cut -d ' ' -f 1)
draft=$(mktemp "$target.XXXXXX")
trap 'rm -f "$draft"' EXIT
# The XML declaration must stay the first line.
dot -Tsvg "$source" | sed "1a <!-- drawn from architecture.dot $digest -->" >"$draft"
chmod 644 "$draft"
mv "$draft" "$target"
echo "Drawn: $target"
