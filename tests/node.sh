#!/bin/sh
# Installs the test tools for node (a browser driver and an accessibility checker) once per lock file.
set -eu
cd "$(dirname "$0")"
sum=$(cksum < package-lock.json)
[ -d node_modules ] && [ "$(cat node_modules/.stamp 2>/dev/null || true)" = "$sum" ] && exit 0
npm ci --no-audit --no-fund --loglevel=error
echo "$sum" > node_modules/.stamp
