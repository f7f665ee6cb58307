/* A file layer for crash tests, preloaded into the program: at a chosen moment the power goes. What was written and not synced is then
   taken back on the files themselves, and the process ends at once, in the midst of whatever it was doing.
   Strict where file systems are often kinder: only fsync (or fdatasync) of a file keeps its contents and its size, and only fsync of a
   folder keeps that a name in it was given, taken away or points elsewhere. Every change keeps what it replaced; a sync forgets that.
     UNSYNCED_FOLDER  what is watched, an absolute path without links; what lies outside is left alone
     UNSYNCED_KEEP    a folder beside it on the same file system: files whose names go are kept there, and the report is written there
     UNSYNCED_MODE    lost: nothing unsynced survives; torn: of it a random part does, by sectors of 512 bytes, sizes and names
     UNSYNCED_SEED    what is random
     UNSYNCED_ARM     a path: changes and syncs are counted from when it is there
     UNSYNCED_AT      before which of them the power goes; 0: when the process ends by itself, with the status that it ends with
   SQLite's -shm (made anew after a crash), locks and sockets are let through. A way of writing that the layer does not know ends the
   process by a message: nothing may go past it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES_MOST = 65536, SECTOR = 512, CRASHED = 86, PAUSE_MOST = 1500 /* microseconds that a sync takes */ };

/* A file by what it is, not by its name. */
struct item { dev_t device; ino_t number; char *path; bool kept; off_t size; /* at the end: what it comes to */ bool touched; struct item *next; };
enum kind { WROTE, SIZED, NAMED };
struct change {
  enum kind kind;
  unsigned long number;
  struct item *item;              /* WROTE, SIZED: the file; NAMED: what the name pointed to before, NULL when to nothing */
  char *folder, *name;            /* NAMED */
  off_t at, size_before;          /* WROTE: where; SIZED and WROTE: the size before */
  size_t size, old_size;          /* WROTE: how much; how much of that there was before */
  char *old;
  struct change *earlier;
};

static struct {
  pthread_mutex_t lock;
  bool on, torn, armed;
  char folder[PATH_MAX], keep[PATH_MAX], arm[PATH_MAX];
  uint64_t seed;
  unsigned long at, counted, number;
  struct change *latest;
  struct item *items;
  struct { struct item *item; char *folder; } files[FILES_MOST];
} layer = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void give_up(const char *what, const char *path) {
  dprintf(2, "unsynced: %s %s: %s\n", what, path, strerror(errno));
  _exit(99);
}
static void *room(size_t size) {
  void *made = calloc(1, size ? size : 1);
  if (!made) give_up("no memory", "");
  return made;
}
static uint64_t mixed(uint64_t one, uint64_t two) {
  uint64_t hash = layer.seed ^ (one * UINT64_C(0x9e3779b97f4a7c15)) ^ (two + UINT64_C(0xd1b54a32d192ed03));
  for (int i = 0; i < 3; i++) hash = (hash ^ (hash >> 31)) * UINT64_C(0xff51afd7ed558ccd);
  return hash ^ (hash >> 29);
}
static uint64_t text_hash(const char *text) {
  uint64_t hash = 14695981039346656037u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 1099511628211u;
  return hash;
}

/* ---- the end ---- */

/* Of two things that were not synced one may have reached the disk and the other not, and of one thing an earlier state. `newest` is
   the last change's number; the answer is the first change of the thing that did not reach the disk. */
static unsigned long reached(uint64_t thing, uint64_t part) {
  uint64_t hash = mixed(thing, part);
  if (!layer.torn || hash % 3 == 0) return 0;
  return hash % 3 == 1 ? layer.number + 1 : (hash >> 8) % (layer.number + 1);
}

static int open_item(const struct item *item) {
  char path[PATH_MAX + 32];
  snprintf(path, sizeof path, "%s/%lu", layer.keep, (unsigned long)item->number);
  int file = (int)syscall(SYS_openat, AT_FDCWD, item->kept ? path : item->path, O_RDWR | O_CLOEXEC, 0);
  if (file < 0) give_up("reopening", item->kept ? path : item->path);
  return file;
}

