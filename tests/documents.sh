#!/bin/bash
# What documents and code must agree on: includes point one way, every dependency stands in NOTICE, every command, route,
# record type and rule is where the documents say, files stay readable, nothing speaks of a workplace.
set -u
cd "$(dirname "$0")/.."
bad=0
wrong() { echo "not ok 1 - $*"; bad=1; }

order="base records store rules exchange follow web command"
rank() { local n=0 room; for room in $order; do n=$((n + 1)); [ "$room" = "$1" ] && { echo $n; return; }; done; echo 0; }
while IFS=: read -r file line; do
  from=$(echo "$file" | cut -d/ -f2); to=$(echo "$line" | sed -E 's/.*"([a-z]+)\/.*/\1/')
  a=$(rank "$from") b=$(rank "$to")
  [ "$b" != 0 ] && [ "$b" -gt "$a" ] && wrong "$file includes a room below it: $line"
done < <(grep -rnE '^#include "[a-z]+/' src --include=*.c --include=*.h | sed -E 's/^([^:]+):[0-9]+:/\1:/')

for library in libmicrohttpd SQLite PostgreSQL jansson ICU libsodium cmocka Vue 'Element Plus' Vite TypeScript Playwright axe-core; do
  grep -qi "$library" NOTICE || wrong "NOTICE does not name $library"
done
for name in $(grep -ohE '^ *\{"[a-z]+",' src/command/commands.c | tr -d ' {",'); do
  build/bihuan "$name" --help > /dev/null 2>&1 || wrong "bihuan $name --help fails"
  grep -q "bihuan $name\|\`$name\`" docs/commands.md docs/operations.md || wrong "docs/commands.md does not name the command $name"
done
for type in $(grep -ohE '\.name = "[a-z_]+"' src/records/*.c | cut -d'"' -f2); do
  grep -q "\`$type\`" docs/architecture.md || wrong "docs/architecture.md does not name the record type $type"
done
if [ -x build/bihuan ]; then
  build/bihuan openapi > build/openapi.json 2> /dev/null && python3 -m json.tool build/openapi.json > /dev/null || wrong "bihuan openapi is not JSON"
  cmp -s build/openapi.json docs/openapi.json || wrong "docs/openapi.json is not what 'bihuan openapi' prints: renew it"
fi
for document in README.md README.zh-CN.md docs/*.md; do
  while read -r target; do
    case "$target" in http*|'#'*|'') continue ;; esac
    [ -e "$(dirname "$document")/${target%%#*}" ] || wrong "$document links to $target, which is not there"
  done < <(grep -oE '\]\([^)]+\)' "$document" | sed -E 's/^\]\(|\)$//g')
done
while read -r lines file; do [ "$lines" -gt 800 ] && [ "$file" != total ] && wrong "$file has $lines lines: is it one thing?"; done < <(wc -l src/*/*.c ui/src/*.ts ui/src/*.vue ui/src/*/*.vue 2>/dev/null)
[ "$bad" = 0 ] && echo "ok 1 - documents and code agree"
exit $bad
