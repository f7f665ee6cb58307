/* Is the journal what was sealed? Reads it once in order, in blocks and constant memory, and holds it against itself:
   numbers dense, body and salt against the commitment, header against the leaf, the growing tree against the nodes
   and the signed heads that are kept, and against a head from outside. Whether the tables are what the journal adds
   up to is verify_tables.c. Nothing here mends anything.

   What can be named: where commitment or leaf disagree, the very entry. Where somebody computed those anew, only the
   tree disagrees: then the altered entry lies behind the last signed head that still holds, and the first one behind
   it is named, saying so. */
#include "store/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "store/driver.h"
#include "store/tree.h"

/* One block of entries: the heads kept for its sizes share all but the last three digits of their key. */
enum { BLOCK = 1000, BLOCK_DIGITS = 17, NODES = 16 };

struct node { int64_t first, last; };                                       /* over entries first … last */
struct bare { int64_t number, record; uint16_t type; };                      /* an entry without body */

struct check {
  struct store *store; struct reader *reader; const struct tree_head *since;
  struct findings *findings;
  struct frontier frontier;
  int64_t block, expected;               /* the number that must come next */
  int64_t held;                          /* size of the last signed head that holds */
  int64_t lowest;                        /* lowest entry altered for sure since then, 0 none */
  bool any;                              /* the block, or one after it, has an entry */
  bool lost;                             /* the tree cannot be followed further: an entry is missing or its root was wrong */
  bool has_key; uint8_t public_key[PUBLIC_KEY_SIZE];
  struct arena *scratch;                 /* of one block */
  struct tree_head *heads; size_t head_count, head_at; /* signed ones of this block, by size */
  struct node doubtful[NODES]; size_t doubtful_count;  /* disagree with the kept ones; the next signed head decides which is wrong */
  struct bare *bare; size_t bare_count;
  enum store_error error;                /* met while the tree grew */
  struct damage *damages; size_t damage_count, damage_room; /* of this block, reported in order */
};

void finding_report(struct findings *findings, const struct damage *damage) {
  if (!findings->stopped) findings->stopped = !findings->sink(findings->with, damage);
}

/* ---- findings of a block ---- */

static void found(struct check *check, int64_t number, struct label sentence) {
  ARENA_ROOM(check->scratch, check->damages, check->damage_count, check->damage_room, 16);
  check->damages[check->damage_count++] = (struct damage){.number = number, .sentence = sentence};
}

static void found_entry(struct check *check, const struct entry *entry, const char *zh, const char *en) {
  struct findings *findings = check->findings;
  found(check, entry->number, label_print(findings->arena, zh, en, entry->number));
  if (!check->lowest) check->lowest = entry->number;
  if (entry->record && findings->suspect_count < SUSPECTS) {
    findings->suspects[findings->suspect_count].type = entry->type;
    findings->suspects[findings->suspect_count++].record = entry->record;
  }
}

static int by_number(const void *one, const void *other) {
  int64_t a = ((const struct damage *)one)->number, b = ((const struct damage *)other)->number;
  return a < b ? -1 : a > b;
}

static void block_report(struct check *check) {
  if (check->damage_count) qsort(check->damages, check->damage_count, sizeof *check->damages, by_number);
  for (size_t i = 0; i < check->damage_count; i++) finding_report(check->findings, &check->damages[i]);
  check->damages = NULL;
  check->damage_count = check->damage_room = 0;
}

/* ---- the tree against nodes and heads ---- */

/* A signed head holds: then entries up to it stand, and nodes that disagreed were themselves altered. */
static void head_held(struct check *check, int64_t size) {
  size_t left = 0;
  for (size_t i = 0; i < check->doubtful_count; i++) {
    const struct node *node = &check->doubtful[i];
    if (node->last > size) {
      check->doubtful[left++] = *node;
      continue;
    }
    found(check, node->first, label_print(check->findings->arena, "第%" PRId64 "至%" PRId64 "号条目的树节点被改动过（条目本身与所签的树根相符）",
                                          "the kept tree node over entries %" PRId64 " to %" PRId64 " was altered (the entries hold against a signed head)", node->first, node->last));
  }
  check->doubtful_count = left;
  check->held = size;
  check->lowest = 0;
}

/* A signed head does not hold: an entry behind the last one that did was altered, and its hashes computed anew. */
static void head_failed(struct check *check, int64_t size, struct label whose) {
  int64_t first = check->held + 1;
  for (size_t i = 0; i < check->doubtful_count; i++)
    if (check->doubtful[i].first > first) first = check->doubtful[i].first;
  if (!check->lowest)
    found(check, first,
          (struct label){arena_print(check->findings->arena,
                                     "第%" PRId64 "至%" PRId64 "号条目中有被改动过的：与%s（%" PRId64 "条）不符，第%" PRId64
                                     "号是最后仍相符的树根之后的第一条",
                                     first, size, whose.zh, size, first),
                         arena_print(check->findings->arena,
                                     "among entries %" PRId64 " to %" PRId64 " one was altered: they do not give %s (of %" PRId64
                                     "); %" PRId64 " is the first behind the last head that still holds",
                                     first, size, whose.en, size, first)});
  check->doubtful_count = 0;
  check->lost = true;
}

