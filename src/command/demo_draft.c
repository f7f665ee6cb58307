/* A large demo for PostgreSQL is played in a draft beside it and then carried over whole: a year is seventy thousand sets through the door,
   each of which would ask the server several times. The entries, ids and hashes are those of the draft. */
#include "command/demo_play.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *folder_of(const struct demo *demo) { return arena_print(demo->arena, "%s/draft", demo->call->data); }

static void clear_folder(struct demo *demo) {
  static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm", "side.db", "side.db-wal", "side.db-shm"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) unlink(arena_print(demo->arena, "%s/%s", folder_of(demo), files[i]));
  rmdir(folder_of(demo));
}

static int open_instead(struct demo *demo, const char *db, unsigned flags) {
  struct call *call = demo->call;
  struct label reason = {NULL, NULL};
  house_close(call->house);
  call->house = NULL;
  enum store_error error = house_open(call->data, db, flags, &call->house, demo->arena, &reason);
  return error ? call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error)) : EXIT_DONE;
}

int demo_draft_open(struct demo *demo) {
  clear_folder(demo); /* of one that was cut off */
  return open_instead(demo, folder_of(demo), HOUSE_CREATE | HOUSE_DRAFT);
}

int demo_draft_carry(struct demo *demo) {
  struct call *call = demo->call;
  struct store_options options = {.url = folder_of(demo), .data = call->data, .schema = &SCHEMA};
  struct store *draft = NULL;
  struct label reason = {NULL, NULL};
  int status = open_instead(demo, call->db, 0);
  if (status) return status;
  enum store_error error = store_open(&options, &draft, demo->arena, &reason);
  if (!error) error = store_carry(draft, call->house->store);
  if (!error) store_optimize(call->house->store); /* a planner that keeps figures has none yet */
  store_close(draft);
  clear_folder(demo);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}
