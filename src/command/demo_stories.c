/* The demo's stories: what happens to a problem, each step so many days before the demo's present (20 November 2026). A story ends in
   the state and colour that its name says; demo_texts.c says which problem lives which. */
#include "command/demo.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BEGUN(ago, due) {ago, DEMO_CREATE, 0}, {(ago) - 1, DEMO_SUBMIT, 0}, {(ago) - 3, DEMO_ADMIT, 0}, {(ago) - 5, DEMO_ASSIGN, due}, \
  {(ago) - 7, DEMO_TAKE, 0}, {(ago) - 9, DEMO_PLAN, 0}, {(ago) - 10, DEMO_START, 0}
#define DONE(measure, finished, accepted) {finished, DEMO_FINISH, measure}, {accepted, DEMO_ACCEPT_MEASURE, measure}
#define PROVED(ago) {ago, DEMO_REPORT, 0}, {ago, DEMO_EVIDENCE, 0}

static const struct demo_step settled[] = {BEGUN(288, 215), DONE(0, 262, 259), PROVED(245), DONE(1, 242, 239), DONE(2, 226, 223), PROVED(222), {220, DEMO_APPLY, 0},
  {218, DEMO_ENDORSE, 0}, {214, DEMO_ACCEPT, 0}, {212, DEMO_FINAL, 0}, {203, DEMO_CLOSE, 0}};
static const struct demo_step closed[] = {BEGUN(200, 108), DONE(0, 172, 169), PROVED(160), DONE(1, 152, 149), DONE(2, 126, 123), PROVED(122), {120, DEMO_APPLY, 0},
  {118, DEMO_ENDORSE, 0}, {113, DEMO_ACCEPT, 0}, {111, DEMO_FINAL, 0}, {102, DEMO_CLOSE, 0}};
static const struct demo_step at_once[] = {{30, DEMO_CREATE, 0}, {30, DEMO_SUBMIT, 0}, {29, DEMO_ADMIT, 0}, {28, DEMO_ASSIGN, 14}, {27, DEMO_TAKE, 0}, {20, DEMO_EVIDENCE, 0}, {18, DEMO_APPLY, 0}};
static const struct demo_step publicised[] = {BEGUN(150, -6), DONE(0, 112, 109), PROVED(90), DONE(1, 62, 58), DONE(2, 20, 17), PROVED(15), {13, DEMO_APPLY, 0},
  {11, DEMO_ENDORSE, 0}, {5, DEMO_ACCEPT, 0}, {3, DEMO_FINAL, 0}};
static const struct demo_step accepted[] = {BEGUN(120, -10), DONE(0, 85, 82), PROVED(70), DONE(1, 45, 41), DONE(2, 14, 12), PROVED(11), {9, DEMO_APPLY, 0}, {8, DEMO_ENDORSE, 0}, {2, DEMO_ACCEPT, 0}};
static const struct demo_step endorsed[] = {BEGUN(110, -12), DONE(0, 75, 72), PROVED(60), DONE(1, 40, 37), DONE(2, 12, 9), PROVED(8), {4, DEMO_APPLY, 0}, {2, DEMO_ENDORSE, 0}};
static const struct demo_step applied[] = {BEGUN(100, -15), DONE(0, 70, 66), PROVED(50), DONE(1, 35, 31), DONE(2, 9, 6), PROVED(5), {2, DEMO_APPLY, 0}};
static const struct demo_step on_plan[] = {BEGUN(90, -80), DONE(0, 58, 54), PROVED(30), {6, DEMO_REPORT, 0}};
static const struct demo_step fresh[] = {BEGUN(25, -100), {8, DEMO_REPORT, 0}};
static const struct demo_step behind[] = {BEGUN(140, -30), DONE(0, 92, 88), {60, DEMO_REPORT, 0}, {33, DEMO_REPORT, 0}};
static const struct demo_step due_soon[] = {{21, DEMO_CREATE, 0}, {20, DEMO_SUBMIT, 0}, {18, DEMO_ADMIT, 0}, {16, DEMO_ASSIGN, -6}, {14, DEMO_TAKE, 0}, {5, DEMO_PLAN, 0}}; /* taken, and nothing moves */
static const struct demo_step overdue[] = {BEGUN(120, 12), DONE(0, 90, 86), PROVED(70), DONE(1, 55, 50), {20, DEMO_REPORT, 0}};
static const struct demo_step overdue_long[] = {BEGUN(170, 47), DONE(0, 128, 124), {100, DEMO_REPORT, 0}, {52, DEMO_REPORT, 0}};
static const struct demo_step sent_back[] = {BEGUN(130, -20), DONE(0, 92, 89), PROVED(80), DONE(1, 55, 52), DONE(2, 28, 25), PROVED(24), {22, DEMO_APPLY, 0}, {20, DEMO_ENDORSE, 0}, {15, DEMO_SEND_BACK, 0}, {7, DEMO_REPORT, 0}};
static const struct demo_step sent_back_twice[] = {BEGUN(160, -10), DONE(0, 118, 115), PROVED(100), DONE(1, 80, 77), DONE(2, 52, 50), PROVED(49), {47, DEMO_APPLY, 0}, {45, DEMO_ENDORSE, 0}, {40, DEMO_SEND_BACK, 0},
  PROVED(32), {30, DEMO_APPLY, 0}, {28, DEMO_ENDORSE, 0}, {22, DEMO_SEND_BACK, 0}, {9, DEMO_REPORT, 0}};
