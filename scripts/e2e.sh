#!/usr/bin/env bash
# The main job: from a bare machine to a verdict on every requirement. Arguments go to Playwright.
# Usage: npm run e2e [-- PLAYWRIGHT_ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh
exec npx --no-install playwright test "$@"
