/* Private to command/: a demo as a script, tables of who there is and of what happens to each problem, step by step. The small one is
   written down (demo_texts.c, demo_stories.c), the whole city is generated (demo_city.h); demo.c and demo_play.c play either through the
   door. */
#ifndef BIHUAN_COMMAND_DEMO_H
#define BIHUAN_COMMAND_DEMO_H

#include "records/record.h"

/* Units, in the order of DEMO_UNITS; the first is the city. A larger script begins with the same ones. */
enum demo_unit {
  UNIT_CITY, UNIT_OFFICE, UNIT_HOUSING, UNIT_TRAFFIC, UNIT_HEALTH, UNIT_WATER, UNIT_INDUSTRY, UNIT_MARKET, UNIT_TELECOM, UNIT_LABOUR, UNIT_AUDIT, UNIT_DATA,
  UNIT_PUJIANG, UNIT_BEIAN, UNIT_NANTING, UNIT_XIBANG, UNIT_HONGHE, UNIT_CHANGQIAO, UNIT_PUHE, UNIT_YANGLIN, UNIT_BAOJIANG, UNIT_MINCHUAN, UNIT_JIAHE, UNIT_SONGZE,
  UNIT_QINGDANG, UNIT_JINTAN, UNIT_FENGNAN, UNIT_CHONGDAO, DEMO_UNIT_COUNT
};
enum demo_sign { SIGNS_LIAISON = 1, SIGNS_HEAD = 2 };
struct demo_unit_text {
  const char *name, *short_names, *word /* of accounts: liaison-housing; NULL: it has no people */, *person;
  uint8_t kind, signs /* bits: who of them signs in */, secrecy /* ceiling of their grants; 0: as the type has it */;
};
extern const struct demo_unit_text DEMO_UNITS[DEMO_UNIT_COUNT];

struct demo_user { const char *account, *name; size_t unit; enum role_code role; bool signs_in; uint8_t secrecy /* as the units' */; };
extern const struct demo_user DEMO_USERS[]; extern const size_t DEMO_USER_COUNT;

/* What happens to a problem, day by day before the demo's present. */
enum demo_step_kind {
  DEMO_CREATE, DEMO_SUBMIT, DEMO_RETURN, DEMO_ADMIT, DEMO_ASSIGN /* days: due */, DEMO_TAKE, DEMO_PLAN, DEMO_START, DEMO_FINISH /* days: which measure */,
  DEMO_ACCEPT_MEASURE, DEMO_REPORT, DEMO_EVIDENCE, DEMO_APPLY, DEMO_ENDORSE, DEMO_ACCEPT, DEMO_SEND_BACK, DEMO_FINAL /* publicise or close, by its route */, DEMO_CLOSE /* once publicised; nothing when closed */,
  DEMO_REOPEN /* days: due */, DEMO_SHAM /* the office looks back, and what it finds re-opens */, DEMO_EXTEND /* days: new due */, DEMO_AGREE, DEMO_WITHDRAW,
  DEMO_STAGE /* the next one is reached */, DEMO_TRANSFER /* to unit */, DEMO_TRANSFER_TAKE, DEMO_DISPUTE, DEMO_RULE /* unit leads */, DEMO_MERGE /* days: into which problem */, DEMO_SPLIT /* to the three units after unit */,
  DEMO_SUSPEND /* days: until */, DEMO_ENTER_COLOUR /* days: which */, DEMO_CLOSE_OFF_LINE, DEMO_HAND_COLOUR /* days: until */, DEMO_OBJECT, DEMO_RESULT /* filled in and confirmed */, DEMO_STEP_COUNT
};
struct demo_step {
  int ago;
  enum demo_step_kind kind;
  int days /* before the present; negative: after it */;
  size_t unit;
  const char *text /* instead of what is usually said; NULL */;
};
enum demo_story {
  STORY_SETTLED, STORY_CLOSED, STORY_AT_ONCE, STORY_PUBLICISED, STORY_ACCEPTED, STORY_ENDORSED, STORY_APPLIED, STORY_ON_PLAN, STORY_FRESH, STORY_BEHIND, STORY_DUE_SOON,
  STORY_OVERDUE, STORY_OVERDUE_LONG, STORY_SENT_BACK, STORY_SENT_BACK_TWICE, STORY_REOPENED, STORY_REOPENED_MOVING, STORY_TAKEN, STORY_ASSIGNED, STORY_ADMITTED,
  STORY_SUBMITTED, STORY_DRAFT, STORY_RETURNED, STORY_WITHDRAWN, STORY_EXTENDED, STORY_EXTENSION_ASKED, DEMO_STORY_COUNT
};
struct demo_plot { const struct demo_step *steps; size_t count; };
extern const struct demo_plot DEMO_STORIES[DEMO_STORY_COUNT];

enum { DEMO_MEASURES = 3, DEMO_PLACES = 3 };
struct demo_problem {
  const char *title, *detail, *cause, *goal;
  uint8_t category, source, kind, level;
  size_t lead; int joint; /* a unit, -1 none */
  enum demo_story story; int shift; /* days earlier than the story says */
  const char *measures[DEMO_MEASURES];
  int matter;  /* of the script's its appeals are; -1 none */
  const struct demo_plot *plot; /* its own instead of a story; stages are steps then; NULL */
  uint8_t led_by, secrecy /* 0: as the type has it */, publicity /* SCOPE_*; 0: as its secrecy has it */,
      withhold /* why, where it is not to the public */;
  bool hard, by_office /* registers it */, owned /* by the liaison as a user */;
  const char *official, *leader;
};

/* The same matter in several places: an appeal each. */
struct demo_matter {
  const char *title, *text /* %s: the place */, *category;
  uint8_t kind;
  size_t unit;
  const char *places[DEMO_PLACES];
  const char *answer;
};
extern const struct demo_matter DEMO_MATTERS[]; extern const size_t DEMO_MATTER_COUNT;

struct demo_topic {
  const char *title, *why, *findings;
  size_t lead;
  bool concluded;
  const char *problem /* title of the one that came of it, NULL */;
};

struct demo; struct play;
struct demo_script {
  const char *seed;                    /* of the policy's draws */
  const char *public_code;             /* by which an answered appeal is followed on the portal; NULL: none */
  const struct demo_unit_text *units; size_t unit_count;
  const struct demo_user *users; size_t user_count;
  const struct demo_problem *problems; size_t problem_count;
  const struct demo_matter *matters; size_t matter_count;
  const struct demo_topic *topics; size_t topic_count;
  const size_t *members; size_t member_count;   /* the campaign's units; none: all */
  void (*more)(struct play *play);              /* adds what happens beside problems, appeals and topics; NULL */
  bool every_day;                               /* the clock walks every day, not only when a colour is due */
  void *own;                                    /* for `more` */
};
extern const struct demo_script DEMO_SMALL;

extern const char *const DEMO_NOTES[], *const DEMO_EVIDENCE_TITLES[]; extern const size_t DEMO_NOTE_COUNT, DEMO_EVIDENCE_TITLE_COUNT;

/* A small drawing as PNG bytes: marked 演示, with its phase (PHASE_*); no two numbers alike. */
enum demo_scene { SCENE_STREET, SCENE_RIVER, SCENE_HOUSE, SCENE_STAIRS, SCENE_COUNTER, SCENE_SHEET, DEMO_SCENES };
struct buffer;
void demo_picture(struct buffer *out, enum demo_scene of, int64_t phase, unsigned number);
#endif
