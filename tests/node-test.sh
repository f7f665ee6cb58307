#!/bin/sh
# Runs the node tests of one folder (api, web, crash), one file after another: each starts a server of its own.
set -eu
cd "$(dirname "$0")"
exec node --test --test-reporter=tap $(node -p 'process.versions.node.split(".")[0] >= 20 ? "--test-concurrency=1" : ""') $(ls "$1"/*.test.mjs)
