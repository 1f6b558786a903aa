#!/usr/bin/env bash
# Builds everything, runs every test and ends with one line: N passed, N failed, N skipped.
# Installs what tests need where it is missing (on Debian, as root); elsewhere it names what to install.
# JOBWATCHER_LONG_TESTS=1 also runs the long soak, fuzz, chaos and absence tests.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need COMMAND DEBIAN-PACKAGE...
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "tests/run.sh: installing $*, for $command"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
      >/tmp/jobwatcher-install.log 2>&1 || { cat /tmp/jobwatcher-install.log >&2; exit 1; }
  else
    echo "tests/run.sh: $command is missing; install it (on Debian: apt-get install $*) and run this again" >&2
    exit 1
  fi
}

command -v dotnet >/dev/null || {
  echo "tests/run.sh: dotnet is missing; install the .NET SDK that global.json names" >&2
  exit 1
}
need promtool prometheus
need cc gcc libc6-dev
need prometheus-alertmanager prometheus-alertmanager
need unshare util-linux
need nsenter util-linux
need setpriv util-linux
need mount mount

dotnet build JobWatcher.sln --configuration Release --nologo --verbosity quiet -maxcpucount:2

# One project at a time: end-to-end tests time real programs out, and must not starve.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
result=0
dotnet test --solution JobWatcher.sln --configuration Release --no-build --no-ansi --no-progress \
  --max-parallel-test-modules 1 2>&1 | tee "$log" || result=$?

count() { awk -v key="$1:" '$1 == key { n = $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ "$result" = 0 ] && [ "$passed" = 0 ]; then
  echo "tests/run.sh: no test ran" >&2
  result=1
fi
# What failed, once more: what a test's programs have logged may stand between its message and the end.
awk '/^failed / { print; lines = 10; next }
  /^[^ ]/ || /^    at / || /^  Standard output/ { lines = 0 }
  lines > 0 && !/^  from / { print substr($0, 1, 300); lines-- }' "$log"
echo "$passed passed, $failed failed, $skipped skipped"
exit "$result"
