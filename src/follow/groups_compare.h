/* What another grouping moved: where appeals stood, and where they stand when all is made from the journal by this program, at the same
   number of the journal. For a new version of the grouping, which makes the groups anew, and as a proof that the same version gives the
   same. Groups are compared by who is in them, not by their names: each is matched with the one that holds most of its appeals. */
#ifndef BIHUAN_FOLLOW_GROUPS_COMPARE_H
#define BIHUAN_FOLLOW_GROUPS_COMPARE_H

#include "base/json.h"
#include "follow/groups.h"

/* Where every appeal stands that is in a group, ordered by appeal; at: the journal number it is true at. Freed by groups_stands_free. */
struct groups_seat { int64_t appeal, event, class; };
struct groups_stands { struct groups_seat *seats; size_t count; int64_t at; };
void groups_stands_free(struct groups_stands *stands);
/* Of the running view; where none runs, of the lists kept in the data folder, whichever version of the grouping kept them. ABSENT: there
   are none. */
enum store_error groups_stands_kept(struct house *house, struct groups_stands *stands);
/* Made from the journal up to that number, now, in memory of its own; as long and as large as the groups themselves. */
enum store_error groups_stands_anew(struct house *house, int64_t at, struct groups_stands *stands);

/* split: groups whose appeals stand in several now; joined: groups that hold appeals of several. appeals: those that left the most of their
   group, or whose group was the smaller part of what it is in now. */
struct groups_level_moved { int64_t before, after, split, joined, appeals; };
struct groups_moved { int64_t appeal; struct group_stand before, after; bool event, class; };
/* People's decisions up to that number. revised: a later one speaks of the same appeals otherwise, so that only that one is held against
   the groups. */
struct groups_decisions { int64_t all, held, revised, *broken; size_t broken_count; };
struct groups_comparison {
  int64_t at, appeals, only_before, only_after /* appeals that stand in groups on one side alone */;
  struct groups_level_moved events, classes;
  struct groups_decisions decisions;
  struct groups_moved *moved; size_t moved_count; /* ordered by appeal */
};
/* All of it in the arena. */
enum store_error groups_compare(struct house *house, const struct groups_stands *before, const struct groups_stands *after, struct arena *arena, struct groups_comparison *comparison);
/* Members of the JSON object that is open: figures, and at most so many appeals that moved. */
void groups_comparison_write(struct json *json, const struct groups_comparison *comparison, size_t most);
void groups_moved_write(struct json *json, const struct groups_moved *moved); /* one appeal, an object */
/* What the last change of version moved, as JSON text (DATA/groups.moved); NULL: there is none. */
char *groups_moved_kept(struct arena *arena, const char *data);

#endif
