/* Answers that a problem drafts for the appeals it came from: when progress is reported, when it is accepted, when it is closed. A draft is
   for whoever handles the appeal to take, to change and to send; nothing is answered by itself, and a later draft takes the place of an
   earlier one. Whether somebody's matter is really solved is for who appealed to say: the outcome stays empty. */
#include <string.h>

#include "rules/drafts.h"
#include "rules/effects.h"

enum { DRAFT_NOTE_MOST = 4000 };

static enum store_error links_of(struct decision *decision, struct row ***links, size_t *count) {
  struct value from_type = value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), from = value_integer(LINK_FROM_ID, decision->after->id),
               to_type = value_integer(LINK_TO_TYPE, RECORD_APPEAL), kind = value_integer(LINK_KIND, LINK_ARISES_FROM);
  struct condition conditions[] = {{.field = LINK_FROM_ID, .how = C_IS, .values = &from, .count = 1},
                                   {.field = LINK_FROM_TYPE, .how = C_IS, .values = &from_type, .count = 1},
                                   {.field = LINK_TO_TYPE, .how = C_IS, .values = &to_type, .count = 1},
                                   {.field = LINK_KIND, .how = C_IS, .values = &kind, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 4, .expected = -1};
  return set_rows(decision->set, &query, links, count);
}

/* By what the problem has come to; 0: no draft (one of two acceptors has spoken, say). */
static int64_t draft_of(const struct decision *decision, const struct transition *arrow) {
  if (arrow->action == ACTION_REPORT) return DRAFT_OF_PROGRESS;
  if (arrow->action == ACTION_CLOSE) return DRAFT_OF_CLOSING;
  return decision->after->state == PROBLEM_ENDORSED ? 0 : DRAFT_OF_ACCEPTANCE;
}

static bool draft_may_name(const struct row *appeal, const struct row *problem) {
  int64_t secrecy = row_integer(appeal, APPEAL_SECRECY),
          most = secrecy == NOTHING || secrecy < SECRECY_INTERNAL ? SECRECY_INTERNAL : secrecy;
  return row_integer(problem, PROBLEM_SECRECY) <= most;
}

/* Of a problem that fewer may see than the appeal, not even the number. What people wrote in the problem stays there, and is put behind
   this when it is read (draft_whole): kept twice, it would outlive the problem's destruction. */
static const char *draft_words(struct decision *decision, int64_t of, const struct row *appeal) {
  static const char *const OPENINGS[] = {[DRAFT_OF_PROGRESS] = "您反映的问题已立项,正在整改",
                                         [DRAFT_OF_ACCEPTANCE] = "您反映的问题已立项整改并通过验收",
                                         [DRAFT_OF_CLOSING] = "您反映的问题已立项整改并销号"};
  const struct row *problem = decision->after;
  const char *number = draft_may_name(appeal, problem) ? row_text(problem, PROBLEM_NUMBER) : NULL;
  return arena_print(decision->set->scratch, number ? "%s(%s)。" : "%s%s。", OPENINGS[of], number ? number : "");
}

/* The draft with the words of the problem that it names, as they are now. */
enum store_error draft_whole(struct reader *reader, const struct row *appeal, struct arena *arena, const char **words) {
  struct row *problem = NULL;
  int64_t id = row_integer(appeal, APPEAL_PROBLEM);
  *words = row_text(appeal, APPEAL_ANSWER_DRAFT);
  enum store_error error = *words && id != NOTHING ? reader_get(reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, arena, &problem) : STORE_ABSENT;
  if (error == STORE_ABSENT) return STORE_OK;
  if (error) return error;
  const char *number = row_text(problem, PROBLEM_NUMBER), *note = effect_lines(arena, row_text(problem, PROBLEM_PROGRESS_NOTE), DRAFT_NOTE_MOST);
  if (number && note && draft_may_name(appeal, problem) && strstr(*words, number) && !strstr(*words, note)) *words = arena_print(arena, "%s%s", *words, note);
  return STORE_OK;
}

/* Of two steps walked in one go only the last draft is written. */
static void drafts_drop(struct decision *decision) {
  size_t kept = 0;
  for (size_t i = 0; i < decision->further_count; i++) {
    const struct change *change = &decision->further[i];
    if (change->value_count && change->type->id == RECORD_APPEAL && change->values[0].field == APPEAL_ANSWER_DRAFT) continue;
    decision->further[kept++] = *change;
  }
  decision->further_count = kept;
}

bool appeal_waits(const struct row *appeal) {
  return appeal->state == APPEAL_RECEIVED || appeal->state == APPEAL_ASSIGNED || appeal->state == APPEAL_CONTACTED ||
         appeal->state == APPEAL_DISPUTED || appeal->state == APPEAL_JOINED;
}

static void draft_give(struct decision *decision, int64_t of, const struct row *appeal) {
  struct value values[] = {value_text(APPEAL_ANSWER_DRAFT, draft_words(decision, of, appeal)), value_integer(APPEAL_DRAFT_OF, of),
                           value_integer(APPEAL_DRAFTED_ON, decision_date(decision))};
  bool answered = appeal->state == APPEAL_ANSWERED || appeal->state == APPEAL_CALL_BACK_DUE;
  if (appeal_waits(appeal)) effect_change(decision, RECORD_APPEAL, appeal->id, ACTION_EDIT, values, sizeof values / sizeof *values, NULL);
  /* there is a result to judge now */
  else if (answered && of == DRAFT_OF_CLOSING && !row_text(appeal, APPEAL_CODE_HASH))
    effect_change(decision, RECORD_APPEAL, appeal->id, ACTION_INVITE, NULL, 0, NULL);
}

enum store_error effect_appeals_follow(struct decision *decision, const struct transition *arrow) {
  int64_t of = draft_of(decision, arrow);
  struct row **links = NULL;
  size_t count = 0;
  enum store_error error = of ? links_of(decision, &links, &count) : STORE_OK;
  if (of) drafts_drop(decision);
  for (size_t i = 0; error == STORE_OK && i < count; i++) {
    struct row *appeal = NULL;
    error = reader_get(decision->set->reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, row_integer(links[i], LINK_TO_ID), decision->set->scratch, &appeal);
    if (error == STORE_OK && !appeal->voided) draft_give(decision, of, appeal);
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

/* Answering an appeal: the drafted words, unless others are given. Once its problem is closed there is something to judge: whoever appealed
   gets a code. */
enum store_error effect_draft_taken(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  bool closed = row_integer(after, APPEAL_DRAFT_OF) == DRAFT_OF_CLOSING;
  if (arrow->action == ACTION_ANSWER_AS_DRAFTED && !decision_gives(decision, APPEAL_ANSWER)) {
    const char *words = NULL;
    enum store_error error = draft_whole(decision->set->reader, after, decision->set->scratch, &words);
    if (error) return error;
    row_set_text(after, APPEAL_ANSWER, words);
  }
  return closed ? effect_invite(decision, arrow) : STORE_OK;
}
