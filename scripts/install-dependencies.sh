#!/usr/bin/env bash
# Installs the npm packages that package-lock.json names, unless they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."

needed=$(sed -n 's/^ *"node": ">=\([0-9.]*\)"$/\1/p' package.json)
fail() { # fail WHAT
  echo "error: Node.js $needed or later with npm is needed$1; install it and run this again." >&2
  exit 1
}

older() { # older VERSION THAN: by their first two numbers
  local major minor than_major than_minor
  IFS=. read -r major minor _ <<<"$1"
  IFS=. read -r than_major than_minor _ <<<"$2"
  [ "$major" -lt "$than_major" ] || { [ "$major" -eq "$than_major" ] && [ "$minor" -lt "$than_minor" ]; }
}

command -v npm >/dev/null && program=$(command -v node) || fail ''
# Not left to npm's engine-strict, which would refuse what some dependency says of itself, too.
found=$(node --version)
! older "${found#v}" "$needed" || fail ", and $program is $found"
# npm writes the hidden lock file last, so that an install that was interrupted is done again.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  echo 'Installing npm packages'
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