static long sectors_undo(const struct change *change, int file) {
  static const char zeros[SECTOR];
  long undone = 0;
  for (off_t at = change->at, end = change->at + (off_t)change->size, next; at < end; at = next) {
    next = (at / SECTOR + 1) * SECTOR < end ? (at / SECTOR + 1) * SECTOR : end;
    if (reached(change->item->number, (uint64_t)(at / SECTOR)) > change->number) continue;
    size_t offset = (size_t)(at - change->at), size = (size_t)(next - at), old = offset < change->old_size ? change->old_size - offset : 0;
    if (old > size) old = size;
    if (old && syscall(SYS_pwrite64, file, change->old + offset, old, at) < 0) give_up("taking back", change->item->path);
    if (old < size && syscall(SYS_pwrite64, file, zeros, size - old, at + (off_t)old) < 0) give_up("taking back", change->item->path);
    undone++;
  }
  return undone;
}

static long contents_undo(void) {
  long undone = 0;
  struct stat state;
  for (struct change *change = layer.latest; change; change = change->earlier) {
    if (change->kind == NAMED) continue;
    struct item *item = change->item;
    int file = open_item(item);
    if (!item->touched) { fstat(file, &state); item->size = state.st_size; item->touched = true; }
    bool size_lost = reached(item->number, UINT64_MAX) <= change->number;
    if (size_lost) item->size = change->size_before;
    if (change->kind == WROTE) undone += sectors_undo(change, file);
    else if (size_lost && change->old_size && syscall(SYS_pwrite64, file, change->old, change->old_size, change->at) < 0) give_up("taking back", item->path);
    else undone += size_lost;
    syscall(SYS_close, file);
  }
  for (struct item *item = layer.items; item; item = item->next) {
    if (!item->touched) continue;
    int file = open_item(item);
    if (syscall(SYS_ftruncate, file, item->size) < 0) give_up("sizing", item->path);
    syscall(SYS_close, file);
  }
  return undone;
}

static void remove_all(const char *path) {
  struct stat state;
  char inner[PATH_MAX];
  if (lstat(path, &state) != 0) return;
  DIR *folder = S_ISDIR(state.st_mode) ? opendir(path) : NULL;
  for (struct dirent *entry; folder && (entry = readdir(folder));)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < PATH_MAX) remove_all(inner);
  if (folder) closedir(folder);
  if (syscall(SYS_unlinkat, AT_FDCWD, path, folder ? AT_REMOVEDIR : 0) != 0) give_up("removing", path);
}

static long names_undo(void) {
  char path[PATH_MAX], kept[PATH_MAX + 32];
  long undone = 0;
  for (struct change *change = layer.latest; change; change = change->earlier) {
    if (change->kind != NAMED || reached(text_hash(change->folder), text_hash(change->name)) > change->number) continue;
    if (snprintf(path, sizeof path, "%s/%s", change->folder, change->name) >= PATH_MAX) give_up("too long", change->name);
    remove_all(path);
    undone++;
    if (!change->item) continue;
    snprintf(kept, sizeof kept, "%s/%lu", layer.keep, (unsigned long)change->item->number);
    if (syscall(SYS_linkat, AT_FDCWD, kept, AT_FDCWD, path, 0) != 0 && errno != ENOENT) give_up("putting back", path); /* its folder may be lost as well */
  }
  return undone;
}

/* Holding the lock, for ever. */
static void power_goes(int status) {
  char path[PATH_MAX + 32];
  long sectors = contents_undo(), names = names_undo();
  snprintf(path, sizeof path, "%s/report", layer.keep);
  int report = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (report < 0 || dprintf(report, "{\"counted\":%lu,\"sectors\":%ld,\"names\":%ld}\n", layer.counted, sectors, names) < 0) give_up("reporting", path);
  _exit(status);
}

