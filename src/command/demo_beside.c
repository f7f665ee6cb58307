/* Steps of a problem in a demo that go beyond its unit: passing on and disputing, merging and splitting, off-line placeholders, colours
   set by hand, objections, the entry of the results list, a sham that a look-back finds. */
#include "command/demo_play.h"

static int on_problem(struct demo *demo, const struct authority *who, size_t which, enum action_code action, const struct value *values,
                      size_t count, const char *reason) {
  return demo_act(demo, who, RECORD_PROBLEM, demo->problems[which], action, values, count, reason);
}

/* The only record of the type that belongs to the problem and is in the state. */
static int find_one(struct demo *demo, enum record_id type, uint16_t field, int64_t problem, state_code state, int64_t *id) {
  const struct value is[] = {value_integer(field, problem), value_integer(FIELD_STATE, state)};
  struct demo_found found;
  enum store_error error = demo_find(demo, type, is, 2, &found);
  if (!error && !found.count) error = STORE_ABSENT;
  if (error) return call_store_fail(demo->call, error);
  *id = found.rows[0]->id;
  return EXIT_DONE;
}

/* ---- passing on ---- */

static const char *const TRANSFER_REASONS[] = {"职责分工调整后,该事项由贵单位主管。", "问题点位在贵单位管辖范围内,由贵单位牵头更便于整改。", "经会商,事项的主要环节在贵单位。", "三定规定明确该事项归贵单位,移请办理。"};

static int transfer(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct value to = value_integer(PROBLEM_TRANSFER_TO, demo->units[step->unit]);
  return on_problem(demo, demo_liaison(demo, demo->holders[which]), which, ACTION_TRANSFER, &to, 1, TRANSFER_REASONS[which % 4]);
}

static int take_transfer(struct demo *demo, size_t which, const struct demo_step *step) {
  int64_t id;
  int status = find_one(demo, RECORD_TRANSFER, TRANSFER_PROBLEM, demo->problems[which], TRANSFER_ASKED, &id);
  if (!status) status = demo_act(demo, demo_liaison(demo, step->unit), RECORD_TRANSFER, id, ACTION_TAKE, NULL, 0, NULL);
  if (!status) demo->holders[which] = step->unit;
  return status;
}

/* The first ruling on a problem of the same category is the precedent of the later ones: named in the grounds, and linked. */
static int precedent_of(struct demo *demo, size_t which, int64_t id, const char **grounds) {
  const struct value given[] = {value_integer(RULING_CATEGORY, demo->script->problems[which].category),
                                value_integer(FIELD_STATE, RULING_GIVEN)};
  struct demo_found found;
  enum store_error error = demo_find(demo, RECORD_RULING, given, 2, &found);
  if (error) return call_store_fail(demo->call, error);
  if (!found.count) return EXIT_DONE;
  const struct value link[] = {value_integer(LINK_KIND, LINK_PRECEDENT), value_integer(LINK_FROM_TYPE, RECORD_RULING),
                               value_integer(LINK_FROM_ID, id), value_integer(LINK_TO_TYPE, RECORD_RULING),
                               value_integer(LINK_TO_ID, found.rows[0]->id)};
  *grounds = arena_print(demo->scratch, "参照先例“%s”的裁定:事项的主要环节在谁,由谁牵头。据此裁定由该单位牵头,相关单位配合。", row_text(found.rows[0], RULING_TITLE));
  return demo_create(demo, demo_office(demo), RECORD_LINK, link, 5, NULL);
}

static int rule(struct demo *demo, size_t which, const struct demo_step *step) {
  const char *grounds = "按职责清单和点位所在,裁定由该单位牵头,相关单位配合;同类事项照此办理。";
  int64_t id;
  int status = find_one(demo, RECORD_RULING, RULING_PROBLEM, demo->problems[which], RULING_ASKED, &id);
  if (!status) status = precedent_of(demo, which, id, &grounds);
  const struct value values[] = {value_integer(RULING_LEAD, demo->units[step->unit]), value_text(RULING_GROUNDS, grounds)};
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_RULING, id, ACTION_RULE, values, 2, NULL);
  if (!status) demo->holders[which] = step->unit;
  return status;
}

/* ---- merging and splitting ---- */

static int merge(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct value into = value_integer(PROBLEM_MERGED_INTO, demo->problems[step->days]);
  return on_problem(demo, demo_office(demo), which, ACTION_MERGE, &into, 1, "与已入库的问题是同一件事,并入一并整改。");
}