static const struct demo_step reopened[] = {BEGUN(240, 150), DONE(0, 210, 206), PROVED(190), DONE(1, 185, 181), DONE(2, 168, 165), PROVED(164), {162, DEMO_APPLY, 0}, {160, DEMO_ENDORSE, 0}, {155, DEMO_ACCEPT, 0}, {153, DEMO_FINAL, 0}, {143, DEMO_CLOSE, 0},
  {12, DEMO_REOPEN, -24}, {10, DEMO_TAKE, 0}, {8, DEMO_PLAN, 0}, {7, DEMO_START, 0}};
static const struct demo_step reopened_moving[] = {BEGUN(250, 140), DONE(0, 215, 211), PROVED(190), DONE(1, 180, 176), DONE(2, 158, 155), PROVED(154), {152, DEMO_APPLY, 0}, {150, DEMO_ENDORSE, 0}, {145, DEMO_ACCEPT, 0}, {143, DEMO_FINAL, 0}, {133, DEMO_CLOSE, 0},
  {40, DEMO_REOPEN, -10}, {38, DEMO_TAKE, 0}, {37, DEMO_PLAN, 0}, {36, DEMO_START, 0}, DONE(0, 24, 22), PROVED(18), DONE(1, 8, 6)};
static const struct demo_step taken[] = {{20, DEMO_CREATE, 0}, {19, DEMO_SUBMIT, 0}, {17, DEMO_ADMIT, 0}, {6, DEMO_ASSIGN, -60}, {4, DEMO_TAKE, 0}, {3, DEMO_PLAN, 0}};
static const struct demo_step assigned[] = {{14, DEMO_CREATE, 0}, {13, DEMO_SUBMIT, 0}, {9, DEMO_ADMIT, 0}, {1, DEMO_ASSIGN, -75}};
static const struct demo_step admitted[] = {{8, DEMO_CREATE, 0}, {7, DEMO_SUBMIT, 0}, {3, DEMO_ADMIT, 0}};
static const struct demo_step submitted[] = {{4, DEMO_CREATE, 0}, {3, DEMO_SUBMIT, 0}};
static const struct demo_step draft[] = {{2, DEMO_CREATE, 0}};
static const struct demo_step returned[] = {{12, DEMO_CREATE, 0}, {11, DEMO_SUBMIT, 0}, {8, DEMO_RETURN, 0}};
static const struct demo_step withdrawn[] = {{75, DEMO_CREATE, 0}, {74, DEMO_SUBMIT, 0}, {71, DEMO_ADMIT, 0}, {60, DEMO_WITHDRAW, 0}};
static const struct demo_step extended[] = {BEGUN(95, -20), DONE(0, 62, 58), PROVED(30), DONE(1, 15, 12), {9, DEMO_EXTEND, -60}, {7, DEMO_AGREE, 0}};
static const struct demo_step extension_asked[] = {BEGUN(85, -25), DONE(0, 55, 51), PROVED(28), DONE(1, 14, 11), {3, DEMO_EXTEND, -55}};

#define STORY(steps) {steps, COUNT_OF(steps)}
const struct demo_plot DEMO_STORIES[DEMO_STORY_COUNT] = {
  [STORY_SETTLED] = STORY(settled), [STORY_CLOSED] = STORY(closed), [STORY_AT_ONCE] = STORY(at_once), [STORY_PUBLICISED] = STORY(publicised), [STORY_ACCEPTED] = STORY(accepted),
  [STORY_ENDORSED] = STORY(endorsed), [STORY_APPLIED] = STORY(applied), [STORY_ON_PLAN] = STORY(on_plan), [STORY_FRESH] = STORY(fresh), [STORY_BEHIND] = STORY(behind),
  [STORY_DUE_SOON] = STORY(due_soon), [STORY_OVERDUE] = STORY(overdue), [STORY_OVERDUE_LONG] = STORY(overdue_long), [STORY_SENT_BACK] = STORY(sent_back),
  [STORY_SENT_BACK_TWICE] = STORY(sent_back_twice), [STORY_REOPENED] = STORY(reopened), [STORY_REOPENED_MOVING] = STORY(reopened_moving), [STORY_TAKEN] = STORY(taken),
  [STORY_ASSIGNED] = STORY(assigned), [STORY_ADMITTED] = STORY(admitted), [STORY_SUBMITTED] = STORY(submitted), [STORY_DRAFT] = STORY(draft), [STORY_RETURNED] = STORY(returned),
  [STORY_WITHDRAWN] = STORY(withdrawn), [STORY_EXTENDED] = STORY(extended), [STORY_EXTENSION_ASKED] = STORY(extension_asked)};
