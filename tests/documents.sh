#!/bin/bash
# What documents and code must agree on. Each check is a function; each says every disagreement it finds, with its place.
# The program is build/bihuan (or $BIHUAN); what needs it is left out, loudly, when it is not built.
set -u
cd "$(dirname "$0")/.." || exit 1
program=${BIHUAN:-build/bihuan}
bad=0
wrong() { echo "# $*"; bad=1; }
check() { # check NAME FUNCTION: one line of result each
  bad=0; "$2"
  if [ "$bad" = 0 ]; then echo "ok $((count += 1)) - $1"; else echo "not ok $((count += 1)) - $1"; failed=1; fi
}
count=0 failed=0
# Rows of a static table whose first text is a name: {"serve", …
names_of() { grep -ohE '^ *\{"[a-z0-9_]+"' "$1" | tr -d ' {"'; }

# Rooms are in this order; a file includes its own room and those before it.
includes_point_one_way() {
  local order=" base records store rules exchange follow web command " file line from to
  while IFS=: read -r file line; do
    from=$(echo "$file" | cut -d/ -f2); to=$(echo "$line" | sed -E 's/.*"([a-z]+)\/.*/\1/')
    case "$order" in *" $to "*) ;; *) wrong "$file includes $line: there is no room $to"; continue ;; esac
    case "${order#* $from }" in *" $to "*|"$to "*) wrong "$file includes a room below it: $line" ;; esac
  done < <(grep -rnE '^#include "[a-z]+/' src --include=*.c --include=*.h | sed -E 's/^([^:]+):[0-9]+:/\1:/')
  while IFS=: read -r file line; do wrong "$file: includes are written \"room/file.h\", the system's <file.h>: $line"; done < <(
    grep -rE '^[[:space:]]*#[[:space:]]*include' src --include=*.c --include=*.h | grep -vE ':#include ("[a-z]+/[a-z0-9_]+\.h"|<[A-Za-z0-9_./-]+>)'
    grep -rE '^#include <(base|records|store|rules|exchange|follow|web|command)/' src --include=*.c --include=*.h)
}