static void at_exit(int status, void *with) {
  (void)with;
  pthread_mutex_lock(&layer.lock);
  power_goes(status);
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("UNSYNCED_FOLDER"), *keep = getenv("UNSYNCED_KEEP"), *mode = getenv("UNSYNCED_MODE"), *seed = getenv("UNSYNCED_SEED"),
             *arm = getenv("UNSYNCED_ARM"), *at = getenv("UNSYNCED_AT");
  if (!folder || !keep || !mode || !seed || !at) return;
  snprintf(layer.folder, sizeof layer.folder, "%s", folder);
  snprintf(layer.keep, sizeof layer.keep, "%s", keep);
  snprintf(layer.arm, sizeof layer.arm, "%s", arm ? arm : "");
  layer.seed = strtoull(seed, NULL, 10);
  layer.torn = strcmp(mode, "torn") == 0;
  layer.at = strtoul(at, NULL, 10);
  layer.on = true;
  on_exit(at_exit, NULL); /* the first to be registered is the last to be run */
}

/* ---- what is watched ---- */

static bool ends_in(const char *text, const char *end) {
  size_t size = strlen(text), end_size = strlen(end);
  return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

/* The whole path when it lies in the folder (or is the folder itself) and is not let through. */
static bool watched(int folder, const char *path, char out[PATH_MAX]) {
  char base[PATH_MAX] = "", link[64];
  if (!layer.on || !path) return false;
  if (*path != '/' && folder == AT_FDCWD && !getcwd(base, sizeof base)) return false;
  if (*path != '/' && folder != AT_FDCWD) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t size = readlink(link, base, sizeof base - 1);
    if (size < 0) return false;
    base[size] = 0;
  }
  if (snprintf(out, PATH_MAX, "%s%s%s", base, *base ? "/" : "", path) >= PATH_MAX) give_up("too long", path);
  size_t to = 0;
  for (size_t from = 0; out[from]; from++)
    if (!(out[from] == '/' && (out[from + 1] == '/' || out[from + 1] == 0))) out[to++] = out[from];
  out[to] = 0;
  size_t size = strlen(layer.folder);
  if (strncmp(out, layer.folder, size) != 0 || (out[size] != '/' && out[size] != 0)) return false;
  return !ends_in(out, "-shm") && !ends_in(out, "/lock") && !ends_in(out, ".sock");
}

static struct item *item_of(const struct stat *state, const char *path) {
  for (struct item *item = layer.items; item; item = item->next)
    if (item->device == state->st_dev && item->number == state->st_ino) return item;
  struct item *item = room(sizeof *item);
  *item = (struct item){.device = state->st_dev, .number = state->st_ino, .path = strdup(path), .next = layer.items};
  return layer.items = item;
}

/* Gives it a name of the layer's own, so that it can be put back under its old one. NULL when nothing is at the path. */
static struct item *kept_item(const char *path) {
  struct stat state;
  char kept[PATH_MAX + 32];
  if (lstat(path, &state) != 0 || !S_ISREG(state.st_mode)) return NULL;
  struct item *item = item_of(&state, path);
  snprintf(kept, sizeof kept, "%s/%lu", layer.keep, (unsigned long)item->number);
  if (!item->kept && syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) != 0 && errno != EEXIST) give_up("keeping", path);
  item->kept = true;
  return item;
}

/* ---- changes ---- */

/* One more thing to happen: perhaps the power goes before it. Holding the lock. */
static void step(void) {
  if (!layer.armed) layer.armed = *layer.arm && access(layer.arm, F_OK) == 0;
  if (layer.armed && ++layer.counted == layer.at) power_goes(CRASHED);
}

static struct change *noted(enum kind kind, struct item *item) {
  struct change *change = room(sizeof *change);
  *change = (struct change){.kind = kind, .number = ++layer.number, .item = item, .earlier = layer.latest};
  return layer.latest = change;
}

