/* Beside the demo city's problems: topics, mechanisms, plans, indicators, the garages as sites, hand-over slips. */
#include "command/demo_city.h"
void city_topics(struct city *city) {}
void city_frame_events(struct play *play) {}
