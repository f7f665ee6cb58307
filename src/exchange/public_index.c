/* Lists and counts of the public store, from the few facts that each problem's body names for them; and the pictures that stand because a
   body names them. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "exchange/public_parts.h"

static int64_t number_of(json_t *body, const char *name) { return json_integer_value(json_object_get(body, name)); }

static enum store_error pictures_index(sqlite3 *view, int64_t id, json_t *holder) {
  static const char *const LISTS[] = {"before", "after"};
  enum store_error error = STORE_OK;
  for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS && !error; k++) {
    json_t *list = json_object_get(holder, LISTS[k]);
    for (size_t i = 0; i < json_array_size(list) && !error; i++) {
      const char *name = json_string_value(json_object_get(json_array_get(list, i), "picture"));
      if (name) error = public_do(view, "INSERT OR IGNORE INTO shown VALUES (?1, ?2)", "it", id, name);
    }
  }
  return error;
}

static enum store_error problem_index(sqlite3 *view, int64_t id, json_t *body) {
  json_t *results = json_object_get(body, "results");
  enum store_error error = public_do(view, "INSERT INTO problem VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "iiiiiiii", id,
                                     number_of(body, "order"), number_of(body, "district"), number_of(body, "category"),
                                     number_of(body, "standing"), (int64_t)json_is_true(json_object_get(body, "publicised")),
                                     (int64_t)json_is_true(json_object_get(body, "ongoing")), (int64_t)(json_array_size(results) > 0));
  if (!error) error = pictures_index(view, id, body);
  for (size_t i = 0; i < json_array_size(results) && !error; i++) error = pictures_index(view, id, json_array_get(results, i));
  return error;
}

enum store_error public_index_item(sqlite3 *view, const struct public_item *item) {
  if (strcmp(item->kind, "problem") != 0) return STORE_OK;
  int64_t id = strtoll(item->key, NULL, 10);
  enum store_error error = public_do(view, "DELETE FROM problem WHERE id = ?1", "i", id);
  if (!error) error = public_do(view, "DELETE FROM shown WHERE problem = ?1", "i", id);
  if (error || !item->body) return error;
  json_t *body = json_loads(item->body, 0, NULL);
  error = json_is_object(body) ? problem_index(view, id, body) : STORE_BROKEN;
  json_decref(body);
  return error;
}

enum store_error public_sweep_pictures(sqlite3 *view) { return public_run(view, "DELETE FROM picture WHERE name NOT IN (SELECT name FROM shown)"); }

/* ---- lists and counts ---- */

/* Only the conditions that are asked stand in the question, so that an index answers it: by place from the top, by district and category,
   or results alone. */
static void question_write(struct buffer *sql, const struct public_query *query) {
  buffer_text(sql, "SELECT p.id, p.place, i.body FROM problem p JOIN item i ON i.kind = 'problem' AND i.key = CAST(p.id AS TEXT) WHERE ");
  buffer_text(sql, query->results ? "p.results = 1" : query->all ? "1" : "p.ongoing = 1");
  if (query->district) buffer_text(sql, " AND p.district = ?1");
  if (query->category) buffer_text(sql, " AND p.category = ?2");
  if (query->standing) buffer_text(sql, query->standing == STANDING_IN_HAND ? " AND p.standing > 1 AND ?3" : " AND p.standing = ?3");
  if (query->publicised) buffer_text(sql, " AND p.publicised = 1");
  if (query->after_order) buffer_text(sql, " AND (p.place, p.id) < (?4, ?5)");
  buffer_text(sql, " ORDER BY p.place DESC, p.id DESC LIMIT ?6");
}

enum store_error public_problems(struct public_store *store, const struct public_query *query, public_problem_sink *sink, void *with) {
  struct buffer sql = {0};
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_DONE;
  question_write(&sql, query);
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, sql.bytes, "");
  if (!error) {
    const int64_t values[] = {query->district, query->category, (int64_t)query->standing, query->after_order, query->after_id, query->limit ? (int64_t)query->limit : (int64_t)-1};
    for (int i = 0; i < 6; i++) sqlite3_bind_int64(statement, i + 1, values[i]);
  }
  while (!error && (status = sqlite3_step(statement)) == SQLITE_ROW)
    if (!sink(with, sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1), public_text(statement, 2))) break;
  if (!error) error = public_failed(store->view, status);
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  buffer_free(&sql);
  return error;
}

enum store_error public_counts(struct public_store *store, public_count_sink *sink, void *with) {
  sqlite3_stmt *statement = NULL;
  int status = SQLITE_DONE;
  pthread_mutex_lock(&store->lock);
  enum store_error error = public_prepare(store->view, &statement, "SELECT district, category, standing, count(*) FROM problem WHERE ongoing = 1 GROUP BY district, category, standing", "");
  while (!error && (status = sqlite3_step(statement)) == SQLITE_ROW)
    if (!sink(with, sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1), (enum public_standing)sqlite3_column_int(statement, 2), sqlite3_column_int64(statement, 3))) break;
  if (!error) error = public_failed(store->view, status);
  sqlite3_finalize(statement);
  pthread_mutex_unlock(&store->lock);
  return error;
}
