/* A text as a QR code, an SVG picture: what is printed leads back to the list it was made of. Always dark on light, whatever the page's
   theme, because a camera has to read it. */
#include <qrencode.h>
#include <string.h>

#include "base/heap.h"
#include "web/web.h"

#define TEXT_MOST 1000 /* bytes: finer squares than that no phone reads off paper */
#define QUIET 4        /* squares of light around it, ISO/IEC 18004 */

/* One path: each run of dark squares in a line is a bar. */
static void squares_write(struct buffer *out, const QRcode *code) {
  for (int y = 0; y < code->width; y++)
    for (int x = 0, run; x < code->width; x += run) {
      const unsigned char *at = code->data + (size_t)y * (size_t)code->width + x;
      for (run = 1; x + run < code->width && (at[run] & 1) == (at[0] & 1); run++) continue;
      if (at[0] & 1) buffer_print(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
    }
}

void qr_show(struct request *request) {
  const char *text = request_argument(request, "text");
  struct buffer out = {.arena = request->arena};
  if (!text || !*text || strlen(text) > TEXT_MOST) {
    answer_problem(request, 400, "wrong_value",
                   label_print(request->arena, "text 应是 1 到 %d 字节的文字。", "text must have from 1 to %d bytes.", TEXT_MOST));
    return;
  }
  QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
  if (!code) heap_exhausted(strlen(text));
  int side = code->width + 2 * QUIET;
  buffer_print(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side, side, side, side);
  squares_write(&out, code);
  QRcode_free(code);
  buffer_text(&out, "\"/></svg>");
  answer_header(request, "Cache-Control", "private, max-age=86400");
  answer_bytes(request, 200, "image/svg+xml", out.bytes, out.size);
}
