/* Evidence files: taken in by content, given out to those who may read the evidence record that names them; and what else names the
   same. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/files.h"
#include "web/json_out.h"

/* What a browser may show itself; everything else is for saving. SVG holds scripts: not among them. */
static const char *const SHOWN_INLINE[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};

void file_take(struct request *request) {
  char *hash;
  int64_t size;
  enum store_error error = upload_keep(request->upload, request->arena, &hash, &size);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_pair(json, "file", hash);
  json_pair_integer(json, "size", size);
  out_close(request, 201);
}

#define SAME_MOST 200

static bool media_type_plain(const char *text) {
  size_t slashes = 0;
  if (!text || strlen(text) > 100) return false;
  for (const char *letter = text; *letter; letter++) {
    if (*letter == '/') slashes++;
    else if (!isalnum((unsigned char)*letter) && !strchr("+-.", *letter)) return false;
  }
  return slashes == 1;
}

/* The file that a field of the request's record names, in this reader's scope. */
static void file_of(struct request *request, enum record_id id, uint16_t file_field, const char *media_type, uint16_t media_field,
                    uint16_t name_field) {
  struct row *row = NULL;
  struct stat status;
  const struct record_type *type = record_type(id);
  if (!request_head(request)) return;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), request->id, request->arena, &row);
  const char *hash = error ? NULL : row_text(row, file_field);
  if (!error && media_field) media_type = row_text(row, media_field);
  if (error && error != STORE_ABSENT) {
    answer_store_error(request, error);
    return;
  }
  char *path = hash ? file_path(request->arena, request->house->data, hash) : NULL;
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0 || fstat(file, &status)) {
    if (file >= 0) close(file);
    answer_absent(request);
    return;
  }
  bool shown = false;
  for (size_t i = 0; i < sizeof SHOWN_INLINE / sizeof *SHOWN_INLINE; i++) shown |= media_type && strcmp(SHOWN_INLINE[i], media_type) == 0;
  answer_file(request, file, (uint64_t)status.st_size, media_type_plain(media_type) ? media_type : "application/octet-stream",
              name_field ? row_text(row, name_field) : NULL, shown);
}

void file_give(struct request *request) { file_of(request, RECORD_EVIDENCE, EVIDENCE_FILE, NULL, EVIDENCE_MEDIA_TYPE, EVIDENCE_FILE_NAME); }
/* Sent by the public: cleaned, and a JPEG or PNG, which a browser tells apart by itself. */
void appeal_photo(struct request *request) { file_of(request, RECORD_APPEAL, APPEAL_PHOTO, "image/jpeg", 0, 0); }

/* Other evidence in this reader's scope that rests on the very same file: a picture used before. */
void evidence_same(struct request *request) {
  const struct record_type *type = record_type(RECORD_EVIDENCE);
  struct labels labels = {.arena = request->arena};
  struct row *row = NULL;
  struct rows rows = {0};
  if (!request_head(request)) return;
  const struct scope *scope = request_scope(request, type, MAY_READ);
  enum store_error error = reader_get(request->reader, type, scope, request->id, request->arena, &row);
  const char *hash = error ? NULL : row_text(row, EVIDENCE_FILE);
  if (!error && hash) {
    struct value value = value_text(EVIDENCE_FILE, hash);
    struct condition condition = {EVIDENCE_FILE, C_IS, &value, 1};
    struct query query = {.type = type, .conditions = &condition, .condition_count = 1, .limit = SAME_MOST, .expected = 1};
    error = rows_read(request, &query, scope, &rows);
  }
  if (error) {
    if (error == STORE_ABSENT) answer_absent(request);
    else answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i]->id != row->id) record_write(request, json, rows.items[i], OUT_SPARSE, &labels);
  json_close(json, ']');
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
