/* Acting for others. A deputy acts by a grant that says for whom: the journal names both. And what somebody decided on paper may be
   entered by the office, or by the unit's liaison, with the scanned page in the same set: the decision is then judged by what that
   person may do, the entry names who typed it and on whose behalf. */
#include "rules/behalf.h"

#include <string.h>

int64_t behalf_of_deputy(const struct decision *decision) {
  const struct row *row = decision->before ? decision->before : decision->after;
  const struct record_type *type = decision->type;
  unsigned may = decision->before ? MAY_EDIT : MAY_CREATE;
  int64_t behalf = 0, found;
  if (decision->system) return 0;
  if (decision->arrow) return authority_behalf(decision->authority, decision->arrow->roles, decision->arrow->who, row, decision->parent);
  for (size_t i = 0; i < type->permission_count; i++) {
    const struct permission *permission = &type->permissions[i];
    if (!(permission->may & may) || !authority_stands(decision->authority, permission->roles, permission->relation, row, decision->parent))
      continue;
    found = authority_behalf(decision->authority, permission->roles, permission->relation, row, decision->parent);
    if (!found) return 0;
    behalf = found;
  }
  return behalf;
}

/* ---- entered for somebody ---- */

static bool is_evidence(const struct change *change) { return change->type->id == RECORD_EVIDENCE && change->id == 0; }

const struct authority *behalf_authority(const struct set *set, const struct change *change) {
  const struct context *context = set->context;
  return context->represented && !is_evidence(change) ? context->represented : context->authority;
}

static unsigned bit_of(const struct change *change) {
  if (change->type->id == RECORD_PROBLEM && change->action == ACTION_ENDORSE) return 1u << BEHALF_ENDORSE;
  if (change->type->id == RECORD_APPROVAL && (change->action == ACTION_AGREE || change->action == ACTION_DISAGREE))
    return 1u << BEHALF_AGREE;
  return 0;
}

static const struct value *value_in(const struct change *change, uint16_t field) {
  for (size_t i = 0; i < change->value_count; i++)
    if (change->values[i].field == field) return &change->values[i];
  return NULL;
}

/* A page or a picture of it, handed in with this very set as evidence of the problem. */
static bool page_there(const struct set *set, int64_t problem) {
  for (size_t i = 0; i < set->change_count; i++) {
    const struct change *change = &set->changes[i];
    const struct value *of = value_in(change, EVIDENCE_PROBLEM), *file = value_in(change, EVIDENCE_FILE),
                       *media = value_in(change, EVIDENCE_MEDIA_TYPE);
    if (!is_evidence(change) || !of || of->integer != problem || !file || file->kind != VALUE_TEXT || !file->size) continue;
    if (media && media->kind == VALUE_TEXT && (strncmp(media->text, "image/", 6) == 0 || strcmp(media->text, "application/pdf") == 0))
      return true;
  }
  return false;
}

static enum store_error problem_read(struct decision *decision, struct row **problem) {
  bool approval = decision->type->id == RECORD_APPROVAL;
  *problem = NULL;
  if (decision->type->id == RECORD_PROBLEM) {
    *problem = decision->before;
    return STORE_OK;
  }
  if (!approval || row_integer(decision->before, APPROVAL_TYPE) != RECORD_PROBLEM) return STORE_OK;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM,
                                      row_integer(decision->before, APPROVAL_RECORD), decision->set->scratch, problem);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error behalf_check(struct decision *decision) {
  struct set *set = decision->set;
  const struct context *context = set->context;
  unsigned bit = bit_of(decision->change);
  struct row *problem = NULL;
  struct policy policy;
  if (!context->represented || decision->depth || decision->authority != context->represented) return STORE_OK;
  enum store_error error = bit && decision->before ? problem_read(decision, &problem) : STORE_OK;
  if (error == STORE_OK && problem) error = policy_for(set->reader, row_integer(problem, PROBLEM_CAMPAIGN), context->now, set->scratch, &policy);
  if (error != STORE_OK) return error;
  if (!problem || !(policy.behalf_actions & bit))
    set_find(decision, VERDICT_NOT_NOW, 0, "behalf_action", (struct label){"这一事项不能代录(口径规定可代录的事项;签字、审批须对应某个问题)", "this cannot be entered on behalf: the policy says what may, and it must concern a problem"});
  else if (!page_there(set, problem->id))
    set_find(decision, VERDICT_NOT_NOW, 0, "behalf_picture", (struct label){"代录须在同一次提交中附上本人签批的扫描件或照片(图片或 PDF,作为该问题的佐证)",
                                                                            "what is entered on behalf needs the scanned page in the same set: an image or PDF, as evidence of the problem"});
  if (problem && !authority_stands(context->authority, ROLE(ROLE_OFFICE), RELATION_ANY, problem, NULL) && !authority_stands(context->authority, ROLE(ROLE_LIAISON), RELATION_LEAD, problem, NULL))
    set_find(decision, VERDICT_FORBIDDEN, 0, "behalf_by", (struct label){"只有整改办或牵头单位的联络员可以代录", "only the office, or a liaison of the lead unit, enters on behalf"});
  return STORE_OK;
}
