/* Private to rules/: guards are pure functions over facts that are loaded before. */
#ifndef BIHUAN_RULES_GUARDS_H
#define BIHUAN_RULES_GUARDS_H

#include "rules/decide.h"
#include "rules/open_work.h"

enum need { NEED_POLICY = 1, NEED_MEASURES = 2, NEED_EVIDENCE = 4, NEED_UNIT = 8, NEED_CAMPAIGN = 16, NEED_PENDING = 32, NEED_GRANTS = 64, NEED_FIRST_CYCLE = 128, NEED_ENDS = 256,
  NEED_ROUND = 1 << 20, NEED_ROUND_MONTH = 1 << 21, NEED_LACKING = 1 << 22, NEED_AWAITED = 1 << 23, NEED_REMINDED = 1 << 24,
  NEED_PLAN = 1 << 16, NEED_STAGES = 1 << 17, NEED_OTHER = 1 << 18,
  NEED_CALENDAR = 512, NEED_RECEIVER = 1024, NEED_PROBLEM = 2048, NEED_PEOPLE = 4096, NEED_SUCCESSORS = 8192, NEED_PRINCIPAL = 16384,
  NEED_CRITERIA = 1 << 27, NEED_OBJECTIONS = 1 << 28, NEED_APPEALS = 1 << 29, NEED_CHASED = 1 << 30,
  /* the frame (guards_frame_facts.c) */
  NEED_CATEGORY = 1 << 15, NEED_LEAD_LINE = 1 << 19, NEED_PARTS = 1 << 25, NEED_FRAME = 1 << 26 };

#define NEED_ALERTS (1u << 31) /* beyond what an enumeration holds */

/* One problem of a plan, with the plan that holds it now and its measures of the present cycle (cancelled ones left out). */
struct plan_problem { const struct row *problem, *plan; struct row **measures; size_t measure_count; };

/* What a release names. */
struct release_facts {
  const struct row *result, *district;
  struct row **before, **after, **indicators;
  size_t before_count, after_count, indicator_count, missing /* named, but not there */;
};

