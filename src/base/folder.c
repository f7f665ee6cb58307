/* Folders and the names in them, synced. A file system may keep the contents of a file that was synced and lose its name: only a sync
   of the folder keeps that. SQLite does so for its own files, and for nothing else. */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path) {
  struct stat state;
  if (stat(path, &state) != 0) return false;
  if (!S_ISDIR(state.st_mode)) errno = ENOTDIR;
  return S_ISDIR(state.st_mode);
}

static bool sync_by(const char *path, int (*sync)(int)) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  bool done = sync(folder) == 0;
  int kept_errno = errno;
  close(folder);
  errno = kept_errno;
  return done;
}

bool folder_sync(const char *path) { return sync_by(path, fsync); }

bool folder_sync_above(const char *path) {
  char above[PATH_MAX];
  size_t size = strlen(path);
  while (size > 1 && path[size - 1] == '/') size--; /* of "a/b/" it is "a" */
  while (size > 0 && path[size - 1] != '/') size--;
  while (size > 1 && path[size - 1] == '/') size--;
  if (size >= sizeof above) { errno = ENAMETOOLONG; return false; }
  snprintf(above, sizeof above, "%.*s", size ? (int)size : 1, size ? path : ".");
  return folder_sync(above);
}

/* Where the folder above may be written but not read, the whole file system is synced. */
bool folder_make(const char *path) {
  if (mkdir(path, 0700) != 0 && errno != EEXIST) return false;
  return is_folder(path) && (folder_sync_above(path) || (errno == EACCES && sync_by(path, syncfs)));
}

bool folder_sync_all(const char *path) {
  char inner[PATH_MAX];
  DIR *folder = opendir(path);
  if (!folder) return false;
  bool done = true;
  for (struct dirent *entry; done && (entry = readdir(folder));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= (int)sizeof inner) { errno = ENAMETOOLONG; done = false; }
    else if (is_folder(inner)) done = folder_sync_all(inner);
  }
  int kept_errno = errno;
  closedir(folder);
  errno = kept_errno;
  return done && folder_sync(path);
}