/* Each part is taken by its unit on the same day. */
static int split(struct demo *demo, size_t which, const struct demo_step *step) {
  int64_t units[3];
  for (size_t i = 0; i < 3; i++) units[i] = demo->units[step->unit + i];
  const struct value among = value_many(PROBLEM_SPLIT_UNITS, units, 3), parent = value_integer(PROBLEM_PARENT, demo->problems[which]);
  struct demo_found found;
  int status = on_problem(demo, demo_office(demo), which, ACTION_SPLIT, &among, 1, NULL);
  enum store_error error = status ? STORE_OK : demo_find(demo, RECORD_PROBLEM, &parent, 1, &found);
  if (error) return call_store_fail(demo->call, error);
  for (size_t i = 0; !status && i < found.count; i++)
    for (size_t k = 0; !status && k < 3; k++)
      if (row_integer(found.rows[i], PROBLEM_LEAD_UNIT) == units[k])
        status = demo_act(demo, demo_liaison(demo, step->unit + k), RECORD_PROBLEM, found.rows[i]->id, ACTION_TAKE, NULL, 0, NULL);
  return status;
}

/* ---- suspending: the unit asks, DEMO_AGREE is the answer; the clock resumes it on its day ---- */

static int suspend(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct value until = value_integer(PROBLEM_SUSPENDED_UNTIL, DEMO_PRESENT_DATE - step->days);
  return on_problem(demo, demo_liaison(demo, demo->holders[which]), which, ACTION_SUSPEND, &until, 1,
                    "点位在地铁施工围挡内,围挡拆除前进不了场;围挡拆除后恢复整改,期间每周巡查、设警示牌。");
}

/* ---- the office ---- */

static int enter_colour(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct value colour = value_integer(PROBLEM_PLACEHOLDER, step->days);
  return on_problem(demo, demo_office(demo), which, ACTION_ENTER_COLOUR, &colour, 1, "按线下台账登记。");
}

static int hand_colour(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct value values[] = {value_integer(PROBLEM_HAND_COLOUR, COLOUR_YELLOW),
                                 value_integer(PROBLEM_HAND_COLOUR_UNTIL, DEMO_PRESENT_DATE - step->days)};
  return on_problem(demo, demo_office(demo), which, ACTION_HAND_SET_COLOUR, values, 2, "现场调度看,实际推进慢于系统数据,提示关注。");
}

/* Two of the office look into it and find nothing; who objected is answered. */
static int object(struct demo *demo, size_t which) {
  const struct value objection[] = {value_integer(OBJECTION_PROBLEM, demo->problems[which]),
                                    value_text(OBJECTION_TEXT, "公示的整改结果与我看到的不一样,要求再查。"),
                                    value_integer(OBJECTION_RECEIVED_ON, date_of_moment(demo->now)),
                                    value_integer(OBJECTION_CHANNEL, OBJECTED_BY_HOTLINE), value_text(OBJECTION_FROM, "市民 何某")};
  const struct value verdict[] = {value_integer(OBJECTION_VERDICT, UNFOUNDED),
                                  value_text(OBJECTION_REASON, "两人到现场核对,所反映处不在本问题的点位内,整改结果属实。")};
  const struct value reply = value_text(OBJECTION_REPLY, "经两人现场复核,公示的结果属实;您反映的另一处已另行登记。");
  int64_t id = 0;
  int status = demo_create(demo, demo_office(demo), RECORD_OBJECTION, objection, 5, &id);
  if (!status) status = demo_act(demo, demo_office(demo), RECORD_OBJECTION, id, ACTION_CONCLUDE, verdict, 2, NULL);
  if (!status) status = demo_act(demo, demo_second(demo), RECORD_OBJECTION, id, ACTION_AGREE, NULL, 0, NULL);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_OBJECTION, id, ACTION_ANSWER, &reply, 1, NULL);
}

/* ---- the results list ---- */

/* Four kinds of effect, each where it belongs: money in what auditors found, accountability in conduct, days in what is applied for. */
static struct value effect(uint16_t field, bool has, int64_t much) { return has ? value_integer(field, much) : value_nothing(field); }

