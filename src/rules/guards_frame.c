/* Guards of the frame (PRACTICE.md): what a campaign takes, its categories, splitting and merging, off-line placeholders, topics, links,
   guidance groups. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

#define CATEGORY_LEVELS 3

static bool edits(const struct guard_facts *facts) { return facts->arrow->action == ACTION_EDIT; }

/* An edit that leaves the field alone is not asked about it. */
static bool left_alone(const struct guard_facts *facts, uint16_t field) {
  return edits(facts) && facts->before && value_equal(row_value(facts->before, field), row_value(facts->after, field));
}

static bool one_of(const struct value *many, int64_t id) {
  for (size_t i = 0; many->kind == VALUE_MANY && i < many->count; i++)
    if (many->many[i] == id) return true;
  return false;
}

static int64_t secrecy_of(const struct row *row) { return row->type->id == RECORD_PROBLEM ? row_integer(row, PROBLEM_SECRECY) : NOTHING; }

/* ---- what the campaign takes ---- */

static bool unit_taken(const struct guard_facts *facts) {
  const struct value *units = row_value(facts->campaign, CAMPAIGN_UNITS);
  if (units->kind != VALUE_MANY || units->count == 0) return true;
  for (size_t i = 0; i < facts->lead_line_count; i++)
    if (one_of(units, facts->lead_line[i])) return true;
  return false;
}

struct label guard_campaign_takes(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t source = row_integer(facts->after, PROBLEM_SOURCE),
          taken = facts->campaign ? row_integer(facts->campaign, CAMPAIGN_SOURCES) : NOTHING;
  bool any = taken == NOTHING || taken == 0 || source < 0 || source > 62;
  if (!facts->campaign) return HOLDS; /* found as required, or as not there */
  *field = PROBLEM_SOURCE;
  if (!any && !(taken & INT64_C(1) << source) && !left_alone(facts, PROBLEM_SOURCE) && facts->arrow->action != ACTION_SPLIT)
    return (struct label){"该专项工作不收这一来源的问题,请改选其所列来源", "this campaign takes no problem of this source; choose one of those it lists"};
  *field = PROBLEM_LEAD_UNIT;
  if (facts->lead_line_count && !unit_taken(facts) && !left_alone(facts, PROBLEM_LEAD_UNIT)) {
    const char *name = facts->unit ? row_text(facts->unit, UNIT_NAME) : NULL; /* of many parts it must be said which */
    if (name)
      return label_print(arena, "牵头单位“%s”不在该专项工作的参加单位之内(含其下级)",
                         "the lead unit \"%s\" is not among the units that take part in this campaign, nor below one of them", name);
    return (struct label){"牵头单位不在该专项工作的参加单位之内(含其下级)",
                          "the lead unit is not among the units that take part in this campaign, nor below one of them"};
  }
  return HOLDS;
}

struct label guard_category_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *category = facts->category;
  (void)arena;
  *field = PROBLEM_CATEGORY_RECORD;
  if (!category && facts->arrow->action == ACTION_SUBMIT && facts->own_categories > 0)
    return (struct label){"该专项工作有自己的类别,送审前须选定专项类别", "this campaign has categories of its own; choose one before submitting"};
  if (!category) return HOLDS;
  if (row_integer(category, CATEGORY_CAMPAIGN) != row_integer(facts->after, PROBLEM_CAMPAIGN))
    return (struct label){"这一类别属于另一专项工作,请选本专项的类别", "this category belongs to another campaign; choose one of this campaign"};
  if (category->state == FORCE_RETIRED && !left_alone(facts, PROBLEM_CATEGORY_RECORD))
    return (struct label){"这一类别已停用,请选在用的类别", "this category is retired; choose one that is in use"};
  return HOLDS;
}

struct label guard_category_tree(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *above = facts->tree_parent;
  *field = CATEGORY_PARENT;
  if (above && row_integer(above, CATEGORY_CAMPAIGN) != row_integer(facts->after, CATEGORY_CAMPAIGN))
    return (struct label){"上级类别属于另一专项工作", "the parent category belongs to another campaign"};
  if (above && above->state == FORCE_RETIRED && !edits(facts)) return (struct label){"上级类别已停用", "the parent category is retired"};
  if (facts->tree_levels >= CATEGORY_LEVELS) return label_print(arena, "类别最多 %d 级", "categories have %d levels at most", CATEGORY_LEVELS);
  *field = CATEGORY_CODE;
  return facts->same_code ? (struct label){"本专项已有此代码的类别,请换一个", "this campaign has a category of this code already; give another"} : HOLDS;
}

