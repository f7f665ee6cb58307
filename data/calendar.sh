#!/bin/sh
# Writes src/rules/calendar_days.c from data/calendar.csv (date,kind off|work,name,notice). Run it after editing the list:
#   sh data/calendar.sh > src/rules/calendar_days.c
# A unit test fails while the two differ.
set -eu
cd "$(dirname "$0")"
exec awk -F, '
function days(year, month, day,   era, shifted) { # days since 1970-01-01 (years from March, so that leap days come last)
  if (month <= 2) year--
  era = int(year / 400); shifted = (month + 9) % 12
  return era * 146097 + (year - era * 400) * 365 + int((year - era * 400) / 4) - int((year - era * 400) / 100) \
    + int((153 * shifted + 2) / 5) + day - 1 - 719468
}
BEGIN {
  print "/* Holidays and make-up working days as the State Council announced them. Made by data/calendar.sh from"
  print "   data/calendar.csv: edit the list, never this file. The first column is the day as days since 1970. */"
  print "#include \"rules/calendar.h\"\n"
  print "const struct shipped_day SHIPPED_DAYS[] = {"
}
FNR == 1 { if ($0 != "date,kind,name,notice") { print "calendar.csv: unexpected header: " $0 > "/dev/stderr"; failed = 1; exit 1 } next }
{
  if (NF != 4 || $1 !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/ || ($2 != "off" && $2 != "work") || $1 <= last) {
    print "calendar.csv line " FNR ": want date,kind,name,notice in order of date: " $0 > "/dev/stderr"; failed = 1; exit 1
  }
  last = $1; split($1, part, "-")
  printf "  {%d, %s, \"%s\", \"%s\"}, /* %s */\n", days(part[1] + 0, part[2] + 0, part[3] + 0), $2 == "off" ? "DAY_OFF" : "DAY_WORK", $3, $4, $1
}
END { if (!failed) print "};\nconst size_t SHIPPED_DAY_COUNT = sizeof SHIPPED_DAYS / sizeof *SHIPPED_DAYS;" }
' calendar.csv