# The same of what is linked: a function declared by hand needs no header of the room that has it.
calls_point_one_way() {
  local room place=0
  [ -e build/room/command.a ] || { echo "# SKIPPED: build/room is not built"; return; }
  while read -r room; do wrong "$room"; done < <(
    for room in base records store rules exchange follow web command; do
      place=$((place + 1)); nm "build/room/$room.a" 2> /dev/null | awk -v place="$place" -v room="$room" 'NF == 3 && $2 ~ /^[TDRBC]$/ { print "has", place, $3, room } NF == 2 && $1 == "U" { print "uses", place, $2, room }'
    done | sort -u | awk '$1 == "has" { of[$3] = $2; room[$3] = $4; count++ } $1 == "uses" && of[$3] > $2 { print $4 "/ uses " $3 " of " room[$3] "/, a room below it" }
      END { if (count < 1000) print "only " count " functions found: this check no longer reads build/room" }')
}

# Only a room's own files may include its private headers.
private_headers_stay_private() {
  local header room user
  for header in $(grep -lE '^/\* Private to ' src/*/*.h); do
    room=$(echo "$header" | cut -d/ -f2)
    for user in $(grep -rlE "^#include \"${header#src/}\"" src --include=*.c --include=*.h); do
      [ "$(echo "$user" | cut -d/ -f2)" = "$room" ] || wrong "$user includes $header, which is private to $room/"
    done
  done
}

# No request from outside reaches the inner store: the portal's files know nothing that could open it.
the_portal_knows_the_public_store_only() {
  local file line
  for file in src/web/portal*.[ch] src/web/listen.[ch] src/exchange/public_*.[ch]; do
    for line in $(grep -ohE '^#include "[a-z]+/[a-z_]+\.h"' "$file" | cut -d'"' -f2); do
      case "$line" in base/*|records/record.h|exchange/public_*|exchange/district_map.h|exchange/csv.h|exchange/picture.h|store/store.h|web/portal*|web/listen.h|web/assets.h) ;; *) wrong "$file includes $line: the portal must not know it" ;; esac
    done
  done
  grep -nE '\b(store_open|store_reader|reader_[a-z]+|tx_[a-z]+|side_[a-z]+|house_[a-z]+|change_[a-z]+)\(' src/web/portal*.c src/web/listen.c src/exchange/public_*.c | while read -r line; do echo "# $line: the portal must not call it"; done | grep . && bad=1
}

# Who follows the page on threads meets every file that begins one; followers are named there in the order of their list.
threads_are_told() {
  local file told
  told=$(sed -n '/^## Threads and locks/,/^## /p' docs/architecture.md)
  for file in $(grep -l 'pthread_create(' src/*/*.c | grep -v '/bench'); do
    grep -qF "(../$file)" <<< "$told" || wrong "docs/architecture.md, threads: $file begins one and is not there"
  done
  [ "$(sed -nE 's/^\| follower \| 1 each \(([^)]*)\).*/\1/p' <<< "$told" | tr ',' '\n' | grep -c .)" = "$(grep -oE '&FOLLOWER_[A-Z_]+' src/follow/followers.c | sort -u | wc -l)" ] ||
    wrong "docs/architecture.md, threads: the row of the followers does not name each of src/follow/followers.c"
}

# One fact of each kind to a row: what the program links, what the pages and the tests install.
notice_names_what_it_stands_on() {
  local name
  for name in $(grep -E '^ *packages=' tools/setup | grep -oE '\blib[a-z0-9+-]+-dev\b' | sed -E 's/^lib//; s/-dev$//; s/-openssl$//; s/-rt-[0-9]+$//; s/[0-9]+$//' | grep -vx c) PostgreSQL chromium clang; do
    grep -qi "$name" NOTICE || wrong "NOTICE does not name $name, which tools/setup installs"
  done
  for name in $(sed -n '/ependencies"/,/}/s/^ *"\(@[a-z]*\/\)\{0,1\}\([a-z-]*\)": ".*/\2/p' ui/package.json tests/package.json); do
    case "$name" in plugin-vue) name='Vue plug-in' ;; esac
    grep -qi -e "$name" -e "${name//-/ }" NOTICE || wrong "NOTICE does not name $name, which a package.json does"
  done
}

# The recipes' examples use numbers that nobody has taken: a reader follows them as they stand.
recipes_use_free_numbers() {
  local name number prefix taken
  while read -r name number; do
    prefix=${name%%_*}
    grep -qE "\\b$name = " src/records/codes.h && wrong "docs/architecture.md: its example $name is there already"
    taken=$(grep -oE "\\b${prefix}_[A-Z_]+ = $number\\b" src/records/codes.h | grep -vE "^PROBLEM_(DRAFT|SUBMITTED|ADMITTED|ASSIGNED|TAKEN|RECTIFYING|APPLIED|ENDORSED|ACCEPTED|PUBLICISED|CLOSED|SETTLED|WITHDRAWN|DISPUTED|SUSPENDED|MERGED|SPLIT) = |_COUNT = ")
    [ -z "$taken" ] || wrong "docs/architecture.md: its example $name = $number is taken by ${taken%% *}: give the example another free number there"
  done < <(sed -n '/^## Recipes/,$p' docs/architecture.md | grep -oE '\b(PROBLEM|GUARD|RULE)_[A-Z_]+ = [0-9]+' | sed 's/ = / /' | grep -v _COUNT)
  sed -n '/^## Recipes/,$p' docs/architecture.md | grep -qE 'GUARD_[A-Z]+ = [0-9]+' || wrong "no example number found: this check no longer reads docs/architecture.md"
}

# C by .clang-format where a line would be too wide, pages by Prettier as a whole.
lines_are_not_too_wide() {
  node tests/widths.mjs > /dev/null || wrong "$(node tests/widths.mjs | head -5 | tr '\n' ';') see node tests/widths.mjs"
  [ -x ui/node_modules/.bin/prettier ] || { echo "# SKIPPED: the pages' tools are not installed"; return; }
  (cd ui && npm run --silent laid-out > /dev/null 2>&1) || wrong "the pages are not laid out as they should be: cd ui && npm run lay-out"
}

