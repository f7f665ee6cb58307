/* Private to follow/: the parts of grouping. A *reading* is what is seen of one appeal; a *space* is groups with their centroids and the
   inverted index that finds them. Events and classes are a space each. */
#ifndef BIHUAN_FOLLOW_GROUPING_PARTS_H
#define BIHUAN_FOLLOW_GROUPING_PARTS_H

#include "base/tokens.h"
#include "follow/grouping.h"

enum {
  TOPIC_COUNT = 74, TOPIC_WORDS = 1024, TOPICS_A_WORD = 4, GROUP_TOPICS = 8,
  GROUP_TERMS = 64,        /* words or bigrams that a centroid keeps */
  GROUP_PLACE_TERMS = 24,  /* and pairs of characters of place names */
  CLASS_TERMS = 32,
  READING_TERMS = 2048,    /* tokens that are read of one appeal; what stands behind is not seen */
  READING_BYTES = 5400,    /* of its text */
  POSTINGS = 192,          /* newest groups that a term leads to */
  CANDIDATES = 12,         /* groups that are compared exactly */
  SEARCH_TERMS = 32,       /* rarest terms that are followed */
  RARITY_STEPS = 4096,
  SEARCH_POSTINGS = 800,  /* groups looked at in all */
  DIVISIONS = 4            /* districts that a text or a group speaks of; of more, none says anything */
};

/* A term's number in the table, and what it is in the text it stands in. */
#define TERM_NUMBER 0x0fffffffu
#define TERM_PLACE 0x80000000u  /* lies within the name of a place or a body */
#define TERM_SPELLING 0x40000000u /* two characters of such a name in any order, one left out or none: finds variants */
#define TERM_TITLE 0x20000000u  /* the place is named in the title or given by itself */
#define TERM_CELL 0x10000000u   /* a square of the map; leads to candidates only */

struct vocabulary_term {
  uint64_t hash;
  uint32_t *postings;
  float seen, named; /* appeals, decayed; those in which it lies in a name of a place */
  uint16_t count, room, oldest;
};
struct vocabulary {
  struct vocabulary_term *items;
  uint32_t count, room;
  uint32_t *table;
  uint32_t table_size;
  double appeals; /* decayed */
  float *weights; /* what a word weighs by its rarity, in steps of 1/256 */
};

struct topic_share { uint16_t topic; uint16_t weight; };
struct topics { uint8_t words[TOPIC_WORDS][TOPICS_A_WORD]; uint32_t last; float seen[TOPIC_COUNT]; };

/* weight: mean share in the members, of 65,535; rarity: when it was last counted, of 4,096 a unit. */
struct feature { uint32_t term; uint16_t weight, rarity; };

/* Districts by a hash of what tells their names, 0: no more. DIVISIONS_MANY as the last: too many to say where it is. */
struct divisions { uint32_t names[DIVISIONS]; };
#define DIVISIONS_MANY UINT32_MAX

/* A place that was given by itself, as a set of pairs of its characters in any order, next to each other or one apart, but for those of
   what many names end with: where two sets share nothing, the places are not the same, however they are spelled. Nothing set: none was
   given. */
struct given { uint64_t pairs[4]; };

struct group {
  int64_t id;                     /* the founding appeal */
  int64_t latest, touched;        /* last appeal; its moment */
  int64_t born;                   /* the appeal that founded it first, whatever it is called now */
  int64_t own_since; /* people said that it is one of its own when this was the newest appeal: by itself it joins none that stood then; 0 */
  int64_t first, last;            /* moments of its appeals, from to; GROUPING_NO_MOMENT: not known */
  struct feature *features;       /* ordered by number */
  float norm, matter_norm, matter_sum, place_sum, spelling_sum, title_sum, title_place_sum;
  float latitude, longitude;      /* mean of the members that have a point */
  struct divisions divisions;     /* that any member spoke of */
  struct given given;             /* of all members */
  struct given sounds;            /* of the names of places in members, as pairs of sounds */
  uint32_t size, points;          /* members; with a point */
  uint32_t into;                  /* slot it leads to; its own: it stands */
  uint32_t class_slot;            /* events only */
  uint32_t newer, older;          /* order of last touch */
  struct topic_share topics[GROUP_TOPICS]; float topic_norm;
  uint16_t feature_count;
  uint8_t state;                  /* enum group_state */
};
enum group_state { GROUP_LIVE, GROUP_RETIRED, GROUP_MERGED };

