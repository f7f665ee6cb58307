/* From a line of words to a call: takes the common options out, finds the command, shows help. It opens no store: desk.c does. */
#include "command/program.h"

#include <string.h>

/* ---- options ---- */
static void take_out(int *argc, char **argv, int at, int count) {
  memmove(argv + at, argv + at + count, (size_t)(*argc - at - count) * sizeof *argv);
  *argc -= count;
}

const char *words_option(int *argc, char **argv, const char *name) {
  size_t size = strlen(name);
  const char *value = NULL;
  for (int i = 0; i < *argc && !value; i++) {
    const char *word = argv[i];
    if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, name, size) != 0) continue;
    if (word[2 + size] == '=') { value = word + 3 + size; take_out(argc, argv, i, 1); }
    else if (word[2 + size] == 0 && i + 1 < *argc) { value = argv[i + 1]; take_out(argc, argv, i, 2); }
  }
  return value;
}

bool words_flag(int *argc, char **argv, const char *name) {
  bool found = false;
  for (int i = 0; i < *argc;) {
    if (strncmp(argv[i], "--", 2) == 0 && strcmp(argv[i] + 2, name) == 0) { take_out(argc, argv, i, 1); found = true; }
    else i++;
  }
  return found;
}

/* ---- help ---- */
static const struct command *command_named(const char *name) {
  const struct command *found = NULL;
  for (size_t i = 0; i < COMMAND_COUNT && !found; i++)
    if (strcmp(COMMANDS[i].name, name) == 0) found = &COMMANDS[i];
  return found;
}

static const struct { const char *option; struct label label; } COMMON[] = {
  {"--data DIR", {"数据文件夹(默认 ./bihuan-data,或环境变量 BIHUAN_DATA)", "the data folder (./bihuan-data, or the environment's BIHUAN_DATA)"}},
  {"--db URL", {"记录放在 PostgreSQL:postgresql://…(默认放在数据文件夹里的 SQLite)", "records in PostgreSQL: postgresql://… (SQLite in the data folder otherwise)"}},
  {"--as ACCOUNT", {"以哪个账号的身份做", "the account to act as"}},
  {"--json", {"最后一行输出一个 JSON 对象", "the last line of output is one JSON object"}},
  {"--lang zh|en", {"语言(默认看 LANG)", "the language (by LANG otherwise)"}},
};

static void help_common(struct call *call) {
  fprintf(call->out, "\n%s\n", call_say(call, (struct label){"共同选项", "common options"}));
  for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
    fprintf(call->out, "  %-14s %s\n", COMMON[i].option, call_say(call, COMMON[i].label));
}

static int help_all(struct call *call) {
  call_print(call, "闭环 %s:发现问题、交给人、盯到真正解决。\n\n用法:bihuan 命令 [选项]\n",
             "Bihuan %s: find problems, hand them over, watch until they are solved.\n\nusage: bihuan COMMAND [options]\n", BIHUAN_VERSION);
  for (size_t i = 0; i < COMMAND_COUNT; i++) fprintf(call->out, "  %-9s %s\n", COMMANDS[i].name, call_say(call, COMMANDS[i].summary));
  help_common(call);
  call_print(call, "\n每个命令的说明:bihuan 命令 --help\n退出状态:0 完成,1 发现问题,2 用法不对,3 库没有应答。", "\nmore of each: bihuan COMMAND --help\nexit status: 0 done, 1 found something wrong, 2 wrong use, 3 the store did not answer.");
  return EXIT_DONE;
}

/* Every line of `usage` is what stands behind "bihuan NAME". */
static void help_usage(FILE *out, const struct command *command) {
  for (const char *line = command->usage, *end; *line; line = *end ? end + 1 : end) {
    end = strchr(line, '\n');
    if (!end) end = line + strlen(line);
    fprintf(out, "  bihuan %s%s%.*s\n", command->name, end > line ? " " : "", (int)(end - line), line);
  }
  if (!*command->usage) fprintf(out, "  bihuan %s\n", command->name);
}