# A machine that only runs the program gets what operations.md says: every library that it is linked with.
operations_has_each_library() {
  local library number=0
  [ -x "$program" ] || { echo "# SKIPPED: $program is not built"; return; }
  for library in $(objdump -p "$program" | awk '$1 == "NEEDED" { print $2 }' | sed -E 's/\.so.*//; s/^libicu.*/libicu/; s/^libz$/zlib/' | grep -vxE 'libc|libm|libasan|libubsan|libgcc_s|libstdc\+\+' | sort -u); do
    number=$((number + 1))
    grep -qE "\b$library[0-9-]" docs/operations.md || wrong "docs/operations.md, Install: the program needs $library, which is not named"
  done
  [ "$number" -gt 5 ] || wrong "objdump names only $number libraries of $program: this check no longer reads them"
}

# Whoever follows architecture.md meets every file: each is linked there (or its header is), or is of a family named as `bench_*.c`.
each_file_is_in_the_reading_order() {
  local file family found
  for file in src/*/*.c; do
    grep -qE "\(\.\./${file%.c}\.[ch]\)" docs/architecture.md && continue
    found=0
    for family in $(grep -oE '`[a-z]+_\*\.c`' docs/architecture.md | tr -d '`' | sort -u); do
      # shellcheck disable=SC2254
      case "$(basename "$file")" in $family) found=1 ;; esac
    done
    [ "$found" = 1 ] || wrong "docs/architecture.md, files in reading order and by subject: $file is not there"
  done
}

record_types_are_in_architecture() {
  local type number=0
  for type in $(grep -ohE '\.name = "[a-z_]+", \.plural' src/records/*.c | cut -d'"' -f2); do
    grep -qE "^\| \`$type\` " docs/architecture.md || wrong "docs/architecture.md has no row for the record type $type"
    number=$((number + 1))
  done
  [ "$number" = "$(grep -cE '^\| `[a-z_]+` \| ' docs/architecture.md)" ] || wrong "docs/architecture.md names other record types than the $number declared"
  [ "$number" -gt 10 ] || wrong "only $number record types found: this check no longer reads src/records"
}

rules_are_told() {
  local name
  for name in $(grep -ohE '^  \[RULE_[A-Z_]+\] = \{"[a-z_]+"' src/rules/colour_rules.c | cut -d'"' -f2); do
    grep -q "\`$name\`" docs/colour.md || wrong "docs/colour.md does not name the rule $name"
  done
  for name in $(grep -ohE '^  \[GUARD_[A-Z_]+\] = \{.*"[a-z_]+"' src/rules/guards.c | grep -oE '"[a-z_]+"$' | tr -d '"'); do
    grep -qw "$name" docs/lifecycle.md || wrong "docs/lifecycle.md does not name the guard $name"
  done
}

# By its function (a case of facts), its code, or the finding that the door answers with.
guards_are_tested() {
  local code holds name number=0
  while read -r code holds name; do
    grep -qrwE "$code|$holds|city_found\\([a-z&]*,? ?\"$name\"\\)" tests/unit || wrong "no unit test names the guard $name: a row in tests/unit/test_rules_guards_facts.c, as docs/architecture.md says"
    number=$((number + 1))
  done < <(sed -nE 's/^  \[(GUARD_[A-Z_]+)\] = \{(guard_[a-z_]+), [^"]*"([a-z_]+)".*/\1 \2 \3/p' src/rules/guards.c)
  [ "$number" -gt 50 ] || wrong "only $number guards found: this check no longer reads src/rules/guards.c"
}

routes_are_told() {
  local path
  for path in $(grep -ohE '^  \{"[A-Z]+", "/[^"]*"' src/web/routes.c | cut -d'"' -f4 | grep -v '^/\*$' | sort -u); do
    grep -qF "$path" docs/api.md || wrong "docs/api.md does not name the route $path"
  done
}

