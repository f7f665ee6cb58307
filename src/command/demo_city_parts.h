/* Private to the demo city's own files: a case before its plot is written. */
#ifndef BIHUAN_COMMAND_DEMO_CITY_PARTS_H
#define BIHUAN_COMMAND_DEMO_CITY_PARTS_H

#include "command/demo_city.h"

enum city_handing { HANDING_NONE, HANDING_MAY, HANDING_TRANSFERRED, HANDING_RULED };
struct city_case {
  enum city_outcome outcome /* CITY_OUTCOMES: it does not count */;
  int round;
  size_t place /* among those of its outcome in its round */;
  int admitted /* days ago */;
  bool example;
  enum city_handing handing;
};

size_t city_unit_named(const struct city *city, const char *name, size_t length); /* the office, where there is none */
bool city_placeholder(const struct city_case *one);
void city_plot(struct city *city, const struct city_case *one, size_t which); /* writes the problem's plot */

#endif
