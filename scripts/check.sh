#!/usr/bin/env bash
# The project's own tests: types, lint, unit and integration tests, and the chart. Needs no cluster.
# Usage: npm test [-- VITEST_ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."

step() { # step TITLE COMMAND...
  local title=$1 start=$SECONDS
  shift
  echo "▸ $title"
  if ! "$@"; then
    echo "✖ $title: the command was: $*" >&2
    exit 1
  fi
  echo "✔ $title ($((SECONDS - start)) s)"
}

step 'Dependencies' scripts/install-dependencies.sh
step 'Servers for the tests' scripts/install-packages.sh postgresql-15 redis-server chromium-headless-shell
step 'Types' npm run --silent typecheck
step 'Lint' npm run --silent lint
step 'Format' npx --no-install prettier --check --log-level=warn .
step 'Chart' scripts/chart/check.sh
step 'Unit and integration tests' npm run --silent unit -- "$@"
