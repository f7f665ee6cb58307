/* What an auditor takes out of the house: the proof of one entry as a file, and the newest signed head of the tree with the key that checks
   it. */
#include <string.h>

#include "store/seal.h"
#include "web/web.h"

/* The entry's contents only for who may read its record; without them the proof still holds, for the header alone. */
static enum store_error contents_readable(struct request *request, const struct entry *entry, bool *readable) {
  const struct record_type *type = record_type((enum record_id)entry->type);
  struct row *row = NULL;
  enum store_error error = type ? reader_get(request->reader, type, request_scope(request, type, MAY_READ), entry->record, request->arena,
                                             &row)
                                : STORE_ABSENT;
  *readable = error == STORE_OK;
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* `size`: in the tree of a head that one holds already; else as it is now. */
void journal_proof_give(struct request *request) {
  struct proof *proof = ARENA_NEW(request->arena, struct proof);
  bool readable = false;
  if (!request_reader(request)) return;
  enum store_error error = proof_make(request->house->store, request->reader, request->id, request_argument_integer(request, "size", 0),
                                      request->arena, proof);
  if (!error) error = contents_readable(request, &proof->entry, &readable);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  if (error) return;
  if (!readable) {
    proof->entry.body = NULL;
    proof->entry.body_size = 0;
    memset(proof->entry.salt, 0, sizeof proof->entry.salt); /* with it the contents could be guessed at */
  }
  const char *text = proof_print(request->arena, proof);
  answer_header(request, "Content-Disposition",
                arena_print(request->arena, "attachment; filename=\"proof-%lld.json\"", (long long)request->id));
  answer_bytes(request, 200, "application/json", text, strlen(text));
}

void journal_head_give(struct request *request) {
  struct tree_head head;
  uint8_t key[PUBLIC_KEY_SIZE];
  if (!request_head(request)) return;
  enum store_error error = tree_head_sign(request->house->store, request->reader, &head);
  if (!error) error = tree_public_key(request->house->store, key);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_pair(json, "line", tree_head_print(request->arena, &head));
  json_pair_integer(json, "size", head.size);
  json_pair_integer(json, "epoch", head.epoch);
  json_pair(json, "moment", moment_print(request->arena, head.moment));
  json_pair(json, "public_key", hex_write(request->arena, key, sizeof key));
  out_close(request, 200);
}