# The rows of docs/commands.md: the same commands as the program has, with the same options.
commands_are_told() {
  local name option rows ours theirs
  for name in $(names_of src/command/commands.c); do
    rows=$(awk -F'|' -v name="\`$name\`" '/^\|/ { if ($2 ~ /`/) on = index($2, name) > 0; if (on) print }' docs/commands.md)
    [ -n "$rows" ] || { wrong "docs/commands.md has no row for the command $name"; continue; }
    [ -x "$program" ] || continue
    "$program" "$name" --help > /dev/null 2>&1 || wrong "bihuan $name --help fails"
    for option in $("$program" "$name" --help --lang en | grep -E "^  bihuan $name" | grep -oE -e '--[a-z-]+' | sort -u); do
      grep -qF -e "$option" <<< "$rows" || wrong "docs/commands.md does not name $name $option"
    done
    for option in $("$program" "$name" --help --lang en | grep -E "^  bihuan $name" | grep -oE '[a-z_0-9]+(\|[a-z_0-9]+)+' | tr '|' '\n' | sort -u); do
      grep -qE "\b$option\b" <<< "$rows" || wrong "docs/commands.md does not name $name … $option"
    done
  done
  ours=$(grep -E '^\| `' docs/commands.md | cut -d'|' -f2 | grep -oE '[a-z0-9]+' | sort)
  theirs=$(names_of src/command/commands.c | sort)
  [ "$ours" = "$theirs" ] || wrong "docs/commands.md lists other commands than src/command/commands.c: $(diff <(echo "$ours") <(echo "$theirs") | grep '^[<>]' | tr '\n' ' ')"
  if [ -x "$program" ]; then
    theirs=$("$program" --help --lang en | sed -n '/^usage/,/^common/p' | grep -oE '^  [a-z0-9]+' | tr -d ' ' | sort)
    [ "$ours" = "$theirs" ] || wrong "bihuan --help lists other commands than docs/commands.md"
  fi
}

