/* Slow work on threads of its own: what would hold a pool thread for long (password checks, imports, exports) runs here while
   the connection is suspended. The queue is bounded; beyond it the caller refuses. */
#include <pthread.h>
#include <stdlib.h>

#include "base/heap.h"
#include "web/web.h"

#define QUEUE_MOST 64
#define THREADS_MOST 8

struct slow {
  struct server *server;
  pthread_mutex_t lock; pthread_cond_t work;
  struct request *first, **last;
  size_t waiting;
  bool stopping;
  pthread_t threads[THREADS_MOST]; unsigned thread_count;
};

static struct request *slow_next(struct slow *slow) {
  struct request *request;
  pthread_mutex_lock(&slow->lock);
  while (!slow->first && !slow->stopping) pthread_cond_wait(&slow->work, &slow->lock);
  request = slow->first;
  if (request) {
    slow->first = request->next;
    if (!slow->first) slow->last = &slow->first;
    slow->waiting--;
  }
  pthread_mutex_unlock(&slow->lock);
  return request;
}

static void *slow_run(void *with) {
  struct slow *slow = with;
  for (struct request *request; (request = slow_next(slow));) {
    request->route->handle(request);
    request_resume(request);
  }
  return NULL;
}

bool slow_submit(struct slow *slow, struct request *request) {
  bool taken = false;
  pthread_mutex_lock(&slow->lock);
  if (!slow->stopping && slow->waiting < QUEUE_MOST) {
    request->next = NULL;
    *slow->last = request;
    slow->last = &request->next;
    slow->waiting++;
    taken = true;
    pthread_cond_signal(&slow->work);
  }
  pthread_mutex_unlock(&slow->lock);
  return taken;
}

struct slow *slow_start(struct server *server, unsigned threads) {
  struct slow *slow = HEAP_NEW(struct slow);
  slow->server = server;
  slow->last = &slow->first;
  pthread_mutex_init(&slow->lock, NULL);
  pthread_cond_init(&slow->work, NULL);
  for (; slow->thread_count < threads && slow->thread_count < THREADS_MOST; slow->thread_count++)
    if (pthread_create(&slow->threads[slow->thread_count], NULL, slow_run, slow)) break;
  if (slow->thread_count) return slow;
  slow_stop(slow);
  return NULL;
}

void slow_stop(struct slow *slow) {
  if (!slow) return;
  pthread_mutex_lock(&slow->lock);
  slow->stopping = true;
  pthread_cond_broadcast(&slow->work);
  pthread_mutex_unlock(&slow->lock);
  for (unsigned i = 0; i < slow->thread_count; i++) pthread_join(slow->threads[i], NULL);
  pthread_cond_destroy(&slow->work);
  pthread_mutex_destroy(&slow->lock);
  free(slow);
}
