#!/usr/bin/env bash
# Runs the six test suites of the requirements, one after another, against the application that is deployed.
set -euo pipefail
caller=$PWD
cd "$(dirname "$0")/.."

suites=(helm e2e load resilience persistence ingress)
reports=$PWD/reports/suites

describe() { # describe SUITE
  case $1 in
    helm) echo 'the chart: its own tests, installation, upgrade and automation' ;;
    e2e) echo 'what a person does, in the browser' ;;
    load) echo 'load, and how the application scales with it' ;;
    resilience) echo 'what happens when parts of the application die' ;;
    persistence) echo 'whether Redis keeps its data' ;;
    ingress) echo 'HTTP routing by host and path' ;;
  esac
}

select_tests() { # select_tests SUITE: what Playwright is to run, one argument a line
  case $1 in
    helm) echo '--project=helm' ;;
    e2e) echo '--project=browser' ;;
    load) echo '--project=autoscaling' ;;
    resilience) echo '--project=resilience' ;;
    persistence) echo '--project=persistence' ;;
    ingress) printf '%s\n' '--project=cluster' 'cluster-tests/ingress.spec.ts' ;;
  esac
}

list() {
  for suite in "${suites[@]}"; do printf '  %-12s %s\n' "$suite" "$(describe "$suite")"; done
}

usage() {
  cat <<END
Usage: scripts/test.sh [OPTION...] [SUITE...]

Runs test suites one after another against the application that is deployed, and deploys it first if it is not. A suite that fails does
not keep the others from running. Ends with a table, and with status 1 if any suite failed. The application stays deployed.

Suites (all of them unless some are named):
$(list)

Options:
  --reports FOLDER   where the reports go, each suite's in a folder of its own
                     (default: reports/suites in the project's folder)
  --list             print the suites and what each is about
  --help             print this

The report of a suite is SUITE/html/index.html there; SUITE/junit.xml has the same for machines.
END
}

chosen=()
while [ "$#" -gt 0 ]; do
  case $1 in
    --reports)
      [ -n "${2-}" ] || { echo 'error: --reports needs a folder' >&2 && exit 2; }
      case $2 in
        /*) reports=$2 ;;
        *) reports=$caller/$2 ;;
      esac
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    --list)
      list
      exit 0
      ;;
    *)
      if [ -z "$(select_tests "$1")" ]; then
        echo "error: there is no suite \"$1\"; the suites are: ${suites[*]}" >&2
        exit 2
      fi
      chosen+=("$1")
      ;;
  esac
  shift
done
[ "${#chosen[@]}" -gt 0 ] || chosen=("${suites[@]}")

scripts/install-dependencies.sh

# One suite after another on one deployment: none may take it down at its end.
export KEEP=true

run() { # run SUITE: in the background, where it takes the place of the shell
  local folder=$reports/$1 tests
  # Or Ctrl-C would be ignored, as it is by all that a script runs in the background.
  trap - INT
  mapfile -t tests < <(select_tests "$1")
  # The search for secrets comes last: it reads what the others wrote.
  PLAYWRIGHT_HTML_OUTPUT_DIR=$folder/html PLAYWRIGHT_HTML_OPEN=never PLAYWRIGHT_JUNIT_OUTPUT_FILE=$folder/junit.xml \
    SECRETS_REPORTER_FOLDER=$folder exec npx --no-install playwright test "${tests[@]}" \
    --reporter=list,html,junit,./fixtures/reporters/secrets/reporter.ts --output="$folder/results"
}

await() { # await PROCESS: its status, once it has ended
  local status
  while true; do
    status=0
    # A signal ends the waiting, and not the process.
    wait "$1" || status=$?
    kill -0 "$1" 2>/dev/null || return "$status"
  done
}

totals() { # totals SUITE: the line of its JUnit report that has the numbers of all its tests, if there is a report
  local file=$reports/$1/junit.xml
  [ ! -e "$file" ] || sed -n '/^<testsuites /p' "$file"
}

count() { # count TOTALS ATTRIBUTE: a number of that line, or - where there is none
  local number
  number=$(sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$1")
  echo "${number:--}"
}

row() { printf '%-12s %-7s %6s %7s %8s %9s\n' "$@"; }

table=()
failed=()
written=()
interrupted=
running=

interrupt() { # interrupt STATUS: passes a signal on, which may have been sent to this script alone
  interrupted=$1
  # At an INT Playwright undoes what it did and writes its reports; at a TERM it would just be gone.
  [ -z "$running" ] || kill -INT "$running" 2>/dev/null || true
}
trap 'interrupt 130' INT
trap 'interrupt 143' TERM

for suite in "${chosen[@]}"; do
  before=$(totals "$suite")
  [ -z "$interrupted" ] || break
  printf '\n▸ %s: %s\n' "$suite" "$(describe "$suite")"
  started=$SECONDS
  run "$suite" &
  running=$!
  if await "$running"; then result=passed; else
    result=FAILED
    failed+=("$suite")
  fi
  running=
  elapsed=$((SECONDS - started))
  after=$(totals "$suite")
  # A suite that was refused leaves the reports of an earlier run as they are. None are removed before: another run may be writing them.
  [ "$after" != "$before" ] || after=
  [ "$result" = passed ] || [ -z "$after" ] || written+=("$reports/$suite/html/index.html")
  table+=("$(row "$suite" "$result" "$(count "$after" tests)" "$(count "$after" failures)" "$(count "$after" skipped)" \
    "$((elapsed / 60))m $((elapsed % 60))s")")
done

printf '\n%s\n' "$(row suite result tests failed skipped time)"
printf '%s\n' "${table[@]}"
if [ -n "$interrupted" ]; then
  echo 'Interrupted: the suites after that did not run.' >&2
  exit "$interrupted"
fi
if [ "${#failed[@]}" -gt 0 ]; then
  printf '\n%s failed\n' "${failed[*]}" >&2
  [ "${#written[@]}" -eq 0 ] || printf '  see %s\n' "${written[@]}" >&2
  exit 1
fi
