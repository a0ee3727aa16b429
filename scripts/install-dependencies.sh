#!/usr/bin/env bash
# Installs the npm packages that package-lock.json names, unless they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null; then
  echo 'error: Node.js 20.19 or later with npm is needed; install it and run this again.' >&2
  exit 1
fi
# npm writes the hidden lock file last, so that an install that was interrupted is done again.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  echo 'Installing npm packages'
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
