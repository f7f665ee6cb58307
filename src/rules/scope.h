/* Who may see and do what: a user's grants in force, resolved into the scope of one record type. Roles are
   known here and above, never in the store. */
#ifndef BIHUAN_RULES_SCOPE_H
#define BIHUAN_RULES_SCOPE_H

#include "store/store.h"

/* One grant in force: role × units (the subtree below, when the grant says so) × relation × secrecy ceiling. */
struct held {
  enum role_code role;
  const int64_t *units;
  size_t unit_count;
  bool all;
  uint8_t secrecy;
  int64_t deputy_for, campaign /* of a guidance group; 0 any */;
};
struct authority {
  int64_t user, unit;            /* unit: the user's own */
  const char *account, *name; enum language language;
  role_set roles;                /* union of the grants' */
  const struct held *held; size_t held_count;
  bool parts_hidden;             /* some district shows the city less than all: city-wide readers do not see it */
  const int64_t *hidden; size_t hidden_count; /* appeals never shown to this user: whistle-blowers' about the user's own units */
};
/* The program itself: ROLE_CLOCK, sees all. */
extern const struct authority AUTHORITY_SYSTEM;

/* Reads the user's grants in force on the date of `now` (valid from/to, user and unit in force), unit subtrees expanded.
   ABSENT: no such user, or disabled. */
enum store_error authority_load(struct reader *reader, int64_t user, int64_t now, struct arena *arena, struct authority *authority);
enum store_error authority_by_account(struct reader *reader, const char *account, int64_t now, struct arena *arena, struct authority *authority);

/* The scope in which this user `may` (MAY_READ, …) deal with records of the type; empty when nothing. Lives in the arena. */
const struct scope *scope_for(struct arena *arena, const struct authority *authority, const struct record_type *type, unsigned may);
/* Does the user stand in this relation, in one of these roles, to this record? (RELATION_OUTSIDE: one of the roles, and no unit of
   the user's own leads or joins.) The parent row is needed for types with `parent` and may be NULL otherwise. */
bool authority_stands(const struct authority *authority, role_set roles, enum relation_code relation,
                      const struct row *row, const struct row *parent);
/* Those of whom one may act where these roles may: a district's office stands for the coordinating office within its district. */
role_set roles_standing(role_set roles);
/* The same question: for whom? 0: in his own right, by a grant that makes him nobody's deputy. */
int64_t authority_behalf(const struct authority *authority, role_set roles, enum relation_code relation, const struct row *row,
                         const struct row *parent);
bool field_readable(const struct authority *authority, const struct field *field);
bool field_writable(const struct authority *authority, const struct field *field);

#endif
