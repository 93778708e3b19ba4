/*
 * See plain_fields.h. This file knows the names of the plain shape and their order; how a value is
 * understood is plain_value.c's business, and where lines come from is the readers'.
 */
#include "importers/plain_fields.h"

#include <assert.h>
#include <math.h>

#define MEMBER(name) offsetof(struct eval_line, name)

const struct plain_row plain_rows[PLAIN_FIELD_COUNT] = {
    [PLAIN_SUITE] = { "suite", PLAIN_KIND_TEXT, MEMBER(suite), true },
    [PLAIN_SURFACE] = { "surface", PLAIN_KIND_TEXT, MEMBER(surface), false },
    [PLAIN_RUN] = { "run", PLAIN_KIND_TEXT, MEMBER(run), true },
    [PLAIN_STARTED_AT] = { "started_at", PLAIN_KIND_INSTANT, MEMBER(started_at), false },
    [PLAIN_CASE] = { "case", PLAIN_KIND_LABEL, MEMBER(case_key), true },
    [PLAIN_PASS] = { "pass", PLAIN_KIND_VERDICT, MEMBER(verdict), false },
    [PLAIN_SCORE] = { "score", PLAIN_KIND_NUMBER, MEMBER(score), false },
    [PLAIN_MODEL] = { "model", PLAIN_KIND_TEXT, MEMBER(model), false },
    [PLAIN_MODEL_SERVED] = { "model_served", PLAIN_KIND_TEXT, MEMBER(model_served), false },
    [PLAIN_AGENT] = { "agent", PLAIN_KIND_TEXT, MEMBER(agent), false },
    [PLAIN_PROMPT] = { "prompt", PLAIN_KIND_TEXT, MEMBER(prompt), false },
    [PLAIN_PROMPT_VERSION] = { "prompt_version", PLAIN_KIND_LABEL, MEMBER(prompt_version), false },
    [PLAIN_DATASET_VERSION] = { "dataset_version", PLAIN_KIND_TEXT, MEMBER(dataset_version),
                                false },
    [PLAIN_JUDGE] = { "judge", PLAIN_KIND_TEXT, MEMBER(judge), false },
    [PLAIN_SLICE] = { "slice", PLAIN_KIND_TEXT, MEMBER(slice), false },
    [PLAIN_TAGS] = { "tags", PLAIN_KIND_TAGS, MEMBER(tag), false },
    [PLAIN_CLUSTER] = { "cluster", PLAIN_KIND_TEXT, MEMBER(cluster), false },
    [PLAIN_TRIAL] = { "trial", PLAIN_KIND_TRIAL, MEMBER(trial), false },
    [PLAIN_LATENCY_MS] = { "latency_ms", PLAIN_KIND_NUMBER, MEMBER(latency_ms), false },
    [PLAIN_DURATION_S] = { "duration_s", PLAIN_KIND_SECONDS, MEMBER(latency_ms), false },
    [PLAIN_COST_USD] = { "cost_usd", PLAIN_KIND_NUMBER, MEMBER(cost_usd), false },
    [PLAIN_TOKENS_IN] = { "tokens_in", PLAIN_KIND_WHOLE, MEMBER(tokens_in), false },
    [PLAIN_TOKENS_OUT] = { "tokens_out", PLAIN_KIND_WHOLE, MEMBER(tokens_out), false },
    [PLAIN_INPUT] = { "input", PLAIN_KIND_ANY, MEMBER(input), false },
    [PLAIN_OUTPUT] = { "output", PLAIN_KIND_ANY, MEMBER(output), false },
    [PLAIN_EXPECTED] = { "expected", PLAIN_KIND_ANY, MEMBER(expected), false },
    [PLAIN_ERROR] = { "error", PLAIN_KIND_TEXT, MEMBER(error), false },
    [PLAIN_FAILURE] = { "failure", PLAIN_KIND_TEXT, MEMBER(failure), false },
};

bool plain_fields_find(text name, enum plain_field *field)
{
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++)
        if (text_is(name, plain_rows[i].name)) {
            *field = (enum plain_field)i;
            return true;
        }
    return false;
}

/* ---- the writer ---- */

static const void *member_of(const struct eval_line *line, const struct plain_row *row)
{
    return (const char *)line + row->member;
}

static void write_text(struct json_writer *writer, const struct plain_row *row,
                       const struct eval_line *line)
{
    const text *value = member_of(line, row);
    if (value->at)
        json_put_text(writer, row->name, *value);
}

/* The offset of the zone that the source named, written or by name; UTC where none is known. */
static int offset_seconds(struct call *call, const struct eval_line *line)
{
    char room[STAMP_TEXT_SIZE];
    stamp ignored;
    int seconds = 0;
    text zone = line->started_zone;
    int size = snprintf(room, sizeof room, "1970-01-01T00:00:00%.*s",
                        zone.size < 16 ? (int)zone.size : 0, zone.at ? zone.at : "");
    if (stamp_read((text){ room, (size_t)size }, &ignored, &seconds) == STAMP_WITH_ZONE)
        return seconds;
    if (zone.at && zone_is_known(zone) && zone_offset(call, zone, line->started_at, &seconds))
        return seconds;
    return 0;
}