static void name_changed(const char *path, struct item *before) {
  struct change *change = noted(NAMED, before);
  const char *slash = strrchr(path, '/');
  change->folder = strndup(path, (size_t)(slash - path));
  change->name = strdup(slash + 1);
}

static void old_read(struct change *change, int file, off_t at, size_t size) {
  change->at = at;
  change->old = room(size);
  ssize_t got = size ? syscall(SYS_pread64, file, change->old, size, at) : 0;
  if (got < 0) give_up("reading what was there", change->item->path);
  change->old_size = (size_t)got;
}

static void synced(const struct item *item, const char *folder, unsigned long upto) {
  for (struct change **place = &layer.latest, *change; (change = *place);) {
    bool this = change->number <= upto && (change->kind == NAMED ? folder && strcmp(change->folder, folder) == 0 : item && change->item == item);
    if (!this) { place = &change->earlier; continue; }
    *place = change->earlier;
    free(change->folder), free(change->name), free(change->old), free(change);
  }
}

static bool is_watched(int file) { return layer.on && file >= 0 && file < FILES_MOST && (layer.files[file].item || layer.files[file].folder); }

static void forget_file(int file) {
  if (file < 0 || file >= FILES_MOST) return;
  free(layer.files[file].folder);
  layer.files[file].folder = NULL;
  layer.files[file].item = NULL;
}

static int cut(int file, off_t size) {
  struct stat state;
  if (fstat(file, &state) != 0) return -1;
  struct change *change = noted(SIZED, layer.files[file].item);
  change->size_before = state.st_size;
  old_read(change, file, size, state.st_size > size ? (size_t)(state.st_size - size) : 0);
  return (int)syscall(SYS_ftruncate, file, size);
}

/* Remembers an open file; of a new one its name is a change of the folder. Holding the lock. */
static void opened(int file, const char *path, bool fresh) {
  struct stat state;
  if (file >= FILES_MOST || fstat(file, &state) != 0) give_up("opened", path);
  forget_file(file);
  if (S_ISDIR(state.st_mode)) layer.files[file].folder = strdup(path);
  else layer.files[file].item = item_of(&state, path);
  if (fresh) name_changed(path, NULL);
}

static int open_any(int folder, const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  if ((flags & O_PATH) || !watched(folder, path, whole)) return (int)syscall(SYS_openat, folder, path, flags, mode);
  int how = (flags & ~(O_TRUNC | O_ACCMODE)) | ((flags & O_ACCMODE) == O_WRONLY ? O_RDWR : (flags & O_ACCMODE)); /* what is replaced must be read */
  if ((flags & O_TMPFILE) == O_TMPFILE) give_up("no known way of writing: O_TMPFILE", whole);
  pthread_mutex_lock(&layer.lock);
  bool fresh = (flags & O_CREAT) && access(whole, F_OK) != 0;
  if (fresh || (flags & O_TRUNC)) step();
  int file = (int)syscall(SYS_openat, folder, path, how, mode);
  int error = errno;
  if (file >= 0) opened(file, whole, fresh);
  if (file >= 0 && (flags & O_TRUNC)) cut(file, 0);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return file;
}

/* ---- what the program calls ---- */

#define MODE_OF(flags, mode) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = (mode_t)va_arg(more, int); va_end(more); }

