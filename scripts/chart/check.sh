#!/usr/bin/env bash
# Checks the Helm chart: lint, unit tests, and its manifests against Kubernetes' own schemas. Needs no cluster. The first run builds
# the tools it needs; HELM=/path/to/helm spares it the building of Helm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec npx --no-install tsx scripts/chart/check.ts
