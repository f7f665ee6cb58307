#!/bin/sh
# node-test.sh FOLDER [AT_ONCE]: the node tests of one folder (api, web, crash), each file a run of its own with servers of its own;
# so many files at once (1 when left out), the largest first. What each printed follows in one piece; ends with 1 if any failed.
set -eu
cd "$(dirname "$0")"
kept=$(mktemp -d)
trap 'cat "$kept"/*.log 2>/dev/null; rm -rf "$kept"' EXIT
trap 'exit 143' TERM INT
export kept
# shellcheck disable=SC2016  # the inner shell's own words
ls -S "$1"/*.test.mjs | xargs -P "${2:-1}" -n 1 sh -c 'node --test --test-reporter=tap "$1" > "$kept/$(basename "$1").log" 2>&1' one &
wait $! || exit 1