# Every command line shown in a document begins with a command that is there.
shown_commands_exist() {
  local name document
  for document in README.md README.zh-CN.md docs/*.md; do
    for name in $(grep -ohE '(^|[`/ (])bihuan [a-z][a-z0-9]*' "$document" | sed -E 's/.*bihuan //' | sort -u); do
      grep -qx "$name" <<< "$(names_of src/command/commands.c)" || { [ "$document" = docs/architecture.md ] && [ "$name" = today ]; } || wrong "$document shows bihuan $name, which is no command"
    done
  done
}

openapi_is_renewed() {
  [ -x "$program" ] || { echo "# SKIPPED: $program is not built"; return; }
  mkdir -p build
  "$program" --lang zh openapi > build/openapi.json 2> /dev/null && node -e 'JSON.parse(require("fs").readFileSync("build/openapi.json"))' || { wrong "bihuan openapi prints no JSON"; return; }
  cmp -s build/openapi.json docs/openapi.json || wrong "docs/openapi.json is not what 'bihuan openapi' prints: build/bihuan --lang zh openapi > docs/openapi.json"
}

pages_use_declared_names() {
  local line
  while read -r line; do wrong "$line"; done < <(node tests/names.mjs docs/openapi.json 2>&1)
}

codes_keep_their_numbers() {
  local line
  while read -r line; do wrong "$line"; done < <(node tests/codes.mjs 2>&1)
}

# Files, and headings within our own documents.
links_resolve() {
  local document target file place
  for document in README.md README.zh-CN.md CHANGELOG.md docs/*.md; do
    while read -r target; do
      case "$target" in http*|'') continue ;; esac
      file=${target%%#*} place=; case "$target" in *'#'*) place=${target#*#} ;; esac
      if [ -n "$file" ]; then file=$(dirname "$document")/$file; else file=$document; fi
      [ -e "$file" ] || { wrong "$document links to $target, which is not there"; continue; }
      [ -z "$place" ] || grep -E '^#+ ' "$file" | sed -E 's/^#+ //' | tr '[:upper:]' '[:lower:]' | sed -E 's/[^[:alnum:] _-]//g; s/ /-/g' | grep -qxF "$place" || wrong "$document links to $target: no such heading"
    done < <(sed -E '/^```/,/^```/d' "$document" | grep -oE '\]\([^) ]+\)' | sed -E 's/^\]\(|\)$//g')
  done
}

# A path in backticks names something that is there, but in a plan of what is to be added.
named_files_exist() {
  local document path
  for document in README.md README.zh-CN.md docs/*.md; do
    for path in $(grep -oE '`(src|tests|data|tools|ui|docs)/[A-Za-z0-9_./-]+`' "$document" | tr -d '`' | sort -u); do
      [ -e "$path" ] || [ "$path" = src/records/visit.c ] || wrong "$document names $path, which is not there"
    done
  done
}

# A file is one thing and opens with what it is for.
files_stay_readable() {
  local lines file
  while read -r lines file; do
    [ "$file" != total ] && [ "$lines" -gt 800 ] && wrong "$file has $lines lines: is it one thing?"
  done < <(wc -l src/*/*.[ch] ui/src/*.ts ui/src/*.vue ui/src/*/*.vue 2> /dev/null)
  for file in src/*/*.[ch]; do head -c 3 "$file" | grep -q '^/\* ' || wrong "$file does not open with a paragraph on what it is for"; done
}

# A sentence in English has the quotes and the apostrophe of the keyboard; “ ” belong to Chinese. A literal is English when it has a word of letters and nothing Chinese.
english_has_plain_quotes() {
  local place
  while read -r place; do wrong "English text with curly quotes (write \\\" and '): $place"; done < <(LC_ALL=C.UTF-8 grep -rnoP '"(?=(?:[^"\\]|\\.)*[‘’“”])(?=(?:(?:[^"\\%]|\\.|%[-0-9.*]*(?:ll|z|h)?[a-z])*?(?<![%\\])[A-Za-z]{2}))(?:[^"\\\x{2E80}-\x{9FFF}\x{FF00}-\x{FFEF}]|\\.)*"' src --include=*.c --include=*.h | cut -c1-160)
  while read -r place; do wrong "English words with curly quotes (write \" and '): $place"; done < <(grep -rnE '[‘’“”]' ui/src/words/en.ts | cut -c1-160)
}

# A list of names in a sentence: the Chinese one alone is joined by 、. What makes text that is no sentence is named here.
english_lists_have_commas() {
  local place
  while read -r place; do wrong "a list joined by 、 for both languages (use enumeration.h): $place"; done < <(grep -rnE '"、" : ("|[a-z])' src --include=*.c | grep -vE 'zh\.size|zh->size|src/follow/rebound\.c|src/rules/effects_handing_slip\.c|src/base/enumeration\.c|LANGUAGE_EN \? ", "' | cut -c1-160)
}

readmes_are_alike() {
  local ours theirs
  ours=$(grep -oE '\]\([^) ]+\)' README.md | grep -v README | sort); theirs=$(grep -oE '\]\([^) ]+\)' README.zh-CN.md | grep -v README | sort)
  [ "$ours" = "$theirs" ] || wrong "README.md and README.zh-CN.md link to different documents"
}

check "includes point one way" includes_point_one_way
check "calls point one way" calls_point_one_way
check "private headers stay in their room" private_headers_stay_private
check "the portal knows the public store only" the_portal_knows_the_public_store_only
check "NOTICE names what it stands on" notice_names_what_it_stands_on
check "operations.md has each library that runs" operations_has_each_library
check "the recipes use free numbers" recipes_use_free_numbers
check "architecture.md has a row for each record type" record_types_are_in_architecture
check "architecture.md leads to each file" each_file_is_in_the_reading_order
check "each thread is told" threads_are_told
check "each rule and guard is told" rules_are_told
check "each guard has a unit test" guards_are_tested
check "each route is told" routes_are_told
check "commands.md has each command and option" commands_are_told
check "commands shown in documents exist" shown_commands_exist
check "openapi.json is what the program prints" openapi_is_renewed
check "the pages use declared names only" pages_use_declared_names
check "permanent codes keep their numbers" codes_keep_their_numbers
check "links resolve" links_resolve
check "files named in documents exist" named_files_exist
check "files stay readable" files_stay_readable
check "lines of code are not too wide" lines_are_not_too_wide
check "English has plain quotes" english_has_plain_quotes
check "English lists have commas" english_lists_have_commas
check "both READMEs link alike" readmes_are_alike
exit $failed
