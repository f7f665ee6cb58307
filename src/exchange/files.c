/* The evidence store: files by the hash of their content, in two levels of folders. Everything lands by writing beside, fsync,
   rename and fsync of the folder, so a file under its name is always whole. It knows no records and no rights. */
#include "exchange/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/log.h"

#define PATH_ROOM 4096

/* Tells the log what went wrong and makes a store error of it: only the disk's being full is named. */
static enum store_error failed(const char *what, const char *path) {
  int why = errno;
  log_line(LOG_ERROR, "files", "%s %s: %s", what, path, strerror(why));
  return why == ENOSPC || why == EDQUOT ? STORE_FULL : STORE_GONE;
}

static bool path_print(char *out, const char *one, const char *two) {
  return snprintf(out, PATH_ROOM, "%s%s", one, two) < PATH_ROOM;
}

static enum store_error folder_below(const char *data, const char *below) {
  char path[PATH_ROOM];
  if (!path_print(path, data, below)) return STORE_REFUSED;
  return folder_make(path) ? STORE_OK : failed("making", path);
}

static enum store_error sync_file(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed("opening", path);
  enum store_error error = fsync(file) == 0 ? STORE_OK : failed("syncing", path);
  close(file);
  return error;
}

static enum store_error sync_name(const char *path) { return folder_sync_above(path) ? STORE_OK : failed("syncing the folder of", path); }

static bool name_is(const char *name) {
  return name && strlen(name) == FILE_NAME_SIZE - 1 && strspn(name, "0123456789abcdef") == FILE_NAME_SIZE - 1;
}

static bool place_print(char *out, const char *data, const char *name) {
  return name_is(name) && snprintf(out, PATH_ROOM, "%s/evidence/%.2s/%s", data, name, name + 2) < PATH_ROOM;
}

char *file_path(struct arena *arena, const char *data, const char *name) {
  char path[PATH_ROOM];
  return place_print(path, data, name) ? arena_text(arena, path) : NULL;
}

