/* Pictures for the demo's evidence, drawn here: a street, a river, a house, a ramp of a garage, a counter or a sheet of figures, before and
   after it was put right. Each says 演示 in its corner and, below, 整改前, 整改中 or 整改后 and its number, so that no two are alike. PNG 1.2 with a
   palette of four bits a pixel; zlib packs it. */
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "command/demo.h"

enum { WIDTH = 248, HEIGHT = 136 /* as wide as the pages show it */, FOOT = 110 /* below it stand the words */, UP = 16 /* scenes are drawn so much higher */, GLYPH = 16, DIGIT = 6, DIGIT_HEIGHT = 8, ROWS = WIDTH / 2 + 1 };
enum colour { WHITE, SKY, GREY, DARK, RED, GREEN, BLUE, BROWN, YELLOW, WATER, PALE, MURKY, COLOURS };
static const uint8_t PALETTE[COLOURS][3] = {{255, 255, 255}, {214, 230, 242}, {176, 180, 184}, {58, 62, 68}, {193, 72, 56}, {86, 142, 84}, {44, 94, 158}, {150, 112, 78}, {230, 188, 84}, {104, 164, 196}, {238, 236, 228}, {112, 104, 74}};

/* ---- shapes ---- */

struct canvas { uint8_t pixels[HEIGHT][WIDTH]; };

static void box(struct canvas *canvas, int x, int y, int width, int height, enum colour colour) {
  y -= UP;
  for (int row = y < 0 ? 0 : y; row < y + height && row < HEIGHT; row++)
    for (int column = x < 0 ? 0 : x; column < x + width && column < WIDTH; column++) canvas->pixels[row][column] = (uint8_t)colour;
}
static void disc(struct canvas *canvas, int x, int y, int radius, enum colour colour) {
  for (int row = -radius; row <= radius; row++)
    for (int column = -radius; column <= radius; column++)
      if (row * row + column * column <= radius * radius) box(canvas, x + column, y + row, 1, 1, colour);
}
static void line(struct canvas *canvas, int x, int y, int to_x, int to_y, int thick, enum colour colour) {
  int steps = 2 * (abs(to_x - x) > abs(to_y - y) ? abs(to_x - x) : abs(to_y - y)) + 1;
  for (int i = 0; i <= steps; i++) box(canvas, x + (to_x - x) * i / steps, y + (to_y - y) * i / steps, thick, thick, colour);
}

/* ---- words: what a picture says, 16 by 16 dots each ---- */

enum glyph { G_DEMO_1, G_DEMO_2, G_PUT, G_RIGHT, G_BEFORE, G_DURING, G_AFTER, GLYPHS };
static const uint16_t DOTS[GLYPHS][GLYPH] = {
  [G_DEMO_1] = {0x0000, 0x0040, 0x3040, 0x1FFC, 0x0404, 0x03F8, 0x6040, 0x33FC, 0x0244, 0x0244, 0x13FC, 0x1244, 0x13FC, 0x2110, 0x220C, 0x0404},
  [G_DEMO_2] = {0x0000, 0x0000, 0x1FF8, 0x0000, 0x0000, 0x0000, 0x7FFE, 0x0180, 0x0180, 0x0990, 0x1998, 0x1188, 0x3184, 0x6184, 0x0180, 0x0700},
  [G_PUT] = {0x0000, 0x0820, 0x7F20, 0x087E, 0x3F4C, 0x29A8, 0x3F38, 0x1E38, 0x28EC, 0x0000, 0x3FFC, 0x0180, 0x09F8, 0x0980, 0x7FFE, 0x0000},
  [G_RIGHT] = {0x0000, 0x0040, 0x3E40, 0x0240, 0x02FE, 0x02CC, 0x02CC, 0x3FC8, 0x2148, 0x2078, 0x2030, 0x2030, 0x2E30, 0x3848, 0x2186, 0x0100},
  [G_BEFORE] = {0x0000, 0x0810, 0x0C10, 0x0430, 0x7FFE, 0x0000, 0x3F04, 0x2124, 0x2124, 0x3F24, 0x2124, 0x3F24, 0x2104, 0x2104, 0x210C, 0x2638},
  [G_DURING] = {0x0180, 0x0180, 0x0180, 0x7FFE, 0x6186, 0x6186, 0x6186, 0x6186, 0x6186, 0x7FFE, 0x6186, 0x0180, 0x0180, 0x0180, 0x0180, 0x0180},
  [G_AFTER] = {0x0000, 0x0000, 0x00F8, 0x1F00, 0x1000, 0x1000, 0x1FFE, 0x1000, 0x1000, 0x17FC, 0x340C, 0x340C, 0x240C, 0x240C, 0x67FC, 0x4404}};
