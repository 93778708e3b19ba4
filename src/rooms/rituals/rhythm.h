/*
 * How healthy the rituals are: health = adherence x artifact completeness x action closure, each
 * part told; what they cost beside what came out; streaks of silence, and meetings that are held
 * for nothing. About rituals, never about people. What cannot be told yet is unknown, not 0.
 */
#ifndef RONDO_RHYTHM_H
#define RONDO_RHYTHM_H

#include "base/json_write.h"
#include "offers/terminal.h"
#include "rooms/rituals/occurrence_slots.h"

enum { RHYTHM_WEEKS_DEFAULT = 12, RHYTHM_WEEKS_MAX = 104 };

/* A share of something; `of` 0: unknown. */
struct share {
    int64_t part, of;
};

struct rhythm_line {
    const struct row *ritual;
    text owner;
    int64_t expected, held, incomplete, skipped, missed;
    int64_t silent_streak; /* the last occurrences that were missed, one after another */
    struct share adherence, completeness, closure;
    bool has_health;
    double health;       /* the product of the parts that are known */
    double person_hours; /* of those who were there */
    int64_t decisions, actions, artifacts; /* what came out */
    struct ritual_zombie zombie;
    text advice; /* what to do about it, or why it rests; TEXT_NONE: nothing */
};

struct rhythm {
    int64_t weeks;
    struct rhythm_line *line;
    size_t count;
};

/* The last `weeks` weeks of the rituals of a team (0: of all) that are not retired. */
bool rhythm_read(struct call *call, rid team, int64_t weeks, struct rhythm *rhythm);

void rhythm_write_json(struct call *call, const struct rhythm *rhythm, struct json_writer *writer);
bool rhythm_write_terminal(struct call *call, const struct rhythm *rhythm,
                           const struct terminal *terminal, struct out *out);

#endif
