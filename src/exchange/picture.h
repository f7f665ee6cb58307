/* A picture without what its maker did not mean to tell: place, device, names and times in a JPEG's or PNG's metadata, and whatever was
   hung on behind its end. */
#ifndef BIHUAN_EXCHANGE_PICTURE_H
#define BIHUAN_EXCHANGE_PICTURE_H

#include <stdbool.h>
#include "base/buffer.h"

/* False: it is no whole JPEG or PNG. *media_type: which. */
bool picture_clean(const void *bytes, size_t size, struct buffer *out, const char **media_type);

#endif
