/* The process's log: one event, one line, one write. It knows the time and the room's name, and trusts
   its callers to hand it no record's contents. */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/moment.h"

#define LONGEST 2000 /* bytes of a line; one write of so few is not torn apart in a pipe */

static const char *const level_names[] = {[LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARNING] = "warning", [LOG_ERROR] = "error"};
_Static_assert(sizeof level_names / sizeof *level_names == LOG_ERROR + 1, "every level has a name");

static atomic_int least_level = LOG_INFO;

void log_threshold(enum log_level least) { atomic_store(&least_level, (int)least); }

static int log_head(char *line, size_t room, enum log_level level, const char *name) {
  int64_t now = moment_system();
  int64_t date = date_of_moment(now);
  struct civil day = civil_from_date(date);
  long rest = (long)((now - moment_of_date(date)) / 1000);
  return snprintf(line, room, "%04d-%02d-%02dT%02ld:%02ld:%02ld.%03ld+08:00 %s %s: ", day.year, day.month, day.day,
                  rest / 3600000, rest / 60000 % 60, rest / 1000 % 60, rest % 1000, level_names[level], name);
}

/* Controls become blanks, so that nothing can forge a line; a cut line ends with three dots. */
static size_t log_tidy(char *line, size_t size, size_t wanted) {
  for (size_t i = 0; i < size; i++)
    if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f) line[i] = ' ';
  if (wanted > size) {
    while (size > LONGEST - 4 || (size && ((unsigned char)line[size] & 0xc0) == 0x80)) size--;
    for (int i = 0; i < 3; i++) line[size++] = '.';
  }
  line[size++] = '\n';
  return size;
}

void log_line(enum log_level level, const char *room, const char *format, ...) {
  if ((int)level < atomic_load(&least_level)) return;
  int kept_errno = errno;
  char line[LONGEST + 1];
  int head = log_head(line, LONGEST, level, room);
  if (head < 0) head = 0;
  if (head > LONGEST - 1) head = LONGEST - 1;
  va_list arguments;
  va_start(arguments, format);
  int body = vsnprintf(line + head, (size_t)(LONGEST - head), format, arguments);
  va_end(arguments);
  if (body < 0) body = 0;
  size_t wanted = (size_t)head + (size_t)body;
  size_t size = log_tidy(line, wanted < LONGEST - 1 ? wanted : LONGEST - 1, wanted);
  ssize_t written;
  do written = write(STDERR_FILENO, line, size);
  while (written < 0 && errno == EINTR);
  errno = kept_errno; /* nowhere is left to say that the log itself failed */
}