static const uint8_t DIGITS[10][DIGIT_HEIGHT] = {
  {0x1C, 0x22, 0x26, 0x2A, 0x32, 0x22, 0x1C, 0}, {0x08, 0x18, 0x08, 0x08, 0x08, 0x08, 0x1C, 0}, {0x1C, 0x22, 0x02, 0x0C, 0x10, 0x20, 0x3E, 0}, {0x1C, 0x22, 0x02, 0x0C, 0x02, 0x22, 0x1C, 0}, {0x04, 0x0C, 0x14, 0x24, 0x3E, 0x04, 0x04, 0},
  {0x3E, 0x20, 0x3C, 0x02, 0x02, 0x22, 0x1C, 0}, {0x0C, 0x10, 0x20, 0x3C, 0x22, 0x22, 0x1C, 0}, {0x3E, 0x02, 0x04, 0x08, 0x10, 0x10, 0x10, 0}, {0x1C, 0x22, 0x22, 0x1C, 0x22, 0x22, 0x1C, 0}, {0x1C, 0x22, 0x22, 0x1E, 0x02, 0x04, 0x18, 0}};

static void word_at(struct canvas *canvas, int x, int y, const enum glyph *glyphs, int count, enum colour colour) {
  for (int i = 0; i < count; i++)
    for (int row = 0; row < GLYPH; row++)
      for (int column = 0; column < GLYPH; column++)
        if (DOTS[glyphs[i]][row] >> (GLYPH - 1 - column) & 1) box(canvas, x + i * GLYPH + column, y + row, 1, 1, colour);
}
/* From the right, twice as large as it is drawn. */
static void number_at(struct canvas *canvas, int right, int y, unsigned number, enum colour colour) {
  do {
    right -= 2 * DIGIT;
    for (int row = 0; row < DIGIT_HEIGHT; row++)
      for (int column = 0; column < DIGIT; column++)
        if (DIGITS[number % 10][row] >> (DIGIT - 1 - column) & 1) box(canvas, right + 2 * column, y + 2 * row, 2, 2, colour);
    number /= 10;
  } while (number);
}

/* ---- what is to be seen; `turn` varies it ---- */

typedef void scene(struct canvas *canvas, bool after, unsigned turn);

