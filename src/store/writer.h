/* The one writer of a process: takes every job that waits, runs each as one change set under its own mark,
   commits once, then answers all. No lingering: a lone job is committed at once. */
#ifndef BIHUAN_STORE_WRITER_H
#define BIHUAN_STORE_WRITER_H

#include "store/store.h"

struct job {
  /* On the writer thread. True keeps the set, false takes it back; *error may be set to a store error.
     May be run a second time, from the beginning, when the group it was in had to be taken back. */
  bool (*run)(struct job *job, struct tx *tx, enum store_error *error);
  /* On the writer thread, after the commit (or its failure). The job may be freed in it. */
  void (*done)(struct job *job, enum store_error error);
  struct job *next;
};
struct writer;

struct writer *writer_start(struct store *store);
void writer_stop(struct writer *writer);             /* finishes what waits */
void writer_submit(struct writer *writer, struct job *job);
/* Submits and waits: for commands and followers, never on the writer thread. */
enum store_error writer_run(struct writer *writer, bool (*run)(struct job *, struct tx *, enum store_error *), struct job *job);
/* Called on the writer thread after each commit that appended entries, with the new head number. */
void writer_on_commit(struct writer *writer, void (*hook)(void *with, int64_t number), void *with);

#endif
