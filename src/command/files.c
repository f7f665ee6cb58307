/* Folders and files: empty or not, made, copied, removed. */
#include "command/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

bool folder_is_empty(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return errno == ENOENT;
  bool empty = true;
  for (struct dirent *item; empty && (item = readdir(folder));) empty = is_dots(item->d_name);
  closedir(folder);
  return empty;
}

bool folders_make(struct arena *arena, const char *path) {
  char *part = arena_text(arena, path);
  bool made = true;
  for (char *at = strchr(part + 1, '/'); at && made; at = strchr(at + 1, '/')) {
    *at = 0;
    made = mkdir(part, 0700) == 0 ? folder_sync_above(part) : errno == EEXIST;
    *at = '/';
  }
  return made;
}

static bool copy_bytes(int from, int to) {
  char block[65536];
  ssize_t got;
  while ((got = read(from, block, sizeof block)) > 0)
    for (ssize_t done = 0, wrote; done < got; done += wrote)
      if ((wrote = write(to, block + done, (size_t)(got - done))) < 0) return false;
  return got == 0;
}

bool copy_file(const char *from, const char *to) {
  int source = open(from, O_RDONLY | O_CLOEXEC), target = source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool copied = target >= 0 && copy_bytes(source, target) && fsync(target) == 0;
  int wrong = errno;
  if (source >= 0) close(source);
  if (target >= 0 && close(target) != 0) copied = false;
  if (!copied && target >= 0) unlink(to);
  errno = wrong;
  return copied;
}

void remove_tree(struct arena *arena, const char *path) {
  DIR *folder = opendir(path);
  struct stat state;
  for (struct dirent *item; folder && (item = readdir(folder));) {
    if (is_dots(item->d_name)) continue;
    const char *inner = arena_print(arena, "%s/%s", path, item->d_name);
    if (lstat(inner, &state) == 0 && S_ISDIR(state.st_mode)) remove_tree(arena, inner);
    else unlink(inner);
  }
  if (folder) closedir(folder);
  rmdir(path);
}
