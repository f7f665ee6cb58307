/* bihuan group --compare: what this program's grouping would move of the groups that stand. All is made from the journal once more, in
   memory, up to the number that those are true at, and set beside them; nothing is written. --last: what the last change of version moved,
   as it was told then. */
#include "command/program.h"

#include <errno.h>
#include <string.h>

#include "follow/groups_compare.h"
#include "follow/house.h"

enum { TOLD_MOST = 20 /* on the screen */, JSON_MOST = 1000 };

static bool lines_write(const struct groups_comparison *comparison, FILE *file) {
  struct arena *arena = arena_new();
  bool good = true;
  for (size_t i = 0; i < comparison->moved_count && good; i++, arena_reset(arena)) {
    struct buffer out = {.arena = arena};
    struct json json = json_to(&out);
    groups_moved_write(&json, &comparison->moved[i]);
    buffer_byte(&out, '\n');
    good = fwrite(out.bytes, 1, out.size, file) == out.size;
  }
  arena_free(arena);
  return good;
}

static int lines_out(struct call *call, const char *path, const struct groups_comparison *comparison) {
  FILE *file = fopen(call_path(call, path), "wb");
  bool good = file && lines_write(comparison, file);
  int error = errno;
  if (file) good &= fclose(file) == 0;
  if (!good)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "写不了文件“%s”:%s。", "cannot write the file \"%s\": %s.", path, strerror(error)));
  return EXIT_DONE;
}

static void level_tell(struct call *call, struct label what, const struct groups_level_moved *level) {
  call_print(call, "%s:原有 %lld,现为 %lld;拆开 %lld,并起来 %lld;换了组的诉求 %lld 件",
             "%s: %lld before, %lld now; %lld split, %lld joined; %lld appeals moved", call_say(call, what), (long long)level->before,
             (long long)level->after, (long long)level->split, (long long)level->joined, (long long)level->appeals);
}

static void stand_tell(struct call *call, const struct groups_moved *moved) {
  if (moved->event)
    call_print(call, "  诉求 %lld:事件 %lld → %lld", "  appeal %lld: event %lld → %lld", (long long)moved->appeal,
               (long long)moved->before.event, (long long)moved->after.event);
  if (moved->class)
    call_print(call, "  诉求 %lld:一类事 %lld → %lld", "  appeal %lld: class %lld → %lld", (long long)moved->appeal,
               (long long)moved->before.class, (long long)moved->after.class);
}

static void comparison_tell(struct call *call, const struct groups_comparison *comparison) {
  const struct groups_decisions *decisions = &comparison->decisions;
  call_print(call, "截至日志第 %lld 条,%lld 件诉求", "up to journal number %lld, %lld appeals", (long long)comparison->at,
             (long long)comparison->appeals);
  if (comparison->only_before || comparison->only_after)
    call_print(call, "只在原来的组里 %lld 件,只在重做的组里 %lld 件", "in the groups before alone %lld, in those made anew alone %lld",
               (long long)comparison->only_before, (long long)comparison->only_after);
  level_tell(call, (struct label){"同一事件", "events"}, &comparison->events);
  level_tell(call, (struct label){"一类事", "classes"}, &comparison->classes);
  call_print(call, "人的认定 %lld 条:保持 %lld,后来另有认定 %lld,没有保持 %zu",
             "people's decisions %lld: held %lld, revised by later ones %lld, not kept %zu", (long long)decisions->all,
             (long long)decisions->held, (long long)decisions->revised, decisions->broken_count);
  for (size_t i = 0; i < decisions->broken_count && i < TOLD_MOST; i++)
    call_print(call, "  没有保持的认定:%lld", "  decision not kept: %lld", (long long)decisions->broken[i]);
  for (size_t i = 0; i < comparison->moved_count && i < TOLD_MOST; i++) stand_tell(call, &comparison->moved[i]);
  if (comparison->moved_count > TOLD_MOST)
    call_print(call, "  ……共 %zu 件;--out 文件 写下全部", "  … %zu in all; --out FILE writes them all", comparison->moved_count);
}

/* With decisions that are not kept it is something wrong; groups that move are not. */
int group_compare(struct call *call) {
  const char *out = call_option(call, "out");
  struct groups_stands before = {0}, after = {0};
  struct groups_comparison comparison;
  if (!call_flag(call, "compare") || !call_words(call, 0, 0)) return EXIT_USE;
  enum store_error error = groups_stands_kept(call->house, &before);
  if (error == STORE_ABSENT) return call_fail(call, EXIT_WRONG, (struct label){"数据文件夹里没有留存的组,没有可比的。服务运行过并正常停止后才有。", "no groups are kept in the data folder, so there is nothing to compare with. They are kept once a server has run and was stopped properly."});
  if (!error) error = groups_stands_anew(call->house, before.at, &after);
  if (!error) error = groups_compare(call->house, &before, &after, call->arena, &comparison);
  groups_stands_free(&before);
  groups_stands_free(&after);
  if (error) return call_store_fail(call, error);
  int status = out ? lines_out(call, out, &comparison) : EXIT_DONE;
  if (status) return status;
  if (call->json) {
    struct call_json json;
    groups_comparison_write(call_json_open(call, &json), &comparison, JSON_MOST);
    call_json_close(call, &json);
  } else comparison_tell(call, &comparison);
  return comparison.decisions.broken_count ? EXIT_WRONG : EXIT_DONE;
}

int group_last(struct call *call) {
  if (!call_flag(call, "last") || !call_words(call, 0, 0)) return EXIT_USE;
  const char *kept = groups_moved_kept(call->arena, call->house->data);
  if (!kept) return call_fail(call, EXIT_WRONG, (struct label){"还没有因换版本而重做过组。", "groups were not made anew for another version yet."});
  fprintf(call->out, "%s", kept);
  return EXIT_DONE;
}