static void head_check(struct check *check, const struct tree_head *head, struct label whose) {
  uint8_t root[HASH_SIZE];
  frontier_root(&check->frontier, root);
  if (memcmp(root, head->root, HASH_SIZE) == 0) head_held(check, head->size);
  else head_failed(check, head->size, whose);
}

static void heads_check(struct check *check) {
  int64_t size = check->frontier.size;
  const struct tree_head *since = check->since;
  while (check->head_at < check->head_count && check->heads[check->head_at].size < size) check->head_at++;
  if (!check->lost && check->head_at < check->head_count && check->heads[check->head_at].size == size)
    head_check(check, &check->heads[check->head_at], (struct label){"所签的树根", "the signed head"});
  if (!check->lost && since && since->size == size) head_check(check, since, (struct label){"给出的树根", "the head given"});
}

/* A subtree is complete that the driver keeps the node of: does it keep this one? */
static void node_check(void *with, unsigned level, int64_t position, const uint8_t hash[HASH_SIZE]) {
  struct check *check = with;
  struct node node = {.first = (position << level) + 1, .last = (position + 1) << level};
  uint8_t kept[HASH_SIZE];
  if (!SEAL_KEEPS(level) || check->lost || check->error != STORE_OK) return;
  enum store_error error = reader_node(check->reader, level, position, kept);
  if (error != STORE_OK && error != STORE_ABSENT) check->error = error;
  else if ((error == STORE_ABSENT || memcmp(kept, hash, HASH_SIZE) != 0) && !check->lowest && check->doubtful_count < NODES)
    check->doubtful[check->doubtful_count++] = node;
}

/* At the end, what no signed head could decide. */
static void doubtful_report(struct check *check) {
  for (size_t i = 0; i < check->doubtful_count; i++) {
    const struct node *node = &check->doubtful[i];
    int64_t first = node->first > check->held ? node->first : check->held + 1;
    found(check, first, label_print(check->findings->arena, "第%" PRId64 "至%" PRId64 "号条目与它们的树节点不符：其中有条目或该节点被改动过",
                                    "entries %" PRId64 " to %" PRId64 " do not give their tree node: one of them, or the node, was altered", first, node->last));
  }
}

/* ---- kept heads ---- */

static bool head_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct check *check = with;
  struct tree_head head;
  char expected[TREE_KEY_SIZE] = "";
  bool parsed = tree_head_parse(value, &head);
  if (parsed) tree_key(expected, head.size);
  if (!parsed || strcmp(expected, key) != 0 || (check->has_key && !tree_head_holds(&head, check->public_key)))
    found(check, 0,
          label_print(check->findings->arena, "保存的树根 %s 的签名不成立：它被改动过",
                      "the kept tree head %s has a signature that does not hold: it was altered", key));
  else if (check->head_count < BLOCK)
    check->heads[check->head_count++] = head;
  return true;
}

static enum store_error heads_load(struct check *check) {
  char key[TREE_KEY_SIZE];
  tree_key(key, check->block * BLOCK);
  key[BLOCK_DIGITS] = 0;
  check->heads = ARENA_ARRAY(check->scratch, struct tree_head, BLOCK);
  check->head_count = check->head_at = 0;
  return side_list(check->store, SIDE_TREE_HEAD, key, head_take, check);
}

/* ---- entries ---- */

static void missing_check(struct check *check, int64_t number) {
  if (number == check->expected) return;
  found(check, check->expected,
        label_print(check->findings->arena, "第%" PRId64 "至%" PRId64 "号条目缺失", "entries %" PRId64 " to %" PRId64 " are missing",
                    check->expected, number - 1));
  if (!check->lowest) check->lowest = check->expected;
  check->lost = true;
}

static bool entry_check(void *with, const struct entry *entry) {
  struct check *check = with;
  uint8_t hash[HASH_SIZE];
  check->any = true;
  if (entry->number >= (check->block + 1) * BLOCK) return false;
  missing_check(check, entry->number);
  check->expected = entry->number + 1;
  if (!entry->body) {
    check->bare[check->bare_count++] = (struct bare){entry->number, entry->record, entry->type};
  } else {
    seal_commitment(entry, hash);
    if (memcmp(hash, entry->commitment, HASH_SIZE) != 0)
      found_entry(check, entry, "第%" PRId64 "号条目的内容被改动过：与其承诺值不符", "entry %" PRId64 " was altered: its body does not give its commitment");
  }
  seal_leaf(entry, hash);
  if (memcmp(hash, entry->leaf, HASH_SIZE) != 0)
    found_entry(check, entry, "第%" PRId64 "号条目的要素被改动过：与其叶值不符", "entry %" PRId64 " was altered: its header does not give its leaf");
  frontier_add(&check->frontier, entry->leaf, node_check, check);
  if (!check->lost) heads_check(check);
  return !check->findings->stopped && check->error == STORE_OK;
}

