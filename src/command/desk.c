/* Where a command finds its store: the running house it was handed to; a house of its own, opened under the data folder's lock;
   or, where a server holds that lock, nowhere: then the call is handed over. */
#include "command/program.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

enum { WAIT_STEP = 100000 /* microseconds */, WAIT_STEPS = 300 };

int data_lock(const char *data) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s/lock", data) >= (int)sizeof path) return -2;
  int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return -2;
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  close(lock);
  return -1;
}

void data_unlock(int lock) {
  if (lock >= 0) close(lock);
}

static int no_store(struct call *call) {
  return call_fail(
      call, EXIT_STORE,
      label_print(
          call->arena, "“%s”里没有库。用 --data 指出数据文件夹,或用 bihuan user create --first(正式)、bihuan demo(演示)新建。",
          "there is no store in \"%s\". Give the data folder by --data, or make one by bihuan user create --first (real) or bihuan demo.",
          call->data));
}

static bool is_folder(const char *path) { struct stat state; return stat(path, &state) == 0 && S_ISDIR(state.st_mode); }

static int run_beside(struct call *call, unsigned flags, int (*run)(struct call *)) {
  if (flags & COMMAND_ALONE)
    return call_fail(call, EXIT_USE,
                     (struct label){"服务正在运行,这个命令要独占库。请先停掉服务。",
                                    "a server is running, and this command needs the store for itself. Stop the server first."});
  int status = call->as ? call_act_as(call, call->as) : EXIT_DONE;
  return status == EXIT_DONE ? run(call) : status;
}

static int run_opened(struct call *call, unsigned flags, int (*run)(struct call *)) {
  struct label reason = {NULL, NULL};
  unsigned how = (flags & COMMAND_CREATES ? HOUSE_CREATE : 0) | (flags & COMMAND_FOLLOWERS ? HOUSE_FOLLOWERS : 0) |
                 (flags & COMMAND_DRAFT ? HOUSE_DRAFT : 0);
  enum store_error error = house_open(call->data, call->db, how, &call->house, call->arena, &reason);
  if (error == STORE_ABSENT && !call->db) return no_store(call);
  if (error) return call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  int status = run_beside(call, flags & ~(unsigned)COMMAND_ALONE, run);
  if (call->house) house_close(call->house);
  call->house = NULL;
  return status;
}

/* Somebody else has the lock: a server takes the call; another command will be done soon. */
static int wait_or_hand_over(struct call *call, unsigned flags, int *lock) {
  int status = EXIT_DONE;
  for (int i = 0; i < WAIT_STEPS && *lock == -1; i++) {
    if (handover_send(call, &status)) return status;
    usleep(WAIT_STEP);
    *lock = data_lock(call->data);
  }
  if (*lock == -1)
    status = call_fail(call, EXIT_STORE,
                       label_print(call->arena, "另一个 bihuan 占着“%s”,等了三十秒还没有放开。请稍后再试。",
                                   "another bihuan holds \"%s\" and did not let go within thirty seconds. Try again later.", call->data));
  return status;
}

int call_with_store(struct call *call, unsigned flags, int (*run)(struct call *call)) {
  int lock = -1, status;
  if (call->house) return run_beside(call, flags, run);
  if (flags & COMMAND_CREATES && !folder_make(call->data))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "无法建立数据文件夹“%s”:%s。", "cannot make the data folder \"%s\": %s.", call->data,
                                 strerror(errno)));
  if (!is_folder(call->data)) return no_store(call);
  if (call->db) return run_opened(call, flags, run); /* PostgreSQL lets several in */
  lock = data_lock(call->data);
  if (lock == -1) {
    status = wait_or_hand_over(call, flags, &lock);
    if (lock < 0) return status;
  }
  if (lock == -2)
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "不能在数据文件夹“%s”里写:%s。", "cannot write in the data folder \"%s\": %s.", call->data,
                                 strerror(errno)));
  status = run_opened(call, flags, run);
  data_unlock(lock);
  return status;
}
