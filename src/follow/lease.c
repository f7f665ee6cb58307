/* Leases by compare and set. A value is "HOLDER UNTIL", UNTIL in microseconds of the system's clock; one whose time is over may be taken
   by anybody. A holder renews in the second half of its time, so a lease that is looked at often costs few writes. */
#include "follow/lease.h"

#include <stdio.h>
#include <string.h>

#define VALUE_ROOM 96

static bool read_value(const char *value, char holder[VALUE_ROOM], int64_t *until) {
  long long moment = 0;
  if (!value || strlen(value) >= VALUE_ROOM || sscanf(value, "%95s %lld", holder, &moment) != 2) return false;
  *until = moment;
  return true;
}

bool lease_hold(struct store *store, const char *name, const char *holder, int64_t seconds) {
  struct arena *arena = arena_new();
  char *value = NULL, standing[VALUE_ROOM] = "";
  int64_t until = 0, now = moment_system();
  enum store_error error = side_get(store, SIDE_LEASE, name, arena, &value);
  bool there = error == STORE_OK && value, held = false;
  if (error && error != STORE_ABSENT) goto out;
  if (there && !read_value(value, standing, &until)) until = 0;
  bool mine = there && strcmp(standing, holder) == 0;
  if (mine && until - now > seconds * MOMENT_SECOND / 2) held = true;
  else if (!there || mine || until <= now) {
    const char *next = arena_print(arena, "%s %lld", holder, (long long)(now + seconds * MOMENT_SECOND));
    held = side_swap(store, SIDE_LEASE, name, there ? value : NULL, next, 0) == STORE_OK;
  }
out:
  arena_free(arena);
  return held;
}

void lease_release(struct store *store, const char *name, const char *holder) {
  struct arena *arena = arena_new();
  char *value = NULL, standing[VALUE_ROOM] = "";
  int64_t until;
  if (side_get(store, SIDE_LEASE, name, arena, &value) == STORE_OK && read_value(value, standing, &until) && strcmp(standing, holder) == 0)
    side_swap(store, SIDE_LEASE, name, value, arena_print(arena, "%s 0", holder), 0);
  arena_free(arena);
}
