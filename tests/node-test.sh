#!/bin/sh
# node-test.sh FOLDER [AT_ONCE]: the node tests of one folder (api, web, crash), each file a run of its own with servers of its own;
# so many files at once (1 when left out), the largest first. What each printed follows in one piece; ends with 1 if any failed.
# Servers, views and browsers act when the machine lets them: a file that failed runs once more, and what it met the first time
# stays in the output, each line behind "# FIRST TIME" (./test shows them): a bug to look into. What fails twice has failed.
set -eu
cd "$(dirname "$0")"

if [ "$1" = --one ]; then
  file=$2 log=$kept/$(basename "$2").log
  run() { node --test --test-reporter=tap "$file" > "$log" 2>&1; }
  run && exit
  first=$({ echo 'failed, and runs once more'; grep -E -A 12 '^ *not ok ' "$log"; } | sed "s|^|# FIRST TIME $file: |")
  run && status=0 || status=1
  printf '%s\n' "$first" >> "$log"
  exit $status
fi

kept=$(mktemp -d)
trap 'cat "$kept"/*.log 2>/dev/null; rm -rf "$kept"' EXIT
trap 'exit 143' TERM INT
export kept
ls -S "$1"/*.test.mjs | xargs -P "${2:-1}" -n 1 ./node-test.sh --one &
wait $! || exit 1