bool file_there(const char *data, const char *name, int64_t *size) {
  char path[PATH_ROOM];
  struct stat status;
  if (!place_print(path, data, name) || stat(path, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (size) *size = (int64_t)status.st_size;
  return true;
}

static enum store_error folders_make(const char *data, const char *name) {
  char below[32];
  enum store_error error = folder_below(data, "/evidence");
  snprintf(below, sizeof below, "/evidence/%.2s", name);
  return error ? error : folder_below(data, below);
}

enum store_error file_keep(const char *data, const char *path, char name[FILE_NAME_SIZE], int64_t *size) {
  uint8_t hash[HASH_SIZE];
  char place[PATH_ROOM];
  int64_t length = 0;
  if (!hash_file(hash, path, &length)) return failed("reading", path);
  for (size_t i = 0; i < HASH_SIZE; i++) snprintf(name + 2 * i, 3, "%02x", hash[i]);
  if (size) *size = length;
  if (!place_print(place, data, name)) return STORE_REFUSED;
  enum store_error error = folders_make(data, name);
  /* Who put it there may not have got as far as syncing its name: that is done in either case. */
  if (!error && file_there(data, name, NULL)) error = unlink(path) == 0 ? STORE_OK : failed("removing", path);
  else {
    if (!error) error = sync_file(path);
    if (!error && rename(path, place) != 0) error = failed("moving", path);
  }
  return error ? error : sync_name(place);
}

static bool write_all(int file, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t written = write(file, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    size -= (size_t)written;
  }
  return true;
}

/* A new file holding the bytes, synced; removed again when it could not be written. */
static enum store_error written(const char *path, const void *bytes, size_t size) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed("making", path);
  enum store_error error = write_all(file, bytes, size) && fsync(file) == 0 ? STORE_OK : failed("writing", path);
  if (close(file) != 0 && !error) error = failed("closing", path);
  if (error) unlink(path);
  return error;
}

enum store_error file_write_whole(const char *path, const void *bytes, size_t size) {
  char beside[PATH_ROOM];
  if (!path_print(beside, path, ".part")) return STORE_REFUSED;
  enum store_error error = written(beside, bytes, size);
  if (!error && rename(beside, path) != 0) {
    error = failed("moving", beside);
    unlink(beside);
  }
  return error ? error : sync_name(path);
}

enum store_error file_read_whole(const char *path, struct buffer *bytes) {
  char piece[65536];
  struct stat status;
  ssize_t got;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno == ENOENT ? STORE_ABSENT : failed("opening", path);
  buffer_reserve(bytes, fstat(file, &status) == 0 && status.st_size > 0 ? (size_t)status.st_size : 0);
  do {
    got = read(file, piece, sizeof piece);
    if (got > 0) buffer_add(bytes, piece, (size_t)got);
  } while (got > 0 || (got < 0 && errno == EINTR));
  enum store_error error = got == 0 ? STORE_OK : failed("reading", path);
  close(file);
  return error;
}

char *file_staging_path(struct arena *arena, const char *data) {
  if (folder_below(data, "/staging") != STORE_OK) return NULL;
  return arena_print(arena, "%s/staging/upload-%s", data, random_word(arena, 16));
}

void file_staging_clear(const char *data) {
  char folder[PATH_ROOM];
  long count = 0;
  DIR *listing = path_print(folder, data, "/staging") ? opendir(folder) : NULL;
  for (struct dirent *entry; listing && (entry = readdir(listing));)
    if (strncmp(entry->d_name, "upload-", 7) == 0 && unlinkat(dirfd(listing), entry->d_name, 0) == 0) count++;
  if (listing) closedir(listing);
  if (count) log_line(LOG_INFO, "files", "removed %ld uploads that an end of the server had cut off", count);
}

enum store_error file_keep_bytes(const char *data, const void *bytes, size_t size, char name[FILE_NAME_SIZE]) {
  struct arena *arena = arena_new();
  char *path = file_staging_path(arena, data);
  enum store_error error = path ? written(path, bytes, size) : STORE_GONE;
  if (!error && (error = file_keep(data, path, name, NULL)) != STORE_OK) unlink(path); /* else it is moved, or gone already */
  arena_free(arena);
  return error;
}

enum store_error file_remove(const char *data, const char *name) {
  static const char zeros[65536];
  char path[PATH_ROOM];
  int64_t left;
  if (!place_print(path, data, name)) return STORE_ABSENT;
  if (!file_there(data, name, &left)) return STORE_OK;
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return failed("opening", path);
  bool done = true;
  for (; done && left > 0; left -= (int64_t)sizeof zeros) done = write_all(file, zeros, left < (int64_t)sizeof zeros ? (size_t)left : sizeof zeros);
  enum store_error error = done && fsync(file) == 0 ? STORE_OK : failed("overwriting", path);
  close(file);
  if (!error && unlink(path) != 0) error = failed("removing", path);
  return error ? error : sync_name(path);
}

/* The files of one two-letter folder; *on: the sink has not stopped. */
static enum store_error folder_list(const char *data, const char *letters, file_sink *sink, void *with, bool *on) {
  char folder[PATH_ROOM], path[PATH_ROOM], name[FILE_NAME_SIZE];
  snprintf(folder, sizeof folder, "%s/evidence/%.2s", data, letters);
  DIR *listing = opendir(folder);
  int64_t size;
  if (!listing) return errno == ENOENT ? STORE_OK : failed("listing", folder);
  for (struct dirent *entry; *on && (errno = 0, entry = readdir(listing));) {
    if (strlen(entry->d_name) != FILE_NAME_SIZE - 3) continue;
    snprintf(name, sizeof name, "%.2s%.62s", letters, entry->d_name);
    if (place_print(path, data, name) && file_there(data, name, &size)) *on = sink(with, name, path, size);
  }
  enum store_error error = *on && errno ? failed("listing", folder) : STORE_OK;
  closedir(listing);
  return error;
}

enum store_error file_list(const char *data, file_sink *sink, void *with) {
  enum store_error error = STORE_OK;
  bool on = true;
  for (unsigned i = 0; i < 256 && on && !error; i++) {
    char letters[3];
    snprintf(letters, sizeof letters, "%02x", i);
    error = folder_list(data, letters, sink, with, &on);
  }
  return error;
}
