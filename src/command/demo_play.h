/* Private to command/: the demo while it is being filled. */
#ifndef BIHUAN_COMMAND_DEMO_PLAY_H
#define BIHUAN_COMMAND_DEMO_PLAY_H

#include "command/demo.h"
#include "command/program.h"

#define DEMO_PRESENT_DATE date_from_civil(2026, 11, 20)
#define DEMO_PRESENT (moment_of_date(DEMO_PRESENT_DATE) + 9 * 3600 * MOMENT_SECOND)

struct demo_person {
  const char *account, *name;
  size_t unit;
  enum role_code role;
  bool signs_in;
  uint8_t secrecy;
  int64_t id;
  struct authority authority;
};
enum { DEMO_ROLES = 20 };
struct demo {
  struct call *call;
  const struct demo_script *script;
  struct arena *arena, *scratch;       /* scratch: of one change set */
  int64_t now;                         /* only ever rises */
  struct tx *tx;                       /* open between commits */
  int64_t *units, campaign;            /* units: by the script's */
  struct demo_person *people; size_t people_count;
  struct demo_person **person_of;      /* unit × role: who acts there now; NULL: nobody */
  int64_t *problems, *appeals, *topics; /* ids by table; appeals: matter × place */
  size_t *holders;                     /* by problem: the unit that leads it now */
  unsigned notes, pictures;            /* how many were used */
};

/* One change set as somebody; its ids in outcome. EXIT_DONE, or what went wrong was printed. */
int demo_change(struct demo *demo, const struct authority *authority, const struct change *changes, size_t count, struct outcome *outcome);
int demo_act(struct demo *demo, const struct authority *authority, enum record_id type, int64_t id, enum action_code action,
             const struct value *values, size_t count, const char *reason);
int demo_create(struct demo *demo, const struct authority *authority, enum record_id type, const struct value *values, size_t count,
                int64_t *id /* NULL: nobody asks */);
struct change demo_creation(enum record_id type, const struct value *values, size_t count);
int demo_commit(struct demo *demo);

/* Who acts: constant time. The office stands in for a unit without people. */
const struct demo_person *demo_person(const struct demo *demo, size_t unit, enum role_code role); /* NULL: there is none */
struct demo_person *demo_account(const struct demo *demo, const char *account); /* NULL: there is none */
void demo_person_follows(struct demo *demo, struct demo_person *person); /* acts for its unit from now on */
const struct authority *demo_office(const struct demo *demo);
const struct authority *demo_second(const struct demo *demo); /* of the office: what takes two */
const struct authority *demo_liaison(const struct demo *demo, size_t unit);
const struct authority *demo_head(const struct demo *demo, size_t unit);
const char *demo_note(struct demo *demo);

/* Rows in the scratch arena. */
struct demo_found { struct arena *arena; struct row *rows[64]; size_t count; };
enum store_error demo_find(struct demo *demo, enum record_id type, const struct value *is, size_t count, struct demo_found *found); /* whose fields have these values */

/* to the approval that waits about this record; or refuses it */
int demo_agree(struct demo *demo, const struct authority *who, enum record_id type, int64_t id, bool agreed);

/* demo_play.c: all events in order of time, with the clock between the days. */
typedef int demo_event(struct play *play, size_t which, const struct demo_step *step);
struct event { int64_t moment; demo_event *happen; size_t which, order; const struct demo_step *step; };
struct play { struct demo *demo; struct event *events; size_t count, room; };
int64_t demo_moment(int ago, unsigned minutes /* after nine */);
void demo_add(struct play *play, int64_t moment, demo_event *happen, size_t which, const struct demo_step *step);
int demo_play(struct demo *demo);

/* demo_draft.c: the house is the draft's from here on; the asked-for one's again, with all that the draft held. */
int demo_draft_open(struct demo *demo);
int demo_draft_carry(struct demo *demo);

/* demo_steps.c: one step of one problem. demo_beside.c: those that go beyond its unit. */
static inline int64_t demo_stages(int64_t days) {
  return (days + 88) / 89;
} /* as few as the policy allows: one in 90 days, and work begins a day later */
enum { DEMO_PICTURE_VALUES = 4 };
enum demo_scene demo_scene_of(const struct demo_problem *problem); /* what a picture of it shows */
/* of evidence: a picture that is kept now */
int demo_picture_values(struct demo *demo, enum demo_scene of, int64_t phase, unsigned number, struct value *values);
int demo_step(struct play *play, size_t which, const struct demo_step *step);
int demo_step_beside(struct demo *demo, size_t which, const struct demo_step *step);
#endif
