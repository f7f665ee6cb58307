/* A command beside a running server: its words, folder and standard streams go over DATA/bihuan.sock (mode 0600, same user only)
   and the server runs the very same function on its own store. The streams themselves are handed over as file descriptors, so
   nothing is relayed; only the exit status comes back.
   A message: 4 bytes of length, then texts each ended by NUL: version, language, folder, and the words. */
#include "command/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/log.h"

enum { STREAMS = 3, MESSAGE_MOST = 1 << 20, AT_ONCE_MOST = 16, WITHOUT_FILES = 100 /* milliseconds */ };

/* A socket's address holds hardly 100 bytes; the folder is named by its descriptor, so that a long path does no harm. */
static int folder_address(const char *data, struct sockaddr_un *address) {
  int folder = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/bihuan.sock", folder);
  return folder;
}

static bool write_all(int file, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t wrote = send(file, at, size, MSG_NOSIGNAL);
    if (wrote <= 0) return false;
    at += wrote;
    size -= (size_t)wrote;
  }
  return true;
}

static bool read_whole(int file, void *bytes, size_t size) {
  char *at = bytes;
  while (size > 0) {
    ssize_t got = recv(file, at, size, 0);
    if (got <= 0) return false;
    at += got;
    size -= (size_t)got;
  }
  return true;
}

/* ---- the caller's half ---- */
union control { struct cmsghdr header; char room[CMSG_SPACE(STREAMS * sizeof(int))]; };

