/* Accounts: credentials and tokens of users, kept beside the records and never in the journal. Commands make them too. */
#ifndef BIHUAN_WEB_ACCOUNT_H
#define BIHUAN_WEB_ACCOUNT_H

#include "follow/house.h"

/* Gives the account (kept in lower case) its password; must_change: it serves only to set another one. Replaces what was there. */
enum store_error account_set_password(struct house *house, const char *account, int64_t user, const char *password, bool must_change, struct arena *arena);
/* Is the password right? ABSENT: no, or no such account (both take the same time). */
enum store_error account_check(struct house *house, const char *account, const char *password, struct arena *arena, int64_t *user, bool *must_change);
/* Why a password will not do; NULL sentences: it will. At least ten characters, not the account's name. */
struct label account_password_problem(const char *account, const char *password);

/* A token for programs: `Authorization: Bearer TOKEN`. Only its hash is kept; the token is shown once. */
enum token_scope { TOKEN_READ, TOKEN_WRITE, TOKEN_HOTLINE /* the hotline's two addresses, nothing else */, TOKEN_OPEN311 /* sends requests in, nothing else */, TOKEN_SCOPES };
extern const char *const TOKEN_SCOPE_NAMES[TOKEN_SCOPES]; /* "read" … */
bool token_scope_named(const char *name, enum token_scope *scope);
struct token_told {
  const char *id /* by which it is revoked: the beginning of its hash */, *name /* what it is for, NULL */;
  int64_t user, made_by, made, expires /* moments of the system's clock; 0 never */;
  enum token_scope scope;
};
typedef bool token_sink(void *with, const struct token_told *token);
/* told: all but the id. *token is the secret, *id how it is spoken of. */
enum store_error account_new_token(struct house *house, const struct token_told *told, struct arena *arena, char **token, char **id);
/* In order of their ids; user 0: of all. Ended ones are left out. */
enum store_error account_list_tokens(struct house *house, int64_t user, int64_t now, struct arena *arena, token_sink *sink, void *with);
/* By its id: it serves no more (on other servers within seconds). ABSENT: there is none. *told: whose it was. */
enum store_error account_revoke_token(struct house *house, const char *id, struct arena *arena, struct token_told *told);
/* What a token's side value says; false: it cannot be read. */
bool account_token_read(const char *value, size_t size, struct arena *arena, struct token_told *told);
#define TOKEN_DAYS_USUAL 365
#define TOKEN_DAYS_MOST 3650
#define TOKEN_ID_SIZE 16
/* Ends every session of the user; a server notices within seconds. */
enum store_error account_end_sessions(struct house *house, int64_t user, struct arena *arena);
/* The side key of a session's or token's secret. */
char *account_key(struct arena *arena, const char *secret);

#endif
