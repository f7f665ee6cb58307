/* The demo city as a script: its parts put together, the same for the same seed on every machine. */
#include "command/demo_city.h"

#include <string.h>

#define SEED UINT64_C(20261120)

static void more(struct play *play) {
  city_frame_events(play);
  city_round_events(play);
  city_map_events(play);
  city_office_events(play);
  city_check_events(play);
  city_call_events(play);
  city_public_events(play);
  city_story_events(play);
}

static const struct demo_matter *city_voices(struct city *city, size_t *count) {
  struct demo_matter *all = ARENA_ARRAY(city->arena, struct demo_matter, DEMO_MATTER_COUNT + CITY_VOICE_COUNT);
  memcpy(all, DEMO_MATTERS, DEMO_MATTER_COUNT * sizeof *all);
  memcpy(all + DEMO_MATTER_COUNT, CITY_VOICES, CITY_VOICE_COUNT * sizeof *all);
  *count = DEMO_MATTER_COUNT + CITY_VOICE_COUNT;
  return all;
}

int city_day(const struct demo_problem *problem, enum demo_step_kind kind) {
  for (size_t i = 0; i < problem->plot->count; i++)
    if (problem->plot->steps[i].kind == kind) return problem->plot->steps[i].ago;
  return 0;
}

const struct demo_script *city_script(struct arena *arena) {
  struct city *city = ARENA_NEW(arena, struct city);
  struct demo_script *script = ARENA_NEW(arena, struct demo_script);
  memset(city, 0, sizeof *city);
  city->arena = arena;
  city->random.state = SEED;
  city_units(city);
  city_cases(city);
  city_topics(city);
  city_appeals(city);
  *script = (struct demo_script){.seed = "申江2026",
                                 .public_code = "demo-2026-code",
                                 .units = city->units,
                                 .unit_count = city->unit_count,
                                 .users = city->users,
                                 .user_count = city->user_count,
                                 .problems = city->problems,
                                 .problem_count = city->problem_count,
                                 .topics = city->topics,
                                 .topic_count = city->topic_count,
                                 .members = city->members,
                                 .member_count = city->member_count,
                                 .more = more,
                                 .every_day = true,
                                 .own = city};
  script->matters = city_voices(city, &script->matter_count);
  return script;
}
