#!/bin/sh
# A throw-away PostgreSQL cluster for tests, reached over loopback only, trusting whoever comes. Durable (fsync on).
#   tests/postgres.sh start FOLDER   makes it in FOLDER (new or empty), starts it, prints its URL
#   tests/postgres.sh stop FOLDER    stops it; the folder stays
# PostgreSQL refuses to run as root: then user postgres owns the cluster.
set -eu

fail() { echo "postgres.sh: $1" >&2; exit 1; }
[ $# -eq 2 ] || fail "usage: tests/postgres.sh start|stop FOLDER"
folder=$2

bin=
for place in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
  if [ -x "$place/initdb" ]; then bin=$place; break; fi
done
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || fail "PostgreSQL's initdb is not there; install postgresql")")

# Runs its arguments as the user who owns the cluster. cd: that user may not be allowed where we stand.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 40000))
  while ss -Hltn "sport = :$port" 2>/dev/null | grep -q .; do port=$((port + 1)); done
  echo "$port"
}

start() {
  mkdir -p "$folder" # user postgres must be able to reach it: not below /root
  folder=$(cd "$folder" && pwd)
  [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
  chmod 700 "$folder"
  as_owner "$bin/initdb" -D "$folder/cluster" -U bihuan --auth=trust --encoding=UTF8 --locale=C >"$folder.log" 2>&1 || fail "initdb failed: see $folder.log"
  tries=0
  until port=$(free_port) && as_owner "$bin/pg_ctl" -D "$folder/cluster" -w -t 30 -s -l "$folder/cluster/server.log" \
      -o "-h 127.0.0.1 -p $port -k '' -c fsync=on -c max_connections=200 -c shared_buffers=64MB -c log_min_messages=warning" start >>"$folder.log" 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 5 ] || fail "it does not start: see $folder/cluster/server.log"
  done
  echo "postgresql://bihuan@127.0.0.1:$port/postgres"
}

stop() {
  [ -d "$folder/cluster" ] || fail "no cluster in $folder"
  folder=$(cd "$folder" && pwd)
  as_owner "$bin/pg_ctl" -D "$folder/cluster" -w -t 30 -s -m fast stop
}

case $1 in
  start) start ;;
  stop) stop ;;
  *) fail "usage: tests/postgres.sh start|stop FOLDER" ;;
esac