/* One in eight is explained or solved in part: that is told apart, and not everything is open. */
static int fill_result(struct demo *demo, size_t which, const struct demo_step *step) {
  const struct demo_problem *problem = &demo->script->problems[which];
  bool open = problem->category != CATEGORY_PARTY && problem->secrecy < SECRECY_RESTRICTED,
       audited = problem->source == SOURCE_AUDIT_OLD || problem->source == SOURCE_AUDIT_NEW;
  int64_t outcome = which % 16 == 5 ? OUTCOME_EXPLAINED : which % 16 == 11 ? OUTCOME_PARTLY : OUTCOME_SOLVED, id;
  const struct value values[] = {value_integer(RESULT_OUTCOME, outcome),
                                 value_text(RESULT_ACHIEVED, arena_print(demo->scratch, "%s 已经做到。", problem->goal)),
                                 value_integer(RESULT_PEOPLE, (int64_t)(which * 37 % 900 + 40)),
                                 value_integer(RESULT_PUBLICITY, open ? PUBLICITY_OPEN : PUBLICITY_WITHHELD),
                                 open ? value_text(RESULT_PUBLIC_TEXT, problem->goal) : value_integer(RESULT_WITHHOLD, WITHHOLD_PARTY),
                                 value_integer(RESULT_MECHANISMS, which % 3 == 0),
                                 effect(RESULT_MONEY, audited, (int64_t)(which * 7919 % 900 + 15) * 1000000),
                                 effect(RESULT_ACCOUNTABLE, problem->category == CATEGORY_PARTY && which % 4 == 0,
                                        (int64_t)(which % 3 + 1)),
                                 effect(RESULT_DAYS_SAVED, problem->category == CATEGORY_OPENING && which % 2 == 0,
                                        (int64_t)(which % 20 + 3) * 10000)};
  int status = find_one(demo, RECORD_RESULT, RESULT_PROBLEM, demo->problems[which], RESULT_DRAFTED, &id);
  if (!status)
    status = demo_act(demo, demo_liaison(demo, demo->holders[which]), RECORD_RESULT, id, ACTION_EDIT, values,
                      sizeof values / sizeof *values, NULL);
  return status ? status : demo_act(demo, demo_office(demo), RECORD_RESULT, id, ACTION_CONFIRM, NULL, 0, NULL);
}

/* ---- a closing that was none: the office looks back, an acceptor goes and sees; the problem is open again by what was found ---- */

static int find_sham(struct demo *demo, size_t which) {
  const struct value of = value_integer(CHECK_PROBLEM, demo->problems[which]);
  const struct value found[] = {value_integer(CHECK_CHECKED_ON, date_of_moment(demo->now)), value_text(CHECK_PLACE, "整改现场"),
                                value_text(CHECK_FINDINGS, "虚假整改:照片是旧的,现场没有变化。")};
  int64_t check = 0;
  int status = demo_create(demo, demo_office(demo), RECORD_CHECK, &of, 1, &check);
  return status ? status : demo_act(demo, &demo_account(demo, "acceptor-2")->authority, RECORD_CHECK, check, ACTION_FAIL, found, 3, NULL);
}

int demo_step_beside(struct demo *demo, size_t which, const struct demo_step *step) {
  switch (step->kind) {
    case DEMO_TRANSFER: return transfer(demo, which, step);
    case DEMO_TRANSFER_TAKE: return take_transfer(demo, which, step);
    case DEMO_DISPUTE:
      return on_problem(demo, demo_liaison(demo, demo->holders[which]), which, ACTION_DISPUTE, NULL, 0,
                        "该事项的主管职责不在本单位,建议由主管单位牵头。");
    case DEMO_RULE: return rule(demo, which, step);
    case DEMO_MERGE: return merge(demo, which, step);
    case DEMO_SPLIT: return split(demo, which, step);
    case DEMO_SUSPEND: return suspend(demo, which, step);
    case DEMO_ENTER_COLOUR: return enter_colour(demo, which, step);
    case DEMO_CLOSE_OFF_LINE: return on_problem(demo, demo_office(demo), which, ACTION_CLOSE, NULL, 0, "线下已整改到位,按线下台账登记。");
    case DEMO_HAND_COLOUR: return hand_colour(demo, which, step);
    case DEMO_OBJECT: return object(demo, which);
    case DEMO_RESULT: return fill_result(demo, which, step);
    case DEMO_SHAM: return find_sham(demo, which);
    default: return EXIT_DONE; /* the rest is demo_step's */
  }
}