struct destroyed { int64_t after; bool found; };

static bool destruction_seen(void *with, const struct entry *entry) {
  struct destroyed *destroyed = with;
  if (entry->kind == ENTRY_DESTRUCTION && entry->number >= destroyed->after) destroyed->found = true;
  return !destroyed->found;
}

/* A body may be missing only where the record's destruction is journalled. */
static enum store_error bare_check(struct check *check) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < check->bare_count && error == STORE_OK; i++) {
    struct bare *bare = &check->bare[i];
    struct destroyed destroyed = {.after = bare->number};
    struct entry entry = {.number = bare->number, .record = bare->record, .type = bare->type};
    if (bare->record) error = reader_history(check->reader, bare->type, bare->record, destruction_seen, &destroyed);
    if (error == STORE_OK && !destroyed.found)
      found_entry(check, &entry, "第%" PRId64 "号条目的内容缺失，而日志里没有它的销毁",
                  "entry %" PRId64 " has lost its body, and the journal holds no destruction of it");
  }
  check->bare_count = 0;
  return error;
}

static enum store_error block_check(struct check *check) {
  int64_t first = check->block * BLOCK;
  check->bare = ARENA_ARRAY(check->scratch, struct bare, BLOCK);
  enum store_error error = heads_load(check);
  if (error == STORE_OK && first == 0) heads_check(check);
  if (error == STORE_OK) error = reader_journal(check->reader, first - 1, BLOCK, entry_check, check);
  if (error == STORE_OK) error = check->error;
  if (error == STORE_OK) error = bare_check(check);
  return error;
}

/* ---- the end of the journal ---- */

struct last { struct tree_head head; bool any; };

static bool last_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct last *last = with;
  struct tree_head head;
  if (tree_head_parse(value, &head) && (!last->any || head.size > last->head.size)) *last = (struct last){head, true};
  return true;
}

/* Who remembers more entries than there are? The head row, a signed head, the head from outside. */
static void end_check(struct check *check, const struct head *now, const struct last *last) {
  struct arena *arena = check->findings->arena;
  int64_t size = check->expected - 1, most = now->number;
  if (last->any && last->head.size > most && (!check->has_key || tree_head_holds(&last->head, check->public_key))) most = last->head.size;
  if (check->since && check->since->size > most) most = check->since->size;
  doubtful_report(check);
  if (most > size)
    found(check, size + 1,
          label_print(arena, "第%" PRId64 "至%" PRId64 "号条目被截去", "entries %" PRId64 " to %" PRId64 " were cut off", size + 1, most));
  else if (now->number < size)
    found(check, now->number + 1,
          label_print(arena, "日志头说到第%" PRId64 "号为止，日志却到第%" PRId64 "号",
                      "journal_head ends at %" PRId64 ", the journal at %" PRId64, now->number, size));
}

static void since_check(struct check *check, const struct head *now) {
  if (!check->since) return;
  if (strcmp(check->since->store_id, now->store_id) != 0)
    found(check, 0,
          label_print(check->findings->arena, "给出的树根属于另一个库（%s），不是本库",
                      "the head given is of another store (%s), not of this one", check->since->store_id));
  else if (check->has_key && !tree_head_holds(check->since, check->public_key))
    found(check, 0, (struct label){"给出的树根的签名与本库的公钥不符", "the head given does not hold for this store's key"});
}

static enum store_error verify_journal(struct check *check) {
  struct head now;
  struct last last = {.any = false};
  enum store_error error = reader_head(check->reader, &now);
  if (error == STORE_OK) error = side_list(check->store, SIDE_TREE_HEAD, "", last_take, &last);
  if (error != STORE_OK) return error;
  error = tree_public_key(check->store, check->public_key);
  check->has_key = error == STORE_OK;
  if (!check->has_key && last.any)
    found(check, 0,
          (struct label){"签名公钥缺失（keys/signing.pub）：树根的签名无法核对",
                         "the public key is missing (keys/signing.pub): signatures of heads cannot be checked"});
  since_check(check, &now);
  block_report(check);
  do {
    arena_reset(check->scratch);
    check->any = false;
    error = block_check(check);
    if (error != STORE_OK) break;
    block_report(check);
    check->block++;
  } while (check->any && !check->findings->stopped);
  if (error != STORE_OK || check->findings->stopped) return error;
  arena_reset(check->scratch);
  end_check(check, &now, &last);
  block_report(check);
  return error;
}

enum store_error seal_verify(struct store *store, struct reader *reader, const struct tree_head *since, struct arena *arena,
                             damage_sink *sink, void *with, int64_t *entries, int64_t *records) {
  struct findings findings = {.sink = sink, .with = with, .arena = arena};
  struct check check = {.store = store, .reader = reader, .since = since, .findings = &findings, .expected = 1, .scratch = arena_new()};
  enum store_error error = verify_journal(&check);
  *entries = check.frontier.size;
  *records = 0;
  if (error == STORE_OK && !findings.stopped) error = verify_tables(store, reader, &findings, records);
  arena_free(check.scratch);
  return error;
}
