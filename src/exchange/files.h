/* Evidence files by what is in them: DATA/evidence/ab/cdef… (SHA-256 in hex). The same content is kept once; a file is never changed
   in place. It lies in the data folder also when the records are on PostgreSQL. */
#ifndef BIHUAN_EXCHANGE_FILES_H
#define BIHUAN_EXCHANGE_FILES_H

#include "base/buffer.h"
#include "store/store.h"

#define FILE_NAME_SIZE (2 * HASH_SIZE + 1)
/* Takes the finished upload at `path` over (it is moved, or removed when its content is kept already). Durable on STORE_OK. */
enum store_error file_keep(const char *data, const char *path, char name[FILE_NAME_SIZE], int64_t *size);
enum store_error file_keep_bytes(const char *data, const void *bytes, size_t size, char name[FILE_NAME_SIZE]);
/* Where it lies; NULL when `name` is no such name. Says nothing about whether it is there. */
char *file_path(struct arena *arena, const char *data, const char *name);
bool file_there(const char *data, const char *name, int64_t *size);
/* A fresh path for an upload in DATA/staging (the folder is made). */
char *file_staging_path(struct arena *arena, const char *data);
/* Removes what uploads left that a killed server had begun. Only for who holds the lock of the data folder, before uploads are taken. */
void file_staging_clear(const char *data);
enum store_error file_remove(const char *data, const char *name); /* destroyed: overwritten, then removed; STORE_OK when absent */
typedef bool file_sink(void *with, const char *name, const char *path, int64_t size);
/* Every one, for backup: a folder that is there and cannot be read is told as GONE, not passed over. */
enum store_error file_list(const char *data, file_sink *sink, void *with);
/* Writes a small file so that it is whole or not there: temporary beside it, fsync, rename, fsync of the folder. */
enum store_error file_write_whole(const char *path, const void *bytes, size_t size);
/* Adds all that is in it, and at least the NUL. ABSENT: it is not there; GONE: it cannot be read to its end. */
enum store_error file_read_whole(const char *path, struct buffer *bytes);

#endif
