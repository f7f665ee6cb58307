/* Accounts: credentials and tokens of users, kept beside the records and never in the journal. Commands make them too. */
#ifndef BIHUAN_WEB_ACCOUNT_H
#define BIHUAN_WEB_ACCOUNT_H

#include "follow/house.h"

/* Gives the account (kept in lower case) its password; must_change: it serves only to set another one. Replaces what was there. */
enum store_error account_set_password(struct house *house, const char *account, int64_t user, const char *password, bool must_change, struct arena *arena);
enum store_error account_remove(struct house *house, const char *account, struct arena *arena); /* nobody signs in by it any more */
/* Is the password right? ABSENT: no, or no such account (both take the same time). */
enum store_error account_check(struct house *house, const char *account, const char *password, struct arena *arena, int64_t *user, bool *must_change);
/* Why a password will not do; NULL sentences: it will. At least ten characters, not the account's name. */
struct label account_password_problem(const char *account, const char *password);

/* A token for programs: `Authorization: Bearer TOKEN`. Only its hash is kept: *token is shown once. expires: moment of the system's
   clock, 0 never. writes false: it may only read. */
enum store_error account_new_token(struct house *house, int64_t user, bool writes, int64_t expires, struct arena *arena, char **token);
enum store_error account_remove_token(struct house *house, const char *token, struct arena *arena);
/* Ends every session of the user; a server notices within seconds. */
enum store_error account_end_sessions(struct house *house, int64_t user, struct arena *arena);
/* The side key of a session's or token's secret. */
char *account_key(struct arena *arena, const char *secret);

#endif
