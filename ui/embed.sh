#!/bin/sh
# Prints an assembly file that embeds every file of ui/dist (gzip variants too) and the table of them, for x86-64 and
# aarch64; an empty table when the pages were not built. Run from the top of the tree.
set -eu
dist=ui/dist
count=0
table=
printf '.section .rodata\n'
if [ -d "$dist" ]; then
  for file in $(cd "$dist" && find . -type f | LC_ALL=C sort); do
    path=${file#.}
    case $path in *[!A-Za-z0-9._/-]*) echo "ui/dist$path: letters, digits, . _ - only" >&2; exit 1 ;; esac
    printf '.balign 16\nasset_bytes_%d: .incbin "%s%s"\nasset_end_%d:\n.byte 0\nasset_path_%d: .asciz "%s"\n' "$count" "$dist" "$path" "$count" "$count" "$path"
    table="$table.quad asset_path_$count, asset_bytes_$count, asset_end_$count
"
    count=$((count + 1))
  done
fi
# Pointers are set once when the program is loaded, then the table is read-only.
printf '.section .data.rel.ro,"aw"\n.balign 8\n.globl ASSETS\nASSETS:\n%s.quad 0, 0, 0\n' "$table"
printf '.section .rodata\n.balign 8\n.globl ASSET_COUNT\nASSET_COUNT: .quad %d\n.section .note.GNU-stack,"",%%progbits\n' "$count"
