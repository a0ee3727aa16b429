#!/usr/bin/env bash
# Installs the Debian packages that are missing, of those named on the command line, without starting any service they bring.
# Usage: scripts/install-packages.sh PACKAGE...
set -euo pipefail

# What is done side by side may need packages at the same time: one after another, and the next may find its own installed already.
exec {self}<"$0"
flock "$self"

missing=()
for package in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = 'ii ' ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "error: these packages are needed and there is no apt-get to install them: ${missing[*]}" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "error: these packages are missing; run as root: apt-get install ${missing[*]}" >&2
  exit 1
fi

echo "Installing packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
policy=/usr/sbin/policy-rc.d
policy_mark='# Made by install-packages.sh of kubewright while it installs.'
made_policy=
cleanup() { [ -z "$made_policy" ] || rm -f "$policy"; rm -f "$log"; }
trap cleanup EXIT
# Status 101 tells Debian's maintainer scripts to start nothing: the harness starts its own servers, on ports of its own.
# One that a killed run left is this script's, too.
if [ ! -e "$policy" ] || grep -qxF "$policy_mark" "$policy"; then
  made_policy=1
  printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$policy"
  chmod +x "$policy"
fi
# Debian would make (and at boot start) a database cluster of its own beside ours.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
fi
# The machine's own updates are waited for, too.
install() { apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "${missing[@]}" >"$log" 2>&1; }
if ! install; then
  # An index that is missing or old is the usual reason; fetch it and try once more with what it then says.
  apt-get update >"$log" 2>&1 || { cat "$log" >&2; echo "error: apt-get update failed; see above" >&2; exit 1; }
  install || { tail -n 20 "$log" >&2; echo "error: could not install: ${missing[*]}" >&2; exit 1; }
fi
