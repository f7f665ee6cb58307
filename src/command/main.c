/* The program's entry: hands its line to program.c. Nothing else is decided here. */
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/program.h"

static const char *language_of_environment(void) {
  const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  const char *language = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !(language && *language); i++) language = getenv(names[i]);
  return language;
}

int main(int argc, char **argv) {
  char *folder = getcwd(NULL, 0);
  umask(077); /* what this program writes is its owner's only */
  signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of writing, not the end */
  base_start();
  struct line line = {.argc = argc - 1, .argv = argv + 1, .folder = folder ? folder : "/", .in = stdin, .out = stdout, .err = stderr,
                      .language = language_of_environment(), .data = getenv("BIHUAN_DATA")};
  int status = program_run(&line);
  free(folder);
  return status;
}