static void write_instant(struct json_writer *writer, const struct plain_row *row,
                          const struct eval_line *line)
{
    char room[STAMP_TEXT_SIZE + 8];
    if (!line->is_dated)
        return;
    if (!line->started_zone.at && line->started_at % STAMP_DAY == 0) {
        int size = date_write(line->started_at / STAMP_DAY, room);
        json_put_text(writer, row->name, (text){ room, (size_t)size });
        return;
    }
    int offset = offset_seconds(writer->out->call, line);
    if (offset % 60 != 0)
        offset = 0;
    size_t size = (size_t)stamp_write(line->started_at + offset * STAMP_SECOND, room);
    if (offset) {
        int minutes = abs(offset) / 60;
        size--; /* the Z */
        size += (size_t)snprintf(room + size, sizeof room - size, "%c%02d:%02d",
                                 offset < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
    }
    json_put_text(writer, row->name, (text){ room, size });
}

static void write_verdict(struct json_writer *writer, const struct plain_row *row,
                          const struct eval_line *line)
{
    if (line->verdict == EVAL_PASS || line->verdict == EVAL_FAIL)
        json_put_bool(writer, row->name, line->verdict == EVAL_PASS);
    else
        json_put_null(writer, row->name);
}

static void write_number(struct json_writer *writer, const struct plain_row *row,
                         const struct eval_line *line)
{
    const double *value = member_of(line, row);
    if (isfinite(*value))
        json_put_real(writer, row->name, *value);
}

static void write_whole(struct json_writer *writer, const struct plain_row *row,
                        const struct eval_line *line)
{
    const double *value = member_of(line, row);
    if (fabs(*value) < 9007199254740992.0 && *value == floor(*value))
        json_put_int(writer, row->name, (int64_t)*value);
    else
        write_number(writer, row, line);
}

static void write_trial(struct json_writer *writer, const struct plain_row *row,
                        const struct eval_line *line)
{
    if (line->trial > 0)
        json_put_int(writer, row->name, line->trial);
}

static void write_tags(struct json_writer *writer, const struct plain_row *row,
                       const struct eval_line *line)
{
    if (line->tag_count == 0)
        return;
    json_key(writer, row->name);
    json_list(writer);
    for (size_t i = 0; i < line->tag_count; i++)
        json_text(writer, line->tag[i]);
    json_list_end(writer);
}

typedef void write_kind(struct json_writer *, const struct plain_row *, const struct eval_line *);

static write_kind *const writers[PLAIN_KIND_COUNT] = {
    [PLAIN_KIND_TEXT] = write_text,       [PLAIN_KIND_LABEL] = write_text,
    [PLAIN_KIND_INSTANT] = write_instant, [PLAIN_KIND_VERDICT] = write_verdict,
    [PLAIN_KIND_NUMBER] = write_number,   [PLAIN_KIND_SECONDS] = NULL,
    [PLAIN_KIND_WHOLE] = write_whole,     [PLAIN_KIND_TRIAL] = write_trial,
    [PLAIN_KIND_TAGS] = write_tags,       [PLAIN_KIND_ANY] = write_text,
};

/* An error text beside pass false or null would be read back as an error: only a pass or an error
 * keeps it. */
static struct eval_line shape_of(const struct eval_line *line)
{
    struct eval_line shape = *line;
    if (line->verdict == EVAL_ERROR && !line->error.at)
        shape.error = TEXT("error");
    if (line->verdict != EVAL_ERROR && line->verdict != EVAL_PASS) {
        shape.error = TEXT_NONE;
        shape.failure = line->failure.at ? line->failure : line->error;
    }
    return shape;
}

static void write_members(struct json_writer *writer, const struct json *attributes)
{
    enum plain_field field;
    for (uint32_t i = 0; i < attributes->count; i++) {
        const struct json_member *member = &attributes->member[i];
        if (plain_fields_find(member->key, &field))
            continue;
        json_key_text(writer, member->key);
        json_tree(writer, &member->value);
    }
}

/* Reads the attributes to write them; the tree is given back unless the sink grew in the same arena
 * meanwhile. */
static void write_attributes(struct json_writer *writer, const struct eval_line *line)
{
    struct out *out = writer->out;
    struct arena_mark mark = arena_mark(&out->call->arena);
    struct json attributes = { .kind = JSON_OBJECT };
    size_t room = out->room;
    if (out->failed)
        return;
    if (line->attributes.at && !json_read(out->call, line->attributes, &attributes, NULL)) {
        out->failed = true;
        return;
    }
    assert(attributes.kind == JSON_OBJECT);
    if (line->harness_version.at && !json_get(&attributes, "harness_rev"))
        json_put_text(writer, "harness_rev", line->harness_version);
    write_members(writer, &attributes);
    if (out->room == room)
        arena_rewind(&out->call->arena, mark);
}

void plain_write_line(struct json_writer *writer, const struct eval_line *line)
{
    struct eval_line shape = shape_of(line);
    json_object(writer);
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++) {
        const struct plain_row *row = &plain_rows[i];
        if (writers[row->kind])
            writers[row->kind](writer, row, &shape);
    }
    write_attributes(writer, &shape);
    json_object_end(writer);
}
