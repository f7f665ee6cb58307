/* Server-sent events: which records in scope changed; pages fetch what they need. One thread waits for the journal, reads what is
   new, asks for each stream what its reader may see, and wakes its connection; a quiet stream's connection is suspended and holds no
   thread. A change of hundreds of records at once is told as one event without an id: look again. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/heap.h"
#include "base/log.h"
#include "web/web.h"

#define STREAMS_MOST 200
#define STREAMS_A_USER 8
#define ENTRIES_MOST 200          /* told one by one at once */
#define WAIT 1000                 /* milliseconds between looks at the rest */
#define BEAT (INT64_C(15) * MOMENT_SECOND)
#define LIFE (INT64_C(3600) * MOMENT_SECOND) /* then the browser connects anew */
#define BACKLOG_MOST ((size_t)256 << 10)     /* bytes that a reader may be behind */

struct stream {
  struct stream *next; struct events *events; struct MHD_Connection *connection;
  struct seat seat;
  struct buffer text; size_t sent;
  bool suspended, ended;
  int holders;                    /* the library, and the thread while it looks */
  int64_t began, beaten;
};
struct events {
  struct server *server;
  pthread_mutex_t lock;           /* of the list and all streams */
  struct stream *first; long count;
  bool ending;
  pthread_t thread; bool running;
};

/* ---- streams; all under the lock ---- */

static void stream_wake(struct stream *stream) {
  if (!stream->suspended) return;
  stream->suspended = false;
  MHD_resume_connection(stream->connection);
}

static void stream_say(struct stream *stream, const char *text) {
  if (stream->ended) return;
  if (stream->text.size - stream->sent + strlen(text) > BACKLOG_MOST) stream->ended = true; /* it comes back and looks anew */
  else buffer_text(&stream->text, text);
  stream->beaten = moment_system();
  stream_wake(stream);
}

static void stream_end(struct stream *stream) {
  stream->ended = true;
  stream_wake(stream);
}

static void stream_release(struct stream *stream) {
  if (--stream->holders) return;
  buffer_free(&stream->text);
  free(stream);
}

static ssize_t stream_read(void *with, uint64_t at, char *bytes, size_t most) {
  struct stream *stream = with;
  ssize_t given = 0;
  (void)at;
  pthread_mutex_lock(&stream->events->lock);
  size_t waiting = stream->text.size - stream->sent;
  if (waiting) {
    given = (ssize_t)(waiting < most ? waiting : most);
    memcpy(bytes, stream->text.bytes + stream->sent, (size_t)given);
    stream->sent += (size_t)given;
    if (stream->sent == stream->text.size) {
      buffer_clear(&stream->text);
      stream->sent = 0;
    }
  } else if (stream->ended) given = MHD_CONTENT_READER_END_OF_STREAM;
  else {
    stream->suspended = true;
    MHD_suspend_connection(stream->connection);
  }
  pthread_mutex_unlock(&stream->events->lock);
  return given;
}

/* The library has done with it. */
static void stream_gone(void *with) {
  struct stream *stream = with;
  struct events *events = stream->events;
  pthread_mutex_lock(&events->lock);
  for (struct stream **at = &events->first; *at; at = &(*at)->next)
    if (*at == stream) {
      *at = stream->next;
      events->count--;
      break;
    }
  stream->ended = true;
  stream->suspended = false;
  stream_release(stream);
  pthread_mutex_unlock(&events->lock);
}

/* ---- what is new ---- */

struct seen { enum record_id type; int64_t record; int64_t number; };
struct news { struct seen items[ENTRIES_MOST]; size_t count; int64_t last; bool many; };

static bool news_take(void *with, const struct entry *entry) {
  struct news *news = with;
  news->last = entry->number;
  if (!entry->record || !entry->type) return true;
  for (size_t i = 0; i < news->count; i++)
    if (news->items[i].type == (enum record_id)entry->type && news->items[i].record == entry->record) {
      news->items[i].number = entry->number;
      return true;
    }
  if (news->count == ENTRIES_MOST) news->many = true;
  else news->items[news->count++] = (struct seen){(enum record_id)entry->type, entry->record, entry->number};
  return !news->many;
}

