/* The link 来处与去处: provenance between any two records, shown from both ends. `from` arises from `to`: a problem from appeals or a topic.
   A link is seen with the record it stands on; its other end only by who may see that record. */
#include "records/types.h"

static const struct choice kinds[] = {
  {LINK_ARISES_FROM, "arises_from", {"来自", "Arises from"}}, {LINK_SAME_MATTER, "same_matter", {"同一事项", "Same matter"}}, {LINK_ANSWERS, "answers", {"答复", "Answers"}}, {LINK_MENTIONS, "mentions", {"提及", "Mentions"}},
  {LINK_PRECEDENT, "precedent", {"参照先例", "Follows the precedent"}},

  {LINK_MERGED_INTO, "merged_into", {"并入", "Merged into"}}, {LINK_ENDED_BY, "ended_by", {"由制度根治", "Ended by"}}, {LINK_IN_CAMPAIGN, "in_campaign", {"同时列入", "Also listed in"}}, {0}};
static const struct field fields[] = {
  {LINK_KIND, "kind", {"关系", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = kinds, .preset = LINK_ARISES_FROM, .has_preset = true},
  {LINK_FROM_TYPE, "from_type", {"从(类型)", "From, type"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = RECORD_CHOICES},
  {LINK_FROM_ID, "from_id", {"从", "From"}, F_INTEGER, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED}, /* -k: the k-th record made in the set */
  {LINK_TO_TYPE, "to_type", {"到(类型)", "To, type"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = RECORD_CHOICES},
  {LINK_TO_ID, "to_id", {"到", "To"}, F_INTEGER, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {LINK_NOTE, "note", {"说明", "Note"}, F_TEXT, 0, 0, 400},
};
#define MAKERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = { /* creation counts the appeals of the problem at its `from` end and marks them (EFFECT_PROGRESS) */
  {0, ACTION_CREATE, STATE_NONE, MAKERS, RELATION_ANY, {GUARD_ENDS_VISIBLE, GUARD_LINK_FITS}, .effects = {EFFECT_PROGRESS, EFFECT_LINK_HOLDS}, .label = {"关联", "Link"}},
};
static const struct permission permissions[] = {{ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ}, {MAKERS, RELATION_ANY, MAY_CREATE}};
static const uint16_t indexes[][3] = {{LINK_FROM_ID}, {LINK_TO_ID}};
const struct record_type TYPE_LINK = {
  .id = RECORD_LINK, .name = "link", .plural = "links", .label = {"关联", "Link"}, .label_plural = {"关联", "Links"},
  FIELDS(fields), TRANSITIONS(transitions), PERMISSIONS(permissions), .together = TOGETHER_VOID | TOGETHER_DESTROY, .group = GROUP_PART, .title = LINK_KIND, INDEXES(indexes)};