struct space {
  struct vocabulary terms;
  struct group *groups; uint32_t count, room; /* slot 0 is never used */
  struct mixing *scratch;         /* room for making centroids */
  uint32_t live, newest, oldest;  /* ends of the order of last touch; 0 none */
};

struct read_feature { uint32_t term; float weight, rarity; }; /* weight × rarity is its share */
struct reading {
  struct read_feature *features; size_t count; /* ordered by number */
  double norm, matter_norm, matter_sum, place_sum, spelling_sum, title_sum, title_place_sum;
  size_t distinct;                /* words and bigrams in all */
  uint32_t speaks_for;            /* appeals; 0: one */
  int64_t first, last;            /* moments */
  float topics[TOPIC_COUNT];      /* of unit length */
  bool has_topics;                /* any of them is there */
  bool has_point; double latitude, longitude;
  struct divisions divisions;
  struct given given, sounds;
};

/* How an appeal (or a group) and a group compare. */
struct likeness {
  double topics, all, matter, place, place_least, spelling, title_mine, title_theirs, titles_mine, titles_theirs, body_mine, body_theirs,
      rare, rare_titles, title_place_mine, title_place_theirs, title_places;
  bool shares_point;
  double metres;
  bool divided;      /* both say in which district, and it is not the same */
  bool sounds_apart; /* both name places, and none sounds like one of the other */
  bool given_apart;  /* both give their place by itself, and these share nothing */
};

/* ---- grouping_space.c ---- */
void space_free(struct space *space);
void space_forget(struct space *space); /* all but what words weigh */
uint32_t vocabulary_find(struct vocabulary *terms, uint64_t hash, bool make); /* 0: not there */
void vocabulary_weigh(struct vocabulary *terms, double most, double power); /* a rarity counts as at most so much, to this power */
float vocabulary_rarity(const struct vocabulary *terms, uint32_t number);
void vocabulary_index(struct vocabulary *terms); /* the table by hash, made anew */
void vocabulary_age(struct vocabulary *terms);
/* the term leads to this group too; beyond POSTINGS the oldest is forgotten */
void vocabulary_lead(struct vocabulary_term *term, uint32_t slot);
uint32_t space_found(struct space *space, int64_t id);
uint32_t space_stands(const struct space *space, uint32_t slot); /* follows merges */
void space_touch(struct space *space, uint32_t slot);
void space_retire(struct space *space, uint32_t slot);
void space_empty(struct space *space, uint32_t slot); /* as when it was founded, but for its name and order */
/* Takes a reading into a group's centroid; most: features kept; sign −1 takes it out again. */
void space_take_in(struct space *space, uint32_t slot, const struct reading *reading, size_t most, size_t most_spelling);
void space_take_out(struct space *space, uint32_t slot, const struct reading *reading, size_t most, size_t most_spelling);
void space_join(struct space *space, uint32_t from, uint32_t to, size_t most, size_t most_spelling);
/* Slots of groups that share the rarest terms, most shared first. */
size_t space_search(const struct space *space, const struct reading *reading, uint32_t slots[CANDIDATES]);
/* Only of those that are taken: further postings are looked at, as many of them may be none. */
struct space_choice { bool (*takes)(const void *with, uint32_t slot); const void *with; };
size_t space_search_among(const struct space *space, const struct reading *reading, const struct space_choice *choice,
                          uint32_t slots[CANDIDATES]);
struct likeness space_compare(const struct group *group, const struct reading *reading);
double space_matter(const struct group *group, const struct reading *reading); /* of classes, which have nothing else */
double space_topics(const struct group *group, const struct reading *reading);
/* A reading as a group that stands in no space, to be compared with others. */
struct group space_alone(struct arena *arena, struct space *space, const struct reading *reading);
/* A group's centroid as a reading, to be compared with others. */
struct reading space_reading(struct arena *arena, const struct group *group);
size_t space_bytes(const struct space *space);