/* ---- splitting and merging ---- */

static bool ended(const struct row *part) { return part->state == PROBLEM_CLOSED || part->state == PROBLEM_SETTLED; }

/* Only how many: what a district does not show is not named to the city. */
struct label guard_parts_closed(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  size_t open = 0;
  (void)field;
  for (size_t i = 0; i < facts->part_count; i++) open += !ended(facts->parts[i]);
  if (!open) return HOLDS;
  return label_print(arena, "还有 %zu 件分解问题未销号;全部销号或撤销后方可办理",
                     "%zu of its parts are not closed; this is done once all of them are closed or withdrawn", open);
}

/* A district's office gives work to its own units; what another is to do is a transfer, or the city office's to say. */
static bool within_reach(const struct guard_facts *facts, int64_t unit) {
  for (size_t i = 0; !facts->system && i < facts->authority->held_count; i++) {
    const struct held *held = &facts->authority->held[i];
    bool has = held->all;
    for (size_t k = 0; !has && k < held->unit_count; k++) has = held->units[k] == unit;
    if (has && (held->role == ROLE_OFFICE || held->role == ROLE_DISTRICT_OFFICE)) return true;
  }
  return facts->system;
}

static struct label may_split(const struct guard_facts *facts, uint16_t *field) {
  const struct value *units = row_value(facts->after, PROBLEM_SPLIT_UNITS);
  if (row_integer(facts->after, PROBLEM_PARENT) != NOTHING) return (struct label){"分解出的问题不能再分解", "what was split off is not split again"};
  *field = PROBLEM_SPLIT_UNITS;
  for (size_t i = 0; i < facts->part_count; i++)
    if (one_of(units, row_integer(facts->parts[i], PROBLEM_LEAD_UNIT)))
      return (struct label){"其中有单位已分得一件,请只选还没有的单位", "one of these units has a part already; choose only units that have none"};
  for (size_t i = 0; units->kind == VALUE_MANY && i < units->count; i++)
    if (!within_reach(facts, units->many[i]))
      return (struct label){"区整改办只能分解给本区单位,其他单位请由市整改办分解",
                            "a district's office splits among its own units; for others the city's office does it"};
  return HOLDS;
}

struct label guard_part_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool part = row_integer(facts->after, PROBLEM_PARENT) != NOTHING;
  (void)arena;
  if (facts->arrow->action == ACTION_SPLIT) return may_split(facts, field);
  if (facts->arrow->action == ACTION_SHOW_ABOVE)
    return part && row_integer(facts->after, PROBLEM_LEVEL) == LEVEL_DISTRICT
               ? HOLDS
               : (struct label){"只有分解到区的问题由区里决定上级是否可见",
                                "only for what was split off to a district does the district decide whether it is shown above"};
  if (facts->arrow->action != ACTION_REOPEN || !facts->whole) return HOLDS;
  if (ended(facts->whole)) return (struct label){"上级问题已销号,请先重开上级问题", "the problem it is a part of is closed; re-open that one first"};
  return HOLDS;
}

static bool still_open(const struct row *problem) {
  bool going = problem->state >= PROBLEM_ADMITTED && problem->state <= PROBLEM_PUBLICISED;
  return going || problem->state == PROBLEM_DISPUTED || problem->state == PROBLEM_SUSPENDED;
}

