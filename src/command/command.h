/* Commands: a row in command/commands.c and a function. A command never ends the process and keeps no global state, so that a
   running server can carry it out for another process (over DATA/bihuan.sock). */
#ifndef BIHUAN_COMMAND_COMMAND_H
#define BIHUAN_COMMAND_COMMAND_H

#include <stdio.h>
#include "follow/house.h"

struct call {
  int argc; char **argv;           /* behind the command's name; --data, --db, --as, --json, --lang are taken out already */
  const char *data, *db, *as; bool json; enum language language;
  const char *folder;              /* working folder of the caller: relative paths are meant from there (call_path) */
  FILE *out, *err;
  FILE *in;                        /* the caller's standard input */
  int all_count; char **all;       /* the whole line as typed, behind the program's name: what is handed over to a server */
  struct house *house;             /* open, unless the row says COMMAND_NO_STORE */
  struct authority authority;      /* of --as; AUTHORITY_SYSTEM when none is given and the command asks for none (call_needs_account) */
  struct arena *arena;
};
#define ACCOUNTS_FILE "demo-accounts.txt" /* in the data folder of a store that the program filled: its sign-ins, for its owner only */
enum command_flag { COMMAND_NO_STORE = 1, COMMAND_CREATES = 2, COMMAND_ALONE = 4 /* not beside a running server */, COMMAND_FOLLOWERS = 32, COMMAND_DRAFT = 64 /* fills a new store, and settles it */ };
struct command {
  const char *name; unsigned flags;
  int (*run)(struct call *call);   /* exit status: 0 done, 1 found something wrong, 2 wrong use, 3 the store did not answer */
  struct label summary; const char *usage /* lines after "bihuan NAME" */, *help_zh, *help_en;
};
extern const struct command COMMANDS[]; extern const size_t COMMAND_COUNT;
const char *call_path(struct call *call, const char *path);
int call_fail(struct call *call, int status, struct label sentence); /* prints (or as JSON) and returns status */
/* "--name VALUE" or "--name" among argv: taken out and returned; NULL / false when absent. */
const char *call_option(struct call *call, const char *name);
bool call_flag(struct call *call, const char *name);
#endif