struct guard_facts {
  const struct row *before, *after, *parent;  /* before, parent: NULL when there is none */
  const struct transition *arrow;
  const struct authority *authority; bool system;
  int64_t behalf;                              /* for whom a deputy acts; 0 nobody */
  int64_t now, today;
  const struct policy *policy;
  struct row **measures; size_t measure_count; /* of the problem's present cycle, cancelled ones left out */
  int64_t evidence;                            /* of the present cycle */
  const struct row *unit;                      /* that is to hold the record; NULL none, or not there */
  const struct row *campaign;
  int64_t pending;                             /* approvals asked and not answered for this record */
  struct row **grants; size_t grant_count;     /* of the same person, in force at any time, but this one */
  const struct row *first_cycle;
  bool importing;                              /* the change comes with an import */
  bool gives_due;                              /* the change itself gives a due date */
  bool says_visit, says_criteria;               /* this very change says it, be it what stands there already */
  struct plan_problem *plan_problems; size_t plan_problem_count; size_t plan_missing; /* of the plan; named, but no longer there */
  struct row **stages; size_t stage_count;     /* of the problem's present cycle, as they would be; cancelled ones left out */
  const struct row *other;                     /* what a record names beside its problem; NULL none, or not there */
  bool from_there, to_there;                   /* both ends of a link */
  const char *reason;                          /* given with the change; NULL none */
  bool possible;                               /* only asked whether it would be possible */
  const struct row *round;                     /* of an answer; NULL none */
  /* units that this round asks and that were asked often enough this month already, and one of them */
  int64_t asked_again; const char *asked_unit;
  /* open problems of the answering unit without a progress note since the last round, and one of them */
  int64_t lacking; const char *lacking_number;
  int64_t awaited;                             /* answers of the round that are awaited or late */
  bool reminded;                               /* the unit was reminded of some answer today */
  const struct calendar *calendar;
  const struct row *receiver;                  /* the unit a transfer is to go to; NULL none */
  const struct row *problem;                   /* of a transfer */
  const struct row *from_user, *to_user; bool to_granted; /* of a slip; has who follows a role over the unit? */
  const struct row *other_root; bool below_itself; /* of a unit: another in force without one above it; NULL: none */
  const struct row **successors; size_t successor_count;  /* of a unit; NULL: not there */
  /* a deputy's principal; the grant's unit and those above it */
  struct row **principal_grants; size_t principal_grant_count; const int64_t *above; size_t above_count;
  struct row **criteria; size_t criterion_count; /* in force today, for this campaign, kind and source */
  int64_t objections;                          /* not judged yet */
  int64_t alerts;                              /* of the problem, not decided on yet */
  int64_t dissatisfied;                        /* linked appeals that are dissatisfied, or unsolved */
  int64_t left_behind[OPEN_WORK_MOST]; /* of a unit that is to end, by rows of OPEN_WORK */
  const struct row *chased, *chased_of;        /* what a chase is about, and the problem that this belongs to; NULL none, or not seen */
  /* the frame */
  const struct row *category; int64_t own_categories; /* that the problem names; how many its campaign has in use */
  const int64_t *lead_line; size_t lead_line_count; /* the lead unit and the units above it */
  struct row **parts; size_t part_count;       /* of a split problem, withdrawn ones left out */
  const struct row *whole;                     /* the problem that this one is a part of */
  const struct row *target;                    /* that this one is to be merged into */
  const struct row *tree_parent; int64_t tree_levels, same_code; /* of a category: above it, how many levels; others of its code */
  int64_t tasks_open, led_to;                  /* of a topic: tasks not done, links of what it led to */
  const struct row *linked_from, *linked_to;   /* ends of a link that are problems */
  int64_t same_links;                          /* links that say the same */
  /* of the same problem; of the same case and unit; the case of a self-check */
  int64_t checks_waiting, self_checks; const struct row *of_case;
  /* publication */
  const struct release_facts *release;
  int64_t released /* releases of the problem that are out */, evaluated /* evaluations by this person of this matter */;
  /* appeals (guards_calls.c) */
  const struct policy *appeal_policy;          /* in force now, for all appeals */
  const struct row *main_appeal; /* that it is to be joined to; NULL not there */
  bool caller_within;                          /* who calls belongs to the handling unit, or to one below it */
  int64_t exclusions;                          /* of the same appeal, asked or agreed */
  /* strong complaints, ending a campaign, whose policy appeals go by (guards_strong.c, guards_campaign.c) */
  const struct row *case_picture;              /* the evidence that shows a media or group case; NULL: none named, or not there */
#define PROBLEMS_OPEN_TOLD 100
  int64_t problems_open;                       /* of a campaign that is to end; counted to one more than is told */
  int64_t hotline_last;                        /* the latest day from which appeals go by some campaign's policy; NOTHING: none was named */
};
/* Holds: a label without text. *field: what it is about, 0 the record. */
typedef struct label guard_function(const struct guard_facts *facts, struct arena *arena, uint16_t *field);
typedef enum store_error fact_loader(struct decision *decision, struct guard_facts *facts);
struct guard {
  guard_function *holds;
  unsigned needs;
  bool person; /* about who acts: not asked when a switched-off step is passed */
  const char *code;
  bool moment; /* about when an edit is right, not about what stands after it: not asked of what two people put right */
  fact_loader *own; /* loads what this guard alone looks at, beside what it needs; NULL nothing */
  bool kind; /* about what kind of record it is: nothing that anybody fills in changes it */
};
extern const struct guard GUARDS[GUARD_COUNT];

/* rounds_facts.c: each loads its own */
enum store_error round_facts_round(struct decision *decision, struct guard_facts *facts), round_facts_month(struct decision *decision, struct guard_facts *facts),
  round_facts_lacking(struct decision *decision, struct guard_facts *facts), round_facts_awaited(struct decision *decision, struct guard_facts *facts),
  round_facts_reminded(struct decision *decision, struct guard_facts *facts);
/* guards_facts_plans.c */
enum store_error facts_load_plan(struct decision *decision, struct guard_facts *facts);
enum store_error facts_load_stages(struct decision *decision, struct guard_facts *facts);
enum store_error facts_load_other(struct decision *decision, struct guard_facts *facts);
typedef enum store_error guard_load_function(struct decision *decision, struct guard_facts *facts);
/* guards_handing_facts.c */
guard_load_function guard_load_calendar, guard_load_receiver, guard_load_problem, guard_load_people, guard_load_successors,
    guard_load_principal;