struct label guard_merge_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *target = facts->target;
  (void)arena;
  if (row_integer(facts->after, PROBLEM_PARENT) != NOTHING) return (struct label){"分解出的问题不能并入别的问题", "what was split off is not merged"};
  if (facts->part_count) return (struct label){"已分解的问题不能并入别的问题,请先撤销各件", "a split problem is not merged; withdraw its parts first"};
  *field = PROBLEM_MERGED_INTO;
  if (!target) return HOLDS; /* found as required, or as not there */
  if (target->id == facts->after->id) return (struct label){"不能并入自身", "a problem is not merged into itself"};
  if (row_integer(target, PROBLEM_CAMPAIGN) != row_integer(facts->after, PROBLEM_CAMPAIGN))
    return (struct label){"只能并入同一专项工作的问题", "it is merged into a problem of the same campaign only"};
  if (target->voided || !still_open(target))
    return (struct label){"要并入的问题须已入库且未销号", "the problem it goes into must be admitted and not closed"};
  if (!within_reach(facts, row_integer(target, PROBLEM_LEAD_UNIT)))
    return (struct label){"区整改办只能并入本区单位牵头的问题,其他的请由市整改办办理",
                          "a district's office merges into what its own units lead; the rest is for the city's office"};
  if (row_integer(target, PROBLEM_PARENT) != NOTHING)
    return (struct label){"不能并入分解出的问题,请并入其上级问题", "not into what was split off; name the problem above it"};
  return secrecy_of(target) == SECRECY_PLACEHOLDER ? (struct label){"不能并入离线涉密占位", "nothing is merged into an off-line placeholder"} : HOLDS;
}

/* ---- off-line placeholders: number and code name only (PRACTICE.md, daily work 4) ---- */

static bool filled(const struct row *row, uint16_t field) {
  const struct value *value = row_value(row, field);
  return value->kind == VALUE_MANY   ? value->count > 0
         : value->kind == VALUE_TEXT ? value->size > 0
                                     : value->kind == VALUE_INTEGER && value->integer != NOTHING;
}

/* What a placeholder holds of what people give: its code name, where it is counted, who answers for it, by when and by which route.
   Whatever else can be given, by a field to come as well, would tell what is secret. */
static bool told_of_placeholder(uint16_t field) {
  static const uint16_t TOLD[] =
      {PROBLEM_TITLE, PROBLEM_CAMPAIGN,        PROBLEM_CATEGORY,       PROBLEM_CATEGORY_RECORD, PROBLEM_SOURCE, PROBLEM_KIND,
       PROBLEM_LEVEL, PROBLEM_PRIORITY,        PROBLEM_HARD,           PROBLEM_LEAD_UNIT,       PROBLEM_DUE,    PROBLEM_SECRECY,
       PROBLEM_ROUTE, PROBLEM_PUBLICITY_SCOPE, PROBLEM_WITHHOLD_REASON};
  for (size_t i = 0; i < sizeof TOLD / sizeof *TOLD; i++)
    if (TOLD[i] == field) return true;
  return false;
}

static struct label nothing_else(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct record_type *type = facts->after->type;
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *one = &type->fields[i];
    bool by_rules = (one->flags & FIELD_DERIVED) || one->writers == ROLE(ROLE_CLOCK);
    if (by_rules || told_of_placeholder(one->id) || !filled(facts->after, one->id)) continue;
    *field = one->id;
    return (struct label){arena_print(arena, "离线涉密占位只记编号和代号,不能填写“%s”", one->label.zh),
                          arena_print(arena, "an off-line placeholder holds number and code name only; leave \"%s\" empty", one->label.en)};
  }
  return HOLDS;
}

/* Which of the two a problem is, is decided when it is registered: what was once written stays in the journal until it is destroyed. */
struct label guard_placeholder_bare(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool is = secrecy_of(facts->after) == SECRECY_PLACEHOLDER, was = facts->before && secrecy_of(facts->before) == SECRECY_PLACEHOLDER;
  if (!is && !was) return HOLDS;
  *field = PROBLEM_SECRECY;
  if (facts->before && is != was)
    return (struct label){"登记后不能改为或改自离线涉密占位;误录的请销毁后重新登记", "after registering it cannot become, or cease to be, an off-line placeholder; destroy what was entered by mistake and register anew"};
  if (!facts->system && !(facts->authority->roles & ROLE(ROLE_OFFICE)))
    return (struct label){"离线涉密占位由整改办办理", "off-line placeholders are for the coordinating office alone"};
  return nothing_else(facts, arena, field);
}