/* ---- grouping_read.c ---- */
/* count: the appeal's terms are counted in the tables (else only looked up). Both are of the same appeal: all of it, and its matter
   alone. */
struct readings { struct reading event, class; };
struct grouping;
struct readings grouping_read(struct grouping *grouping, const struct grouping_appeal *appeal, bool count);
/* an event's centroid as its class takes it, for all its appeals */
struct reading grouping_read_matter(struct grouping *grouping, const struct group *event);
uint64_t grouping_word_hash(const char *bytes, size_t size);
void topics_learn(struct grouping *grouping);

/* ---- grouping_judge.c ---- */
struct grouping;
struct judged {
  uint32_t slot;
  double score;
  bool apart; /* another matter, or the same of another place: only a high score makes them one */
};
bool grouping_other_matter(
    const struct group *group, const struct reading *reading,
    double topics /* how far they are the same: space_topics */); /* both say what they are about, and share nothing of it */
/* however alike the words: what is far away on the map is another event */
struct judged grouping_judge(const struct grouping *grouping, uint32_t slot, const struct reading *reading);

/* ---- grouping_sounds.c ---- */
struct sounds;
uint16_t sound_of(struct sounds **sounds /* NULL at first */, const char *character /* of three bytes */);
void sounds_free(struct sounds *sounds);

/* ---- grouping_places.c ---- */
/* Byte ranges of names of places and bodies within a folded text. */
struct place_name { const char *begin, *end; };
/* What stands before what many names end with (小区, 路). */
const char *place_body_end(const struct place_name *name);
size_t places_find(const char *folded, size_t size, struct place_name *names, size_t most);
/* Names of districts and counties, or what tells them. */
size_t districts_find(const char *folded, size_t size, struct place_name *names, size_t most);
void divisions_name(struct divisions *divisions, const struct place_name *district);
void divisions_add(struct divisions *divisions, const struct divisions *more);
bool divisions_differ(const struct divisions *one, const struct divisions *other);
/* The pairs of characters from begin to end; what a name ends with is passed over. */
void given_read(const char *begin, const char *end, struct given *given);
void given_add(struct given *given, const struct given *more);
bool given_differ(const struct given *one, const struct given *other);
void given_put(struct given *given, uint64_t hash);

/* ---- grouping.c ---- */
struct pair_set { uint64_t *items; size_t count, room; };
struct appeal_map { int64_t *ids; uint32_t *slots; size_t count, size; };
struct grouping {
  struct grouping_settings settings;
  struct space events, classes;
  struct appeal_map appeals;      /* each appeal's event */
  struct pair_set apart;          /* events that people split: never joined by itself */
  struct pair_set apart_classes;  /* likewise */
  grouping_joined *joined; void *joined_with; /* who is told; NULL nobody */
  uint64_t taken;                 /* appeals */
  int64_t newest;                 /* the highest id among them */
  int64_t now;                    /* the latest moment seen */
  uint32_t again;                 /* the class that was looked at again last */
  struct topics topics;
  struct sounds *sounds;          /* of characters; NULL at first */
  struct arena *arena;            /* of the appeal in hand */
};
void appeal_map_put(struct appeal_map *map, int64_t id, uint32_t slot);
uint32_t grouping_slot(const struct grouping *grouping, int64_t appeal); /* of its event; 0: not known */
void pair_set_add(struct pair_set *set, uint32_t one, uint32_t other);
void grouping_let_together(struct pair_set *set, struct space *space, uint32_t one, uint32_t other); /* people say that they are one */
uint32_t grouping_class_slot(const struct grouping *grouping, uint32_t event);
uint32_t grouping_class_join(struct grouping *grouping, uint32_t one, uint32_t other); /* the slot that stays */
enum grouping_where grouping_whereabouts(const struct grouping_settings *settings, const struct group *group, const struct reading *reading);
uint32_t grouping_event_join(struct grouping *grouping, uint32_t one, uint32_t other); /* the slot that stays */

#endif
