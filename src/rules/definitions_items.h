/* Private to rules/: the predicates of the table's definitions over checks, cases and mechanisms. */
#ifndef BIHUAN_RULES_DEFINITIONS_ITEMS_H
#define BIHUAN_RULES_DEFINITIONS_ITEMS_H

#include "rules/definitions.h"

item_predicate spot_checked, spot_passed, looked_back, look_back_passed, check_waiting, sham_found, case_counted, case_is_made,
    mechanism_in_force, mechanism_compared, mechanism_works_well;

#endif