struct label guard_placeholder(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->after->type->id == RECORD_PROBLEM ? facts->after : facts->parent;
  bool is = problem && secrecy_of(problem) == SECRECY_PLACEHOLDER;
  bool wanted = facts->arrow->action == ACTION_ENTER_COLOUR || facts->arrow->action == ACTION_CLOSE;
  (void)arena;
  (void)field;
  if (is == wanted) return HOLDS;
  if (wanted) return (struct label){"只有离线涉密占位才这样办理", "this is for off-line placeholders only"};
  return (struct label){"离线涉密占位只记编号和代号,在线下整改,由整改办登记颜色和结果", "an off-line placeholder holds number and code name only: it is put right off-line, and the office enters its colour and result"};
}

/* ---- topics ---- */

struct label guard_tasks_done(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  if (facts->tasks_open) return label_print(arena, "还有 %lld 项任务未完成", "%lld of its tasks are not done", (long long)facts->tasks_open);
  *field = TOPIC_LED_TO;
  if (facts->led_to || filled(facts->after, TOPIC_LED_TO)) return HOLDS;
  return (struct label){"请先关联由此产生的问题、措施或制度,或写明“形成成果”",
                        "link the problems, measures or mechanisms that came of it first, or say what it led to"};
}

struct label guard_topic_open(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->parent && facts->parent->state == TOPIC_CLOSED ? (struct label){"所属课题已结题", "its topic is closed"} : HOLDS;
}

/* ---- links and grants ---- */

static struct label in_campaign(const struct guard_facts *facts, int64_t from, int64_t to) {
  if (from != RECORD_PROBLEM || to != RECORD_CAMPAIGN)
    return (struct label){"“同时列入”须从问题指向专项工作", "\"also listed in\" goes from a problem to a campaign"};
  if (!facts->system && !(facts->authority->roles & ROLE(ROLE_OFFICE)))
    return (struct label){"同时列入另一专项工作由整改办办理", "listing a problem in another campaign is for the coordinating office"};
  if (facts->linked_from && row_integer(facts->linked_from, PROBLEM_CAMPAIGN) == row_integer(facts->after, LINK_TO_ID))
    return (struct label){"问题本就属于这一专项工作", "the problem belongs to this campaign already"};
  return facts->same_links ? (struct label){"已同时列入这一专项工作", "it is listed in this campaign already"} : HOLDS;
}

struct label guard_link_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t kind = row_integer(facts->after, LINK_KIND), from = row_integer(facts->after, LINK_FROM_TYPE),
          to = row_integer(facts->after, LINK_TO_TYPE);
  const struct row *one = facts->linked_from, *other = facts->linked_to;
  bool covert = (one && secrecy_of(one) == SECRECY_PLACEHOLDER) || (other && secrecy_of(other) == SECRECY_PLACEHOLDER);
  (void)arena;
  *field = LINK_KIND;
  if (covert && kind != LINK_IN_CAMPAIGN) /* what it stands beside would say what it is about */
    return (struct label){"离线涉密占位只记编号和代号,不与其他记录关联", "an off-line placeholder holds number and code name only: it is linked with nothing"};
  if (kind == LINK_IN_CAMPAIGN) return in_campaign(facts, from, to);
  if (kind == LINK_MERGED_INTO && !facts->system) return (struct label){"并入请在问题页办理“并入”", "merging is done by the problem's own action"};
  if (kind != LINK_ENDED_BY) return HOLDS;
  return to == RECORD_MECHANISM && (from == RECORD_PROBLEM || from == RECORD_TOPIC || from == RECORD_APPEAL)
           ? HOLDS
           : (struct label){"“由制度根治”须从问题、课题或诉求指向制度", "\"ended by\" goes from a problem, topic or appeal to a mechanism"};
}

struct label guard_guidance_grant(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool guides = row_integer(facts->after, GRANT_ROLE) == ROLE_GUIDANCE, group = filled(facts->after, GRANT_GUIDANCE_GROUP);
  (void)arena;
  *field = GRANT_GUIDANCE_GROUP;
  if (guides && !group) return (struct label){"指导组成员须指明所在指导组", "a member of a guidance group needs the group named"};
  if (!guides && group) return (struct label){"只有指导组成员才填指导组", "a group is named for members of guidance groups only"};
  *field = GRANT_UNIT;
  return guides && filled(facts->after, GRANT_UNIT)
             ? (struct label){"单位范围由指导组决定,请留空", "the units are those of the group; leave this empty"}
             : HOLDS;
}