static enum store_error news_for(struct reader *reader, const struct authority *authority, const struct news *news, struct arena *arena,
                                 struct buffer *text) {
  enum store_error error = STORE_OK;
  if (news->many) buffer_print(text, "event: change\ndata: {\"journal\":%lld}\n\n", (long long)news->last);
  for (size_t i = 0; i < news->count && !error && !news->many; i++) {
    const struct record_type *type = record_type(news->items[i].type);
    struct row *row;
    if (!type) continue;
    error = reader_get(reader, type, scope_for(arena, authority, type, MAY_READ), news->items[i].record, arena, &row);
    if (!error)
      buffer_print(text, "event: change\ndata: {\"journal\":%lld,\"type\":\"%s\",\"id\":%lld}\n\n", (long long)news->items[i].number,
                   type->name, (long long)row->id);
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

/* Streams as they are now, each held. */
static struct stream **streams_hold(struct events *events, struct arena *arena, size_t *count) {
  pthread_mutex_lock(&events->lock);
  struct stream **streams = ARENA_ARRAY(arena, struct stream *, events->count + 1);
  *count = 0;
  for (struct stream *stream = events->first; stream; stream = stream->next) {
    stream->holders++;
    streams[(*count)++] = stream;
  }
  pthread_mutex_unlock(&events->lock);
  return streams;
}

static void stream_tell(struct events *events, struct stream *stream, struct reader *reader, const struct news *news, struct arena *arena) {
  struct standing *standing = NULL;
  struct buffer text = {.arena = arena};
  int64_t now = moment_system();
  enum store_error error = sessions_again(events->server, &stream->seat, &standing);
  if (!error && reader) error = news_for(reader, standing_authority(standing), news, arena, &text);
  standing_release(standing);
  pthread_mutex_lock(&events->lock);
  if (text.size) stream_say(stream, text.bytes);
  else if (now - stream->beaten > BEAT) stream_say(stream, ": beat\n\n");
  if (error == STORE_ABSENT || now - stream->began > LIFE) stream_end(stream); /* signed out, or long enough */
  stream_release(stream);
  pthread_mutex_unlock(&events->lock);
}

/* Tells all streams what came after *at. */
static void events_tell(struct events *events, bool grew, int64_t *at, struct arena *arena) {
  struct news *news = ARENA_NEW(arena, struct news);
  struct reader *reader = NULL;
  size_t count;
  struct stream **streams = streams_hold(events, arena, &count);
  if (count && grew && store_reader(events->server->house->store, &reader) == STORE_OK) {
    struct head head;
    news->last = *at;
    if (reader_journal(reader, *at, ENTRIES_MOST * 2, news_take, news) == STORE_OK && reader_head(reader, &head) == STORE_OK) {
      news->many |= head.number > news->last;
      news->last = head.number;
      *at = head.number;
    } else news->count = 0;
  }
  for (size_t i = 0; i < count; i++) stream_tell(events, streams[i], reader, news, arena);
  if (reader) reader_release(reader);
}

static bool events_ending(struct events *events) {
  pthread_mutex_lock(&events->lock);
  bool ending = events->ending;
  pthread_mutex_unlock(&events->lock);
  return ending;
}

static void *events_run(void *with) {
  struct events *events = with;
  struct arena *arena = arena_new();
  int64_t at = 0, newest = 0;
  house_wait(events->server->house, 0, 0, &at);
  while (!events_ending(events)) {
    bool grew = house_wait(events->server->house, at, WAIT, &newest), heard = events_open(events) > 0;
    int64_t before = at;
    if (heard) events_tell(events, grew, &at, arena);
    else if (grew) at = newest;
    if (grew && at == before) nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL); /* the store did not answer */
    arena_reset(arena);
  }
  arena_free(arena);
  return NULL;
}

/* ---- the handler ---- */

static struct stream *stream_new(struct request *request) {
  struct events *events = request->server->events;
  long own = 0;
  struct stream *oldest = NULL;
  struct stream *stream = HEAP_NEW(struct stream);
  *stream = (struct stream){.events = events,
                            .connection = request->connection,
                            .seat = request->seat,
                            .holders = 1,
                            .began = moment_system(),
                            .beaten = moment_system()};
  buffer_print(&stream->text, "retry: 3000\nevent: hello\ndata: {\"journal\":%lld}\n\n", (long long)request->journal);
  pthread_mutex_lock(&events->lock);
  for (struct stream *other = events->first; other; other = other->next)
    if (other->seat.user == request->seat.user && !other->ended) {
      own++;
      oldest = other; /* the newest stand first */
    }
  bool room = !events->ending && events->count < STREAMS_MOST;
  /* A page that was left is noticed only at the next beat: the oldest gives way, for a browser that is refused never asks again. */
  if (room && own >= STREAMS_A_USER) stream_end(oldest);
  if (room) {
    stream->next = events->first;
    events->first = stream;
    events->count++;
  }
  pthread_mutex_unlock(&events->lock);
  if (room) return stream;
  buffer_free(&stream->text);
  free(stream);
  return NULL;
}

void events_show(struct request *request) {
  if (!request_head(request)) return;
  struct stream *stream = stream_new(request);
  if (!stream) {
    answer_store_error(request, STORE_BUSY);
    return;
  }
  struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, stream_read, stream, stream_gone);
  if (!response) heap_exhausted(16384);
  MHD_add_response_header(response, "Content-Type", "text/event-stream; charset=utf-8");
  MHD_add_response_header(response, "X-Accel-Buffering", "no");
  answer_response(request, 200, response);
}

/* ---- starting and stopping ---- */

struct events *events_start(struct server *server) {
  struct events *events = HEAP_NEW(struct events);
  events->server = server;
  pthread_mutex_init(&events->lock, NULL);
  events->running = pthread_create(&events->thread, NULL, events_run, events) == 0;
  if (events->running) return events;
  log_line(LOG_ERROR, "web", "the thread of events did not start");
  events_stop(events);
  return NULL;
}

void events_end(struct events *events) {
  pthread_mutex_lock(&events->lock);
  events->ending = true;
  for (struct stream *stream = events->first; stream; stream = stream->next) stream_end(stream);
  pthread_mutex_unlock(&events->lock);
}

void events_stop(struct events *events) {
  if (!events) return;
  events_end(events);
  if (events->running) pthread_join(events->thread, NULL);
  pthread_mutex_destroy(&events->lock);
  free(events);
}

long events_open(struct events *events) {
  pthread_mutex_lock(&events->lock);
  long count = events->count;
  pthread_mutex_unlock(&events->lock);
  return count;
}