static int help_one(struct call *call, const struct command *command) {
  call_print(call, "bihuan %s:%s\n", "bihuan %s: %s\n", command->name, call_say(call, command->summary));
  help_usage(call->out, command);
  const char *more = call_say(call, (struct label){command->help_zh, command->help_en});
  if (more && *more) fprintf(call->out, "\n%s\n", more);
  help_common(call);
  return EXIT_DONE;
}

int call_usage(struct call *call, struct label sentence) {
  int status = call_fail(call, EXIT_USE, sentence);
  const struct command *command = call->all_count ? command_named(call->all[0]) : NULL;
  for (int i = 1; !command && i < call->all_count; i++) command = command_named(call->all[i]);
  if (command) { fprintf(call->err, "%s\n", call_say(call, (struct label){"用法:", "usage:"})); help_usage(call->err, command); }
  return status;
}

/* ---- the line ---- */
static int unknown_command(struct call *call, const char *name) {
  const char *nearest = NULL;
  size_t best = 3;
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    size_t distance = text_distance(name, COMMANDS[i].name, 3);
    if (distance < best) { best = distance; nearest = COMMANDS[i].name; }
  }
  struct label hint = nearest ? label_print(call->arena, "是不是“%s”?", "Did you mean \"%s\"?", nearest)
                              : (struct label){"用 bihuan --help 看全部命令。", "See bihuan --help for all commands."};
  return call_fail(call, EXIT_USE,
                   (struct label){arena_print(call->arena, "没有“%s”这个命令。%s", name, hint.zh),
                                  arena_print(call->arena, "there is no command \"%s\". %s", name, hint.en)});
}

static enum language language_of(const char *asked, const char *environment) {
  const char *word = asked ? asked : environment ? environment : "zh";
  return strncmp(word, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
}

static void take_common(struct call *call, const struct line *line) {
  const char *language = call_option(call, "lang"), *data = call_option(call, "data");
  call->language = language_of(language, line->language);
  call->data = call_path(call, data ? data : line->data && *line->data ? line->data : "bihuan-data");
  call->db = call_option(call, "db");
  call->as = call_option(call, "as");
  call->json = call_flag(call, "json");
}

static int run_command(struct call *call) {
  bool help = call_flag(call, "help");
  if (call_flag(call, "version")) { call->argc = 0; return command_version(call); }
  if (call->argc > 1 && strcmp(call->argv[0], "help") == 0) { help = true; call->argc--; call->argv++; }
  else if (call->argc > 0 && strcmp(call->argv[0], "help") == 0) { help = true; call->argc = 0; }
  if (call->argc == 0) {
    int status = help_all(call);
    return help ? status : EXIT_USE;
  }
  const char *name = call->argv[0];
  const struct command *command = command_named(name);
  if (!command) return unknown_command(call, name);
  call->argc--;
  call->argv++;
  if (help) return help_one(call, command);
  return command->flags & COMMAND_NO_STORE ? command->run(call) : call_with_store(call, command->flags, command->run);
}

int program_run(const struct line *line) {
  struct arena *arena = arena_new();
  struct call call = {.argc = line->argc, .folder = line->folder, .in = line->in, .out = line->out, .err = line->err, .house = line->house,
                      .authority = AUTHORITY_SYSTEM, .arena = arena, .all_count = line->argc};
  call.argv = ARENA_ARRAY(arena, char *, line->argc + 1);
  call.all = ARENA_ARRAY(arena, char *, line->argc + 1);
  for (int i = 0; i < line->argc; i++) call.argv[i] = call.all[i] = line->argv[i];
  take_common(&call, line);
  int status = run_command(&call);
  if ((fflush(call.out) != 0 || ferror(call.out)) && status == EXIT_DONE)
    status = call_fail(&call, EXIT_WRONG,
                       (struct label){"没有写完:磁盘满了,或读的一方走开了。",
                                      "it could not be written whole: the disk is full, or the reader went away."});
  fflush(call.err);
  arena_free(arena);
  return status;
}