/* Stalls stand on the pavement; then it is clear, with trees. */
static void street(struct canvas *canvas, bool after, unsigned turn) {
  static const enum colour awnings[] = {RED, YELLOW, BLUE};
  for (int i = 0; i < 5; i++) box(canvas, i * 50, 24 + (int)((turn + (unsigned)i * 7) % 20), 46, 80, i % 2 ? PALE : BROWN);
  for (int i = 0; i < 15; i++) box(canvas, 8 + i % 3 * 12 + i / 3 * 50, 58 + i % 2 * 16, 7, 9, SKY);
  box(canvas, 0, 92, WIDTH, 20, GREY);
  box(canvas, 0, 112, WIDTH, 24, DARK);
  for (int i = 0; i < 6; i++) box(canvas, 8 + i * 42, 123, 22, 2, WHITE);
  for (int i = 0; i < 4; i++) {
    int x = 14 + i * 58 + (int)(turn % 13);
    if (after) {
      box(canvas, x + 8, 80, 4, 20, BROWN);
      disc(canvas, x + 10, 74, 12, GREEN);
    } else {
      box(canvas, x, 80, 34, 6, awnings[(turn + (unsigned)i) % 3]);
      box(canvas, x + 2, 86, 2, 18, DARK), box(canvas, x + 30, 86, 2, 18, DARK);
      box(canvas, x + 4, 94, 26, 6, BROWN);
    }
  }
}
/* A pipe lets murky water into a river; then the pipe is closed and the water clear. */
static void river(struct canvas *canvas, bool after, unsigned turn) {
  box(canvas, 0, 56, WIDTH, 24, GREEN);
  box(canvas, 0, 80, WIDTH, 56, after ? WATER : MURKY);
  for (int i = 0; i < 9; i++) box(canvas, (int)((turn * 17 + (unsigned)i * 53) % 216), 88 + i * 5, 24, 2, after ? SKY : BROWN);
  for (int i = 0; i < 5; i++) disc(canvas, 20 + i * 52 + (int)(turn % 9), 50, 10, GREEN);
  box(canvas, 96, 66, 44, 20, GREY);
  disc(canvas, 118, 78, 11, after ? GREY : DARK);
  if (after) line(canvas, 110, 70, 126, 86, 2, RED);
  else box(canvas, 110, 86, 16, 22, DARK);
}
/* A wall is cracked and wet; then it is painted. */
static void house(struct canvas *canvas, bool after, unsigned turn) {
  box(canvas, 0, 116, WIDTH, 20, GREY);
  box(canvas, 48, 26, 144, 92, after ? PALE : GREY);
  box(canvas, 42, 20, 156, 8, after ? RED : BROWN);
  for (int i = 0; i < 12; i++) box(canvas, 62 + i % 4 * 32, 38 + i / 4 * 24, 18, 14, (turn >> i & 1) && after ? YELLOW : SKY);
  box(canvas, 110, 98, 20, 20, BROWN);
  for (int i = 0; i < 3 && !after; i++) {
    int x = 56 + i * 48 + (int)(turn % 11);
    line(canvas, x, 30, x + 12, 56, 2, DARK), line(canvas, x + 12, 56, x + 4, 84, 2, DARK), line(canvas, x + 12, 56, x + 24, 70, 1, DARK);
  }
  for (int i = 0; i < 4 && after; i++) disc(canvas, 20 + i % 2 * 200, 100 + i / 2 * 10, 11, GREEN);
}
/* Bicycles are charged in the stairs; then the stairs are free, with a light and an extinguisher. */
static void stairs(struct canvas *canvas, bool after, unsigned turn) {
  box(canvas, 0, UP, WIDTH, HEIGHT, after ? PALE : GREY);
  for (int i = 0; i < 7; i++) box(canvas, 120 + i * 18, 118 - i * 14, 120, 16 + i * 14, i % 2 ? BROWN : DARK);
  box(canvas, 0, 124, WIDTH, 12, DARK);
  disc(canvas, 60, 34, 9, after ? YELLOW : DARK);
  for (int i = 0; i < 2 && !after; i++) {
    int x = 16 + i * 54 + (int)(turn % 8);
    disc(canvas, x, 112, 12, DARK), disc(canvas, x, 112, 8, GREY), disc(canvas, x + 30, 112, 12, DARK), disc(canvas, x + 30, 112, 8, GREY);
    line(canvas, x, 110, x + 14, 90, 3, RED), line(canvas, x + 14, 90, x + 30, 110, 3, RED),
        line(canvas, x + 24, 86, x + 46, 40 + (int)(turn % 20), 1, DARK);
  }
  if (after) box(canvas, 22, 92, 12, 30, RED), box(canvas, 25, 86, 6, 6, DARK), box(canvas, 54, 62, 40, 18, GREEN);
}
/* People wait in a row before one counter; then there are three, and nobody waits. */
static void counter(struct canvas *canvas, bool after, unsigned turn) {
  box(canvas, 0, UP, WIDTH, HEIGHT, PALE);
  box(canvas, 0, 116, WIDTH, 20, GREY);
  for (int i = 0; i < 3; i++)
    box(canvas, 20 + i * 72, 22, 56, 16, after || i == 1 ? BLUE : GREY),
        box(canvas, 16 + i * 72, 66, 64, 26, after || i == 1 ? BROWN : GREY);
  for (int i = 0; i < 3; i++)
    if (after || i == 1) disc(canvas, 48 + i * 72, 52, 8, YELLOW), box(canvas, 39 + i * 72, 58, 18, 8, BLUE);
  for (int i = 0; i < (after ? 2 : 7); i++) {
    int x = after ? 48 + i * 72 * 2 : 26 + i * 31 + (int)((turn >> i) % 7);
    disc(canvas, x, 92, 8, BROWN), box(canvas, x - 9, 100, 18, 26, i % 3 == 0 ? RED : i % 3 == 1 ? GREEN : DARK);
  }
}
/* A sheet with a stamp: the columns are high, then low. */
static void sheet(struct canvas *canvas, bool after, unsigned turn) {
  box(canvas, 0, UP, WIDTH, HEIGHT, GREY);
  box(canvas, 46, 14, 148, 118, WHITE);
  box(canvas, 60, 24, 90, 5, DARK);
  for (int i = 0; i < 3; i++) box(canvas, 60, 30 + i * 8, 118 - (int)((turn + (unsigned)i * 29) % 40), 3, GREY);
  for (int i = 0; i < 6; i++) {
    int high = (after && i > 2 ? 8 : 34) + (int)((turn * 7 + (unsigned)i * 11) % 14);
    box(canvas, 62 + i * 18, 116 - high, 12, high, i > 2 && after ? GREEN : RED);
  }
  box(canvas, 58, 116, 124, 2, DARK);
  if (after) disc(canvas, 172, 34, 14, RED), disc(canvas, 172, 34, 11, WHITE), disc(canvas, 172, 34, 4, RED);
}

