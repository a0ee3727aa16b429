#!/usr/bin/env bash
# Deploys the application in the 15 steps of the requirements, each component validated before the next one; on whatever cluster the
# settings name. Usage: scripts/deploy.sh [--help]
set -euo pipefail
cd "$(dirname "$0")/.."

# What has packages already can say what it does without looking after them.
[[ $* == *--help* && -d node_modules/tsx ]] || scripts/install-dependencies.sh
exec node --import tsx scripts/deploy.ts "$@"
