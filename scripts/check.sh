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
step 'Types' npx --no-install tsc --noEmit
step 'Types of the frontend' npm run --silent typecheck --workspace=fixtures/app/frontend
step 'Lint' npx --no-install eslint .
step 'Format' npx --no-install prettier --check --log-level=warn .
step 'Chart' scripts/chart/check.sh
step 'Unit and integration tests' npx --no-install vitest run "$@"