enum store_error guard_facts_load(struct decision *decision, const struct transition *arrow, unsigned needs, struct guard_facts *facts);

#define HOLDS ((struct label){0})
guard_function guard_has_owner_and_date, guard_unit_may_hold, guard_measures_planned, guard_weights_full, guard_measures_accepted,
    guard_has_evidence, guard_not_applicant, guard_outside_unit, guard_publicity_over, guard_watch_over, guard_root_cause,
    guard_reopen_date, guard_dates_in_order, guard_roles_apart, guard_pending_none, guard_policy_not_past, guard_meetings_share,
    guard_campaign_open, guard_approver, guard_deputy_dates, guard_problem_open, guard_publicity_off, guard_at_once, guard_ends_visible,
    guard_importing;
/* guards_rounds.c */
guard_function guard_round_month, guard_round_open, guard_nil_changes, guard_round_collected, guard_cutoff_past, guard_answer_overdue,
  guard_reminded_once, guard_slip_figure;
/* guards_plans.c, guards_results.c */
guard_function guard_plan_problems, guard_plan_measures, guard_plan_done, guard_stages_planned, guard_stage_fits, guard_problem_live,
    guard_indicator_line, guard_value_date, guard_result_complete, guard_same_problem;
/* guards_handing.c */
guard_function guard_no_ruling_open, guard_not_bound, guard_dispute_in_time, guard_extension_limit, guard_suspension_limit,
    guard_kind_limit, guard_receiver, guard_transfer_stands, guard_refuse_in_time, guard_slip_people, guard_slip_from, guard_slip_to,
    guard_successors, guard_unit_ends, guard_deputy_scope, guard_by_approval;
guard_function guard_another_person, guard_progress_complete, guard_acceptance_passed, guard_objections_none, guard_nobody_dissatisfied,
    guard_send_back_date, guard_site_visit, guard_criteria_met, guard_publicity_reviewed, guard_hand_colour;
/* guards_frame.c */
guard_function guard_campaign_takes, guard_category_fits, guard_category_tree, guard_parts_closed, guard_part_fits, guard_merge_fits,
    guard_placeholder_bare, guard_placeholder, guard_tasks_done, guard_topic_open, guard_link_fits, guard_guidance_grant;

guard_function guard_may_show, guard_is_shown, guard_service_asks; /* guards_hotline.c */
guard_function guard_chase_waits; /* guards_chasing.c */
guard_function guard_decision_fits, guard_alerts_none; /* guards_groups.c */
guard_function guard_release_fits, guard_release_reviewed, guard_release_first, guard_evaluation_fits; /* guards_publication.c */
/* guards_calls.c */
guard_function guard_return_in_time, guard_unit_not_bound, guard_join_fits, guard_caller_apart, guard_call_fits, guard_exclusion_fits,
    guard_not_complained_of, guard_rate_weights;
guard_function guard_classifies, guard_category_guessed, guard_classify_bound; /* guards_intake.c */
guard_function guard_check_fits, guard_check_seen, guard_case_fits, guard_self_check_fits; /* guards_checks.c */
guard_function guard_drafted; /* guards_drafts.c */
guard_function guard_outline; /* guards_pages.c */
guard_function guard_strong_case, guard_campaign_done, guard_hotline_day; /* guards_strong.c, guards_campaign.c */
guard_function guard_unit_tree, guard_draw_fits; /* guards_draws.c */
guard_load_function fact_unit_tree;

/* guards_facts.c, guards_frame_facts.c: loaders of facts */
enum store_error fact_row(struct decision *decision, enum record_id type, int64_t id, const struct row **row); /* NULL: nothing, or not there */
fact_loader fact_chased; /* guards_chasing.c */
fact_loader fact_checks_waiting, fact_self_checks, fact_case_problem; /* guards_checks.c */
fact_loader fact_alerts; /* guards_groups.c */
fact_loader fact_case_picture, fact_problems_open, fact_hotline_day; /* guards_strong.c, guards_campaign.c */
fact_loader fact_release, fact_released, fact_evaluated; /* guards_publication.c */
fact_loader fact_returning, fact_main_appeal, fact_caller, fact_exclusions; /* guards_calls.c */
fact_loader fact_category, fact_lead_line, fact_parts, fact_frame;
#endif
