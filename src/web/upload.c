/* Uploads: a body streamed to a file under DATA/staging; exchange/files.h makes it durable and moves it to its place by
   content. Whatever is not kept leaves nothing behind. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "exchange/files.h"
#include "web/web.h"

struct upload {
  const char *data;          /* the data folder */
  char *path;                /* the staged file; NULL once moved or removed */
  int file;                  /* -1: closed */
  int64_t size;
  bool too_large;
  enum store_error error;
};

static enum store_error error_of_system(void) { return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? STORE_FULL : STORE_BROKEN; }

enum store_error upload_begin(struct request *request) {
  struct upload *upload = ARENA_NEW(request->arena, struct upload);
  upload->data = request->house->data;
  upload->path = file_staging_path(request->arena, request->house->data);
  upload->file = upload->path ? open(upload->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  if (upload->file < 0) {
    enum store_error error = error_of_system();
    log_line(LOG_ERROR, "web", "cannot stage an upload: %s", strerror(errno));
    return error;
  }
  request->upload = upload;
  return STORE_OK;
}

bool upload_add(struct upload *upload, const char *bytes, size_t size) {
  if (upload->error || upload->too_large) return false;
  if ((size_t)upload->size + size > UPLOAD_MOST) {
    upload->too_large = true;
    return false;
  }
  upload->size += (int64_t)size;
  while (size) {
    ssize_t written = write(upload->file, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      upload->error = error_of_system();
      return false;
    }
    bytes += written;
    size -= (size_t)written;
  }
  return true;
}

enum store_error upload_error(const struct upload *upload, bool *too_large) {
  *too_large = upload->too_large;
  return upload->error;
}

enum store_error upload_keep(struct upload *upload, struct arena *arena, char **hash, int64_t *size) {
  char name[FILE_NAME_SIZE];
  enum store_error error = file_keep(upload->data, upload->path, name, size);
  if (error == STORE_OK) {
    upload->path = NULL;
    *hash = arena_text(arena, name);
  }
  return error;
}

char *upload_read(struct upload *upload, struct arena *arena, size_t *size) {
  char *bytes = arena_alloc(arena, (size_t)upload->size + 1);
  size_t have = 0;
  while (have < (size_t)upload->size) {
    ssize_t got = pread(upload->file, bytes + have, (size_t)upload->size - have, (off_t)have);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return NULL;
    have += (size_t)got;
  }
  *size = have;
  return bytes;
}

void upload_drop(struct upload *upload) {
  if (!upload) return;
  if (upload->file >= 0) close(upload->file);
  upload->file = -1;
  if (upload->path && unlink(upload->path) && errno != ENOENT)
    log_line(LOG_WARNING, "web", "cannot remove a staged upload: %s", strerror(errno));
  upload->path = NULL;
}
