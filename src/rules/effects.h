/* Private to rules/: effects alter the row that is about to be written, or yield further changes of the same set. */
#ifndef BIHUAN_RULES_EFFECTS_H
#define BIHUAN_RULES_EFFECTS_H

#include "rules/decide.h"

typedef enum store_error effect_function(struct decision *decision, const struct transition *arrow);
struct effect { effect_function *run; };

effect_function effect_number, effect_cycle_open, effect_cycle_mark, effect_cycle_close, effect_route, effect_baseline,
    effect_count_sent_back, effect_stamp, effect_carry_out, effect_progress, effect_ask_approval, effect_deadline, effect_reopen,
    effect_bring_in;
/* effects_rounds.c, effects_frozen.c */
effect_function effect_round_open, effect_round_ask, effect_round_close, effect_answer_fill, effect_answer_remind, effect_freeze,
    effect_slip, effect_reported;
effect_function effect_note_repeats, effect_outcome; /* effects_definitions.c */

enum store_error number_round(struct decision *decision); /* effects_rounds.c: the campaign's next */
effect_function effect_ask_together; /* approval.c */
/* effects_plans.c, effects_results.c */
effect_function effect_plan_baseline, effect_plan_ask, effect_indicator_latest, effect_result, effect_result_again, effect_picture;
/* hand-overs: effects_handing.c, effects_handing_*.c */
effect_function effect_holding, effect_transfer_ask, effect_transfer_open, effect_transfer_answered, effect_ruling_open, effect_dispute,
    effect_dispute_dropped, effect_ruled, effect_provisional, effect_approved, effect_resume, effect_slip_list, effect_slip_confirm,
    effect_succeed;
effect_function effect_acceptance, effect_draw, effect_ask_more, effect_hand_colour, effect_objection, effect_criteria,
    effect_policy_preset, effect_sample_checked;
effect_function effect_shown, effect_hidden; /* effects_hotline.c */
/* effects_publication.c */
effect_function effect_release_mask, effect_release, effect_publicity, effect_evaluation, effect_judged_by, effect_invite;
effect_function effect_chase, effect_chase_answered; /* effects_chasing.c */
effect_function effect_alert, effect_alert_decided, effect_decided_by; /* effects_groups.c */
enum store_error effect_reopens(struct decision *decision, const struct row *problem, bool rebound, const char *reason); /* effects_closing.c: by the latest date that the policy allows; rebound: it counts as one even after the watch period */
effect_function effect_classified, effect_category_confirmed; /* effects_intake.c */
/* effects_checks.c */
effect_function effect_draw_open, effect_draw_sample, effect_check_open, effect_check_verdict, effect_checks_end, effect_checked;
enum store_error check_draw(struct decision *decision, bool drawn); /* effects_checks.c: the ordinal of the application, and the check of what the draw falls on */
/* effects_cases.c */
effect_function effect_case_growth, effect_cases_follow, effect_self_checks_ask, effect_self_check_open, effect_measured;
/* effects_calls.c */
effect_function effect_assigned, effect_contacted, effect_join, effect_joined_follow, effect_call_back, effect_exclusion_ask,
    effect_refused, effect_ruled_unit;
effect_function effect_appeals_follow, effect_draft_taken; /* effects_drafts.c */
bool appeal_waits(const struct row *appeal); /* for an answer: its own, or that of its main appeal */
effect_function effect_strong_case, effect_lead_hotline; /* effects_strong.c, effects_campaign.c */
void strong_case_forget(struct row *problem); /* effects_strong.c: a confirmed case and all that was written of it */
enum store_error campaign_corrected(struct decision *decision); /* effects_campaign.c: what was made for a problem follows it into the campaign that two people put it into */
effect_function effect_split, effect_part_assign, effect_merge, effect_link_holds; /* effects_frame.c */

/* appeal_settle.c: what always follows of a record just before it is written, whichever change it was: the clocks of an appeal; what a
   call-back or an exclusion makes of its appeal. */
enum store_error appeal_settle(struct decision *decision);

/* The record that is about to be written, before it has an id: as the id of a further change. */
#define THIS_RECORD (INT64_MIN + 1)

/* A change by the program itself to a record that stands; the values are copied into the scratch. */
/* The cycle of that ordinal; *cycle NULL: there is none. */
enum store_error effect_cycle_find(struct decision *decision, int64_t problem, int64_t ordinal, const struct row **cycle);
const char *effect_one_line(struct arena *arena, const char *text, size_t most); /* at most `most` code points; NULL stays NULL */
const char *effect_lines(struct arena *arena, const char *text, size_t most);    /* the same, lines kept */
/* Does the draw fall on this cycle of this problem? By HMAC-SHA256 of "ID:CYCLE" under the seed's SHA-256: its first eight bytes modulo
   10,000 below the share. */
bool draw_falls_on(const char *seed, int64_t problem, int64_t cycle, int64_t share);
void effect_change(struct decision *decision, enum record_id type, int64_t id, enum action_code action, const struct value *values,
                   size_t count, const char *reason);
int64_t effect_new_id(const struct decision *decision); /* the id that the new record of this decision is about to get */
/* One unit is asked to answer in a round, its figures since that moment; reminded so many days before the date. */
void round_answer_ask(struct decision *decision, const struct row *round, int64_t unit, int64_t since, int64_t remind_days);
/* Whatever lists the unit of this decision, or waits for its answer, is about its successors from now on. */
enum store_error unit_lists_follow(struct decision *decision, const struct value *successors);
enum { HANDED_AT_ONCE = 500 };   /* open items moved in one set at most */
#endif