/* The length goes together with the descriptors. */
static bool send_streams(int connection, uint32_t size, const int streams[STREAMS]) {
  union control control = {0};
  struct iovec part = {.iov_base = &size, .iov_len = sizeof size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(STREAMS * sizeof(int));
  memcpy(CMSG_DATA(header), streams, STREAMS * sizeof(int));
  return sendmsg(connection, &message, MSG_NOSIGNAL) == (ssize_t)sizeof size;
}

static void add_word(struct buffer *buffer, const char *word) { buffer_add(buffer, word, strlen(word) + 1); }

bool handover_send(struct call *call, int *status) {
  struct sockaddr_un address;
  int folder = folder_address(call->data, &address);
  int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool there = folder >= 0 && connection >= 0 && connect(connection, (struct sockaddr *)&address, sizeof address) == 0;
  if (there) {
    struct buffer message = {.arena = call->arena};
    int32_t answer = EXIT_STORE;
    add_word(&message, BIHUAN_VERSION);
    add_word(&message, call->language == LANGUAGE_EN ? "en" : "zh");
    add_word(&message, call->folder);
    for (int i = 0; i < call->all_count; i++) add_word(&message, call->all[i]);
    fflush(call->out);
    fflush(call->err);
    int streams[STREAMS] = {fileno(call->in), fileno(call->out), fileno(call->err)};
    bool told = send_streams(connection, (uint32_t)message.size, streams) && write_all(connection, message.bytes, message.size) &&
                read_whole(connection, &answer, sizeof answer);
    *status = told ? answer
                   : call_fail(call, EXIT_STORE,
                               (struct label){"服务在命令做完之前停了,不能确定做到了哪一步。",
                                              "the server ended before the command did; how far it came is not known."});
  }
  if (connection >= 0) close(connection);
  if (folder >= 0) close(folder);
  return there;
}

/* ---- the server's half ---- */
struct handover {
  struct house *house;
  int listening, folder, wake[2];
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int running;
};
struct visit { struct handover *handover; int connection; };

static bool receive_streams(int connection, uint32_t *size, int streams[STREAMS]) {
  union control control = {0};
  struct iovec part = {.iov_base = size, .iov_len = sizeof *size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  ssize_t got = recvmsg(connection, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  bool whole = got == (ssize_t)sizeof *size && header && header->cmsg_type == SCM_RIGHTS &&
               header->cmsg_len == CMSG_LEN(STREAMS * sizeof(int));
  if (whole) memcpy(streams, CMSG_DATA(header), STREAMS * sizeof(int));
  return whole;
}

static bool same_user(int connection) {
  struct ucred who;
  socklen_t size = sizeof who;
  return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == getuid() || who.uid == 0);
}

static int run_message(struct handover *handover, char *message, size_t size, const int streams[STREAMS]) {
  char *words[4096];
  int count = 0, status = EXIT_USE;
  for (char *at = message; at < message + size && count < 4096; at += strlen(at) + 1) words[count++] = at;
  FILE *in = fdopen(streams[0], "r"), *out = fdopen(streams[1], "w"), *err = fdopen(streams[2], "w");
  if (count < 3 || !in || !out || !err) status = EXIT_STORE;
  else if (strcmp(words[0], BIHUAN_VERSION) != 0)
    fprintf(err, "bihuan: 正在运行的服务是 %s 版,这个命令是 %s 版 / the running server is %s, this command is %s\n", BIHUAN_VERSION,
            words[0], BIHUAN_VERSION, words[0]);
  else {
    struct line line = {.argc = count - 3, .argv = words + 3, .folder = words[2], .in = in, .out = out, .err = err, .language = words[1],
                        .data = handover->house->data, .house = handover->house};
    status = program_run(&line);
  }
  if (in) fclose(in); else close(streams[0]);
  if (out) fclose(out); else close(streams[1]);
  if (err) fclose(err); else close(streams[2]);
  return status;
}

static void *visit_run(void *with) {
  struct visit *visit = with;
  struct handover *handover = visit->handover;
  int streams[STREAMS];
  uint32_t size = 0;
  if (same_user(visit->connection) && receive_streams(visit->connection, &size, streams)) {
    char *message = size <= MESSAGE_MOST ? calloc(1, (size_t)size + 1) : NULL;
    bool whole = message && read_whole(visit->connection, message, size);
    int32_t status = EXIT_STORE;
    if (whole) status = run_message(handover, message, size, streams);
    else for (int i = 0; i < STREAMS; i++) close(streams[i]);
    write_all(visit->connection, &status, sizeof status);
    free(message);
  }
  close(visit->connection);
  free(visit);
  pthread_mutex_lock(&handover->lock);
  handover->running--;
  pthread_cond_broadcast(&handover->changed);
  pthread_mutex_unlock(&handover->lock);
  return NULL;
}

static void visit_begin(struct handover *handover, int connection) {
  struct visit *visit = HEAP_NEW(struct visit);
  pthread_t thread;
  *visit = (struct visit){handover, connection};
  pthread_mutex_lock(&handover->lock);
  while (handover->running >= AT_ONCE_MOST) pthread_cond_wait(&handover->changed, &handover->lock);
  handover->running++;
  pthread_mutex_unlock(&handover->lock);
  if (pthread_create(&thread, NULL, visit_run, visit) == 0) { pthread_detach(thread); return; }
  close(connection);
  free(visit);
  pthread_mutex_lock(&handover->lock);
  handover->running--;
  pthread_mutex_unlock(&handover->lock);
}

static void *accept_run(void *with) {
  struct handover *handover = with;
  struct pollfd wait[2] = {{.fd = handover->listening, .events = POLLIN}, {.fd = handover->wake[0], .events = POLLIN}};
  for (;;) {
    if (poll(wait, 2, -1) < 0) continue; /* a signal */
    if (wait[1].revents) break;
    if (!(wait[0].revents & POLLIN)) continue;
    int connection = accept4(handover->listening, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0) visit_begin(handover, connection);
    /* who waits is there still: not at once again */
    else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) poll(&wait[1], 1, WITHOUT_FILES);
  }
  return NULL;
}

struct handover *handover_start(struct house *house, const char *data, struct arena *arena, struct label *reason) {
  struct handover *handover = HEAP_NEW(struct handover);
  struct sockaddr_un address;
  *handover = (struct handover){.house = house, .wake = {-1, -1}};
  pthread_mutex_init(&handover->lock, NULL);
  pthread_cond_init(&handover->changed, NULL);
  handover->folder = folder_address(data, &address);
  handover->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  unlink(address.sun_path); /* we hold the folder's lock: what stands there is left over */
  mode_t mask = umask(0177);
  bool open = handover->folder >= 0 && handover->listening >= 0 && pipe2(handover->wake, O_CLOEXEC) == 0 &&
              bind(handover->listening, (struct sockaddr *)&address, sizeof address) == 0 && listen(handover->listening, 64) == 0;
  umask(mask);
  if (open) open = pthread_create(&handover->thread, NULL, accept_run, handover) == 0;
  if (!open) {
    *reason = label_print(arena, "不能在“%s”里建立 bihuan.sock。", "cannot make bihuan.sock in \"%s\".", data);
    if (handover->listening >= 0) close(handover->listening);
    if (handover->folder >= 0) close(handover->folder);
    for (int i = 0; i < 2; i++) if (handover->wake[i] >= 0) close(handover->wake[i]);
    free(handover);
    handover = NULL;
  }
  return handover;
}

void handover_stop(struct handover *handover) {
  if (!handover) return;
  house_leave(handover->house);
  if (write(handover->wake[1], "x", 1) != 1) log_line(LOG_WARNING, "command", "the socket's thread could not be woken");
  pthread_join(handover->thread, NULL);
  pthread_mutex_lock(&handover->lock);
  while (handover->running > 0) pthread_cond_wait(&handover->changed, &handover->lock);
  pthread_mutex_unlock(&handover->lock);
  unlinkat(handover->folder, "bihuan.sock", 0);
  close(handover->listening);
  close(handover->folder);
  close(handover->wake[0]);
  close(handover->wake[1]);
  pthread_mutex_destroy(&handover->lock);
  pthread_cond_destroy(&handover->changed);
  free(handover);
}
