/* Private to command/: the demo while it is being filled. */
#ifndef BIHUAN_COMMAND_DEMO_PLAY_H
#define BIHUAN_COMMAND_DEMO_PLAY_H

#include "command/demo.h"
#include "command/program.h"

#define DEMO_PRESENT_DATE date_from_civil(2026, 11, 20)
#define DEMO_PRESENT (moment_of_date(DEMO_PRESENT_DATE) + 9 * 3600 * MOMENT_SECOND)
enum { DEMO_PEOPLE_MOST = 64 };

struct demo_person { const char *account, *name; enum demo_unit unit; enum role_code role; bool signs_in; int64_t id; struct authority authority; };
struct demo {
  struct call *call;
  struct arena *arena, *scratch;       /* scratch: of one change set */
  int64_t now;                         /* only ever rises */
  struct tx *tx;                       /* open between commits */
  int64_t units[DEMO_UNIT_COUNT], campaign;
  struct demo_person people[DEMO_PEOPLE_MOST]; size_t people_count;
  int64_t *problems, *appeals;         /* ids by table; appeals: matter × place */
  unsigned notes, pictures;            /* how many were used */
};

/* One change set as somebody; its ids in outcome. EXIT_DONE, or what went wrong was printed. */
int demo_change(struct demo *demo, const struct authority *authority, const struct change *changes, size_t count, struct outcome *outcome);
int demo_commit(struct demo *demo);
const struct demo_person *demo_person(const struct demo *demo, enum demo_unit unit, enum role_code role); /* NULL: there is none */
const struct demo_person *demo_office(const struct demo *demo);
struct change demo_creation(enum record_id type, const struct value *values, size_t count);
/* demo_play.c: problems, appeals, topics, in order of time, with the clock between the days. */
int demo_play(struct demo *demo);
#endif
