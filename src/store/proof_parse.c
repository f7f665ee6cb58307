/* Reads a proof file (its form: proof_print.c). Takes nothing on trust: every member is there, of its kind and within
   its bounds, or the file is refused with what is wrong. Whether it proves anything, proof_holds says. */
#include <jansson.h>
#include <string.h>

#include "store/proof.h"

static struct label say(const char *zh, const char *en) {
  return (struct label){zh, en};
}

static void part_set(struct entry *entry, const struct proof_part *part, int64_t value) {
  char *at = (char *)entry + part->offset;
  uint16_t two = (uint16_t)value;
  if (part->size == 1) *(uint8_t *)at = (uint8_t)value;
  else if (part->size == 2) memcpy(at, &two, 2);
  else memcpy(at, &value, 8);
}

static bool hex_member(const json_t *object, const char *key, void *out, size_t size) {
  const char *text = json_string_value(json_object_get(object, key));
  return text && strlen(text) == 2 * size && hex_read(text, out, size);
}

static bool body_parse(struct arena *arena, const json_t *object, struct entry *entry) {
  const json_t *member = json_object_get(object, "body");
  if (json_is_null(member)) return true;
  const char *text = json_string_value(member);
  if (!text || strlen(text) % 2) return false;
  entry->body_size = strlen(text) / 2;
  char *body = arena_alloc(arena, entry->body_size + 1);
  entry->body = body;
  return hex_read(text, body, entry->body_size);
}

static bool entry_parse(struct arena *arena, const json_t *object, struct entry *entry) {
  if (!json_is_object(object)) return false;
  for (size_t i = 0; i < PROOF_PARTS; i++) {
    const json_t *member = json_object_get(object, proof_parts[i].name);
    bool none = json_is_null(member) && proof_parts[i].least == INT64_MIN;
    int64_t value = none ? NOTHING : json_integer_value(member);
    if ((!none && !json_is_integer(member)) || value < proof_parts[i].least || value > proof_parts[i].most) return false;
    part_set(entry, &proof_parts[i], value);
  }
  return hex_member(object, "salt", entry->salt, sizeof entry->salt) && body_parse(arena, object, entry) &&
         hex_member(object, "commitment", entry->commitment, HASH_SIZE) && hex_member(object, "leaf", entry->leaf, HASH_SIZE);
}

static bool path_parse(const json_t *array, struct proof *proof) {
  if (!json_is_array(array) || json_array_size(array) > 64) return false;
  proof->path_count = json_array_size(array);
  for (size_t i = 0; i < proof->path_count; i++) {
    const char *text = json_string_value(json_array_get(array, i));
    if (!text || strlen(text) != 2 * HASH_SIZE || !hex_read(text, proof->path[i], HASH_SIZE)) return false;
  }
  return true;
}

/* With a signed line, size and root beside it must say the same. */
static bool head_parse(const json_t *object, struct tree_head *head) {
  const json_t *size = json_object_get(object, "size"), *line = json_object_get(object, "tree_head");
  uint8_t root[HASH_SIZE];
  if (!json_is_integer(size) || !hex_member(object, "root", root, HASH_SIZE)) return false;
  if (json_is_string(line))
    return tree_head_parse(json_string_value(line), head) && head->size == json_integer_value(size) &&
           memcmp(head->root, root, HASH_SIZE) == 0;
  head->size = json_integer_value(size);
  memcpy(head->root, root, HASH_SIZE);
  return json_is_null(line);
}

bool proof_parse(struct arena *arena, const char *text, struct proof *proof, struct label *reason) {
  json_error_t where;
  bool parsed = false;
  memset(proof, 0, sizeof *proof);
  json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &where);
  const char *format = json_string_value(json_object_get(object, "format")),
             *algorithm = json_string_value(json_object_get(object, "algorithm"));
  if (!object)
    *reason = label_print(arena, "不是证明文件：第%d行第%d列不合 JSON 写法", "not a proof: line %d column %d is not JSON", where.line, where.column);
  else if (!text_equal(format, PROOF_FORMAT))
    *reason = say("不是证明文件：format 应为 " PROOF_FORMAT, "not a proof: format should be " PROOF_FORMAT);
  else if (!text_equal(algorithm, PROOF_ALGORITHM))
    *reason = say("证明所用的散列算法不认识：应为 " PROOF_ALGORITHM, "the proof's algorithm is unknown: it should be " PROOF_ALGORITHM);
  else if (!entry_parse(arena, json_object_get(object, "entry"), &proof->entry))
    *reason = say("证明里的 entry 缺项或写法不对", "the proof's entry lacks a member or has one badly written");
  else if (!path_parse(json_object_get(object, "path"), proof))
    *reason = say("证明里的 path 写法不对：应为散列值的数组", "the proof's path is badly written: it should be an array of hashes");
  else if (!head_parse(object, &proof->head))
    *reason = say("证明里的树根（size、root、tree_head）写法不对或互相矛盾",
                  "the proof's head (size, root, tree_head) is badly written or contradicts itself");
  else
    parsed = true;
  json_decref(object);
  return parsed;
}
