/* Private to store/: parts of the DDL that other files share. */
#ifndef BIHUAN_STORE_SCHEMA_SQL_H
#define BIHUAN_STORE_SCHEMA_SQL_H

#include "store/compose.h"

/* Words I, T and B of a text replaced by the driver's types. */
char *schema_words(struct arena *arena, const struct store_driver *driver, const char *text);
/* Every index of a record type: its quoted name and its whole definition. */
void schema_indexes(struct arena *arena, const struct store_driver *driver, const struct type_texts *texts,
                    void (*want)(void *with, const char *name, const char *definition), void *with);
#endif