int open(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* A stream writes past the layer: its file is as it was when the stream was opened, until it is synced. */
static FILE *stream(const char *call, const char *path, const char *mode) {
  FILE *(*next)(const char *, const char *) = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, call);
  char whole[PATH_MAX];
  if (!strpbrk(mode, "wa+") || !watched(AT_FDCWD, path, whole)) return next(path, mode);
  pthread_mutex_lock(&layer.lock);
  bool fresh = access(whole, F_OK) != 0;
  step();
  struct stat state = {0};
  int before = fresh ? -1 : (int)syscall(SYS_openat, AT_FDCWD, whole, O_RDONLY | O_CLOEXEC, 0);
  if (before >= 0 && fstat(before, &state) == 0) {
    struct change *change = noted(SIZED, item_of(&state, whole));
    change->size_before = state.st_size;
    old_read(change, before, 0, (size_t)state.st_size);
    syscall(SYS_close, before);
  }
  FILE *file = next(path, mode);
  int error = errno;
  if (file) opened(fileno(file), whole, fresh);
  if (file && fresh) noted(SIZED, layer.files[fileno(file)].item);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return file;
}
FILE *fopen(const char *path, const char *mode) { return stream("fopen", path, mode); }
FILE *fopen64(const char *path, const char *mode) { return stream("fopen64", path, mode); }
int fclose(FILE *file) {
  int (*next)(FILE *) = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
  pthread_mutex_lock(&layer.lock);
  if (layer.on) forget_file(fileno(file));
  pthread_mutex_unlock(&layer.lock);
  return next(file);
}
int close(int file) {
  if (!is_watched(file)) return (int)syscall(SYS_close, file);
  pthread_mutex_lock(&layer.lock);
  forget_file(file);
  int done = (int)syscall(SYS_close, file);
  pthread_mutex_unlock(&layer.lock);
  return done;
}

static ssize_t write_at(int file, const void *bytes, size_t size, off_t at, bool in_sequence) {
  struct stat state;
  pthread_mutex_lock(&layer.lock);
  step();
  if (fstat(file, &state) != 0) give_up("writing", layer.files[file].item->path);
  if (in_sequence) at = fcntl(file, F_GETFL) & O_APPEND ? state.st_size : (off_t)syscall(SYS_lseek, file, 0, SEEK_CUR);
  struct change *change = noted(WROTE, layer.files[file].item);
  change->size_before = state.st_size;
  old_read(change, file, at, at < state.st_size ? ((size_t)(state.st_size - at) < size ? (size_t)(state.st_size - at) : size) : 0);
  ssize_t wrote = in_sequence ? syscall(SYS_write, file, bytes, size) : syscall(SYS_pwrite64, file, bytes, size, at);
  change->size = wrote > 0 ? (size_t)wrote : 0;
  int error = errno;
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return wrote;
}
ssize_t write(int file, const void *bytes, size_t size) { return is_watched(file) ? write_at(file, bytes, size, 0, true) : syscall(SYS_write, file, bytes, size); }
ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) { return is_watched(file) ? write_at(file, bytes, size, at, false) : syscall(SYS_pwrite64, file, bytes, size, at); }
ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at) { return pwrite(file, bytes, size, at); }

static int truncate_open(int file, off_t size) {
  if (!is_watched(file)) return (int)syscall(SYS_ftruncate, file, size);
  pthread_mutex_lock(&layer.lock);
  step();
  int done = cut(file, size), error = errno;
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return done;
}
int ftruncate(int file, off_t size) { return truncate_open(file, size); }
int ftruncate64(int file, off_t size) { return truncate_open(file, size); }

/* What is written while a sync runs may or may not be in it: here it is not. The sync takes a while and reaches no real disk. */
static int sync_open(int file, long call) {
  if (!is_watched(file)) return (int)syscall(call, file);
  pthread_mutex_lock(&layer.lock);
  step();
  unsigned long upto = layer.number;
  struct item *item = layer.files[file].item;
  char *folder = layer.files[file].folder ? strdup(layer.files[file].folder) : NULL;
  useconds_t pause = (useconds_t)(mixed(upto, layer.counted) % PAUSE_MOST);
  pthread_mutex_unlock(&layer.lock);
  usleep(pause);
  pthread_mutex_lock(&layer.lock);
  synced(item, folder, upto);
  pthread_mutex_unlock(&layer.lock);
  free(folder);
  return 0;
}
int fsync(int file) { return sync_open(file, SYS_fsync); }
int fdatasync(int file) { return sync_open(file, SYS_fdatasync); }

