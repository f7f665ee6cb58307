/* Private to command/: how a line becomes a call, what the commands share, and handing a call over to the server that holds
   the store. */
#ifndef BIHUAN_COMMAND_PROGRAM_H
#define BIHUAN_COMMAND_PROGRAM_H

#include "base/json.h"
#include "command/command.h"
#include "web/portal.h"

#ifndef BIHUAN_VERSION
#define BIHUAN_VERSION "0.1.0"
#endif
enum exit_status { EXIT_DONE = 0, EXIT_WRONG = 1 /* found something wrong */, EXIT_USE = 2 /* wrong use */, EXIT_STORE = 3 /* the store did not answer */ };

/* ---- program.c: from a line to a call ---- */
struct line {
  int argc; char **argv;           /* behind the program's name */
  const char *folder;              /* of the caller */
  FILE *in, *out, *err;
  const char *language;            /* LANG of the caller, NULL unknown */
  const char *data;                /* BIHUAN_DATA of the caller, NULL */
  struct house *house;             /* the running house, when handed over */
};
int program_run(const struct line *line);
/* Takes "--name VALUE", "--name=VALUE" or "--name" out of a list of words. */
const char *words_option(int *argc, char **argv, const char *name);
bool words_flag(int *argc, char **argv, const char *name);

/* ---- call.c: what commands share ---- */
const char *call_say(const struct call *call, struct label label);
/* False (and the usage on err) when words are left over, too few or too many stand, or an option is unknown. */
bool call_words(struct call *call, int least, int most);
int call_usage(struct call *call, struct label sentence);           /* wrong use: the sentence, the usage, EXIT_USE */
int call_store_fail(struct call *call, enum store_error error);     /* EXIT_STORE with its sentence */
/* Prints what the door found; EXIT_WRONG. */
int call_refused(struct call *call, const struct outcome *outcome);
/* call->authority by account; EXIT_DONE, or the failure was printed. */
int call_act_as(struct call *call, const char *account);
/* Needs --as; in a test store the demo's office account serves where none is given. */
int call_needs_account(struct call *call);
#define DEMO_OFFICE "office"
/* --json: the object that ends the output. */
struct call_json { struct buffer buffer; struct json json; };
struct json *call_json_open(struct call *call, struct call_json *out);
void call_json_close(struct call *call, struct call_json *out);
void call_print(struct call *call, const char *zh, const char *en, ...);
/* The whole file; NULL: the failure was printed. "-" reads the caller's standard input. */
char *call_read_file(struct call *call, const char *path, size_t *size);
/* Runs changes through the door as call->authority. EXIT_DONE: outcome stands; else the failure was printed. */
int call_change(struct call *call, const struct authority *authority, const struct change *changes, size_t count, struct outcome *outcome);

/* ---- desk.c: opening the store, or handing over to who holds it ---- */
/* Runs with call->house open (by the row's flags): the running house; or opened here, under the folder's lock; or handed over. */
int call_with_store(struct call *call, unsigned flags, int (*run)(struct call *call));
/* The lock of a data folder: who holds it has the store for itself. -1: somebody else does, -2: the folder cannot be used. */
int data_lock(const char *data);
void data_unlock(int lock);

/* ---- handover.c: over DATA/bihuan.sock ---- */
/* False: nobody listens there. The caller's own standard streams are handed over with the words. */
bool handover_send(struct call *call, int *status);
struct handover;
/* Accepts calls on a thread of its own, each served on a thread. NULL: *reason says why. */
struct handover *handover_start(struct house *house, const char *data, struct arena *arena, struct label *reason);
void handover_stop(struct handover *handover); /* finishes what runs */

/* ---- lookup.c: names given on the command line ---- */
/* Each prints what is wrong, with the nearest names, and returns an exit status. */
int find_unit(struct call *call, struct reader *reader, const char *text, int64_t *id);
int find_user(struct call *call, struct reader *reader, const char *account, struct row **user);
int find_type(struct call *call, const char *name, const struct record_type **type);
/* A number, or for problems also "SJ-0001". */
int find_record(struct call *call, struct reader *reader, const struct record_type *type, const char *text, int64_t *id);
/* field=value, field.lt=value … → conditions */
int read_conditions(struct call *call, struct reader *reader, const struct record_type *type, char **words, int count,
                    struct condition *conditions);

/* ---- the rows of commands.c ---- */
typedef int command_function(struct call *call);
command_function command_policy; /* policy.c */
command_function command_serve, command_import, command_export, command_returns, command_open311, command_pull, command_ledger,
    command_user, command_demo, command_clock, command_draw, command_colour, command_verify, command_proof, command_head, command_destroy,
    command_backup, command_restore, command_openapi, command_version, command_definitions, command_boards, command_bench;
command_function command_portal, command_ferry;
command_function group_compare, group_last; /* group_compare.c: what group does with a store */
command_function command_rounds, command_chase, command_group, command_mail, command_train, command_district_map;

#endif