static void title(struct canvas *canvas, int64_t phase, unsigned number) {
  static const enum glyph demo
      [] = {G_DEMO_1, G_DEMO_2},
  words[][3] =
      {[PHASE_BEFORE] = {G_PUT, G_RIGHT, G_BEFORE}, [PHASE_DURING] = {G_PUT, G_RIGHT, G_DURING}, [PHASE_AFTER] = {G_PUT, G_RIGHT, G_AFTER}};
  static const enum colour colours[] = {[PHASE_BEFORE] = DARK, [PHASE_DURING] = BLUE, [PHASE_AFTER] = GREEN};
  box(canvas, WIDTH - 46, UP + 6, 40, 20, WHITE);
  word_at(canvas, WIDTH - 42, UP + 8, demo, 2, RED);
  box(canvas, 0, UP + FOOT, WIDTH, HEIGHT - FOOT, colours[phase]);
  word_at(canvas, 8, UP + FOOT + 4, words[phase], 3, WHITE);
  number_at(canvas, WIDTH - 8, UP + FOOT + 4, number, WHITE);
}

/* ---- the file ---- */

static void add_number(struct buffer *out, uint32_t number) {
  const uint8_t bytes[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};
  buffer_add(out, bytes, sizeof bytes);
}

static void add_chunk(struct buffer *out, const char *name, const void *content, size_t size) {
  add_number(out, (uint32_t)size);
  size_t at = out->size;
  buffer_add(out, name, 4);
  if (size) buffer_add(out, content, size);
  add_number(out, (uint32_t)crc32(0, (const Bytef *)out->bytes + at, (uInt)(size + 4)));
}

static void write_png(struct buffer *out, const struct canvas *canvas) {
  static const char signature[] = "\x89PNG\r\n\x1a\n";
  static const uint8_t head[] = {0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 4 /* bits */, 3 /* palette */, 0, 0, 0};
  uint8_t rows[HEIGHT * ROWS], packed[HEIGHT * ROWS + 1024];
  uLongf size = sizeof packed;
  for (int y = 0; y < HEIGHT; y++) {
    rows[y * ROWS] = 0; /* no filter */
    for (int x = 0; x < WIDTH; x += 2) rows[y * ROWS + 1 + x / 2] = (uint8_t)(canvas->pixels[y][x] << 4 | canvas->pixels[y][x + 1]);
  }
  if (compress2(packed, &size, rows, sizeof rows, 9) != Z_OK) size = 0; /* cannot be: there is room for it unpacked */
  buffer_add(out, signature, sizeof signature - 1);
  add_chunk(out, "IHDR", head, sizeof head);
  add_chunk(out, "PLTE", PALETTE, sizeof PALETTE);
  add_chunk(out, "IDAT", packed, size);
  add_chunk(out, "IEND", NULL, 0);
}

static void draw(struct canvas *canvas, enum demo_scene of, int64_t phase, unsigned number) {
  static scene *const scenes[DEMO_SCENES] = {[SCENE_STREET] = street, [SCENE_RIVER] = river,     [SCENE_HOUSE] = house,
                                             [SCENE_STAIRS] = stairs, [SCENE_COUNTER] = counter, [SCENE_SHEET] = sheet};
  box(canvas, 0, UP, WIDTH, HEIGHT, SKY);
  scenes[of](canvas, phase != PHASE_BEFORE, number);
  title(canvas, phase, number);
}

void demo_picture(struct buffer *out, enum demo_scene of, int64_t phase, unsigned number) {
  struct canvas canvas;
  draw(&canvas, of, phase, number);
  write_png(out, &canvas);
}