static int unlink_any(int folder, const char *path, int flags) {
  char whole[PATH_MAX];
  if (flags || !watched(folder, path, whole)) return (int)syscall(SYS_unlinkat, folder, path, flags);
  pthread_mutex_lock(&layer.lock);
  step();
  struct item *before = kept_item(whole);
  int done = (int)syscall(SYS_unlinkat, folder, path, 0), error = errno;
  if (done == 0) name_changed(whole, before);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return done;
}
int unlink(const char *path) { return unlink_any(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlink_any(folder, path, flags); }

int rename(const char *from, const char *to) {
  char old[PATH_MAX], fresh[PATH_MAX];
  bool here = watched(AT_FDCWD, from, old), there = watched(AT_FDCWD, to, fresh);
  if (!here && !there) return (int)syscall(SYS_rename, from, to);
  pthread_mutex_lock(&layer.lock);
  step();
  struct item *moved = here ? kept_item(old) : NULL, *replaced = there ? kept_item(fresh) : NULL;
  if (here && !moved && access(old, F_OK) == 0) give_up("no known way of writing: a folder that moves", old);
  int done = (int)syscall(SYS_rename, from, to), error = errno;
  if (done == 0 && here) name_changed(old, moved);
  if (done == 0 && there) name_changed(fresh, replaced);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return done;
}

int link(const char *from, const char *to) {
  char whole[PATH_MAX];
  if (!watched(AT_FDCWD, to, whole)) return (int)syscall(SYS_link, from, to);
  pthread_mutex_lock(&layer.lock);
  step();
  int done = (int)syscall(SYS_link, from, to), error = errno;
  if (done == 0) name_changed(whole, NULL);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return done;
}

int mkdir(const char *path, mode_t mode) {
  char whole[PATH_MAX];
  if (!watched(AT_FDCWD, path, whole)) return (int)syscall(SYS_mkdir, path, mode);
  pthread_mutex_lock(&layer.lock);
  step();
  int done = (int)syscall(SYS_mkdir, path, mode), error = errno;
  if (done == 0) name_changed(whole, NULL);
  pthread_mutex_unlock(&layer.lock);
  errno = error;
  return done;
}

/* ---- what it must not call on what is watched ---- */

static void no_known_way(const char *call, int file) {
  if (is_watched(file)) give_up("no known way of writing", call);
}
ssize_t writev(int file, const struct iovec *parts, int count) { no_known_way("writev", file); return syscall(SYS_writev, file, parts, count); }
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) { no_known_way("pwritev", file); return syscall(SYS_pwritev, file, parts, count, at, 0); }
int fallocate(int file, int mode, off_t at, off_t size) { no_known_way("fallocate", file); return (int)syscall(SYS_fallocate, file, mode, at, size); }
int posix_fallocate(int file, off_t at, off_t size) { no_known_way("posix_fallocate", file); return (int)syscall(SYS_fallocate, file, 0, at, size) == 0 ? 0 : errno; }
ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t size, unsigned flags) { no_known_way("copy_file_range", to); return syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags); }
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  char whole[PATH_MAX];
  if (watched(from_folder, from, whole) || watched(to_folder, to, whole)) give_up("no known way of writing: renameat", whole);
  return (int)syscall(SYS_renameat, from_folder, from, to_folder, to);
}
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  char whole[PATH_MAX];
  if (watched(to_folder, to, whole)) give_up("no known way of writing: linkat", whole);
  return (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}
int truncate(const char *path, off_t size) {
  char whole[PATH_MAX];
  if (watched(AT_FDCWD, path, whole)) give_up("no known way of writing: truncate", whole);
  return (int)syscall(SYS_truncate, path, size);
}
static void *map(void *at, size_t size, int rights, int flags, int file, off_t offset) {
  if ((rights & PROT_WRITE) && (flags & MAP_SHARED)) no_known_way("mmap", file);
  return (void *)syscall(SYS_mmap, at, size, rights, flags, file, offset);
}
void *mmap(void *at, size_t size, int rights, int flags, int file, off_t offset) { return map(at, size, rights, flags, file, offset); }
void *mmap64(void *at, size_t size, int rights, int flags, int file, off_t offset) { return map(at, size, rights, flags, file, offset); }
