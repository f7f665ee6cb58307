/* Signals over the ledger (ledger_signals.h): one walk in memory; rounds and each campaign's policy are read once for a question. */
#include "follow/ledger_signals.h"

#include <string.h>

#include "base/room.h"
#include "follow/house.h"
#include "follow/ledger_sides.h"

enum { POLICIES_MOST = 64 };
struct seeking {
  const struct signal_question *question; struct signal_list *list; struct arena *arena; struct reader *reader;
  const struct round_end *rounds; size_t round_count, room;
  struct { int64_t campaign; const struct policy *policy; } policies[POLICIES_MOST]; size_t policy_count;
  enum store_error error;
};

/* More campaigns than there is room for: the later ones are read again each time. */
static const struct policy *policy_of(struct seeking *seeking, int64_t campaign) {
  for (size_t i = 0; i < seeking->policy_count; i++)
    if (seeking->policies[i].campaign == campaign) return seeking->policies[i].policy;
  struct policy *policy = ARENA_NEW(seeking->arena, struct policy);
  seeking->error = policy_for(seeking->reader, campaign, seeking->question->now, seeking->arena, policy);
  if (seeking->policy_count < POLICIES_MOST) {
    seeking->policies[seeking->policy_count].campaign = campaign;
    seeking->policies[seeking->policy_count++].policy = policy;
  }
  return policy;
}

static void item_keep(struct seeking *seeking, const struct signal_facts *facts, uint32_t signals) {
  struct signal_list *list = seeking->list;
  if (list->count == seeking->question->limit) {
    list->more = true;
    return;
  }
  ARENA_ROOM(seeking->arena, list->items, list->count, seeking->room, 32);
  struct signal_item *item = &list->items[list->count++];
  *item = (struct signal_item){.problem = facts->figure->id, .signals = signals};
  for (uint32_t rest = signals; rest; rest &= rest - 1)
    item->sentences[__builtin_ctz(rest)] = SIGNALS[__builtin_ctz(rest)].tell(seeking->arena, facts);
}

static void figure_look(struct seeking *seeking, const struct sides *sides, const struct figure *figure) {
  const struct signal_question *question = seeking->question;
  struct signal_facts facts = {.figure = figure,
                               .today = (int32_t)date_of_moment(question->now),
                               .again = sides_again(sides, figure->id),
                               .policy = policy_of(seeking, figure->campaign)};
  if (seeking->error) return;
  signal_find_round(&facts, seeking->rounds, seeking->round_count);
  signal_count_appeals(&facts, sides->appeals, sides->appeal_count);
  uint32_t signals = signals_shown(&facts);
  if (!signals || !figure_in_scope(figure, question->scope, seeking->reader)) return;
  seeking->list->problems++;
  for (uint32_t rest = signals; rest; rest &= rest - 1) seeking->list->counts[__builtin_ctz(rest)]++;
  if ((signals & question->signals) && figure->id > question->after) item_keep(seeking, &facts, signals);
}

static void figures_take(void *with, const struct figures *figures, const struct sides *sides) {
  struct seeking *seeking = with;
  seeking->list->journal = figures->journal;
  for (size_t i = 0; i < figures->count && !seeking->error; i++)
    if (!seeking->question->campaign || figures->items[i].campaign == seeking->question->campaign)
      figure_look(seeking, sides, &figures->items[i]);
}

enum store_error signals_find(struct house *house, const struct signal_question *question, struct arena *arena, struct signal_list *list) {
  struct seeking seeking = {.question = question, .list = list, .arena = arena};
  struct round_end *rounds = NULL;
  *list = (struct signal_list){0};
  enum store_error error = store_reader(house->store, &seeking.reader);
  if (!error) error = round_ends_read(seeking.reader, arena, &rounds, &seeking.round_count);
  seeking.rounds = rounds;
  if (!error) error = ledger_ask_sides(house, figures_take, &seeking);
  if (seeking.reader) reader_release(seeking.reader);
  return error ? error : seeking.error;
}
