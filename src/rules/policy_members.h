/* Private to rules/: the numbers of a policy between its record and the struct. */
#ifndef BIHUAN_RULES_POLICY_MEMBERS_H
#define BIHUAN_RULES_POLICY_MEMBERS_H

#include "rules/policy.h"

void policy_members_preset(struct policy *policy);                       /* each as its field is preset */
void policy_members_take(const struct row *row, struct policy *policy);  /* each that the record gives; the others stay */

#endif
