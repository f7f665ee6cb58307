/* The guard of strong complaints' second way: a media or group case is confirmed once, with where it is known from. Pure: facts in, a
   sentence out; no text means that the guard holds. Its loader stands above it. */
#include "rules/guards.h"

enum store_error fact_case_picture(struct decision *decision, struct guard_facts *facts) {
  return fact_row(decision, RECORD_EVIDENCE, row_integer(decision->after, PROBLEM_STRONG_CASE_PICTURE), &facts->case_picture);
}

struct label guard_strong_case(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after, *picture = facts->case_picture;
  const char *source = row_text(after, PROBLEM_STRONG_CASE_SOURCE);
  bool stands = facts->before && row_integer(facts->before, PROBLEM_STRONG_CASE) != NOTHING;
  (void)arena;
  if (facts->arrow->action == ACTION_LIFT_CASE)
    return stands ? HOLDS : (struct label){"没有媒体曝光或群体性事件的认定", "no media or group case is confirmed"};
  if (stands)
    return (struct label){"已认定为媒体曝光或群体性事件,要改请先撤销认定",
                          "a media or group case is confirmed already; take it back first to change it"};
  *field = PROBLEM_STRONG_CASE_PICTURE;
  if (picture && (picture->voided || !row_text(picture, EVIDENCE_FILE) || row_integer(picture, EVIDENCE_PROBLEM) != after->id))
    return (struct label){"截图或照片应是本问题带文件的佐证", "the picture is evidence of this problem that has a file"};
  *field = PROBLEM_STRONG_CASE_SOURCE;
  if ((source && *source) || picture) return HOLDS;
  return (struct label){"认定要有来源:写明媒体、文号或来源,或选一张截图或照片",
                        "it needs where it is known from: name the paper, document or source, or choose a picture"};
}
