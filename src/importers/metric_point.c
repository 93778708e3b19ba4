/* See metric_point.h. */
#include "importers/metric_point.h"

#include "base/json_write.h"
#include "base/stamp.h"

#include <math.h>

enum { LABEL_BYTES_MAX = 4096 };

bool metric_points_add(struct call *call, struct metric_points *points,
                       const struct metric_point *point)
{
    struct metric_point *list =
        call_more(call, points->point, points->count, &points->room, sizeof *list);
    if (!list)
        return false;
    points->point = list;
    list[points->count++] = *point;
    return true;
}

static int by_key(const void *left, const void *right)
{
    return text_compare(((const struct json_member *)left)->key,
                        ((const struct json_member *)right)->key);
}

bool metric_labels(struct call *call, const struct json *object, text *labels)
{
    struct out out;
    struct json_writer writer;
    *labels = TEXT("");
    if (object->kind != JSON_OBJECT)
        return fail_at(call, "labels", "labels must be an object of texts");
    struct json_member *sorted = call_array(call, object->count + 1, sizeof *sorted);
    if (!sorted)
        return false;
    if (object->count == 0)
        return true;
    memcpy(sorted, object->member, object->count * sizeof *sorted);
    qsort(sorted, object->count, sizeof *sorted, by_key);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    for (uint32_t i = 0; i < object->count; i++) {
        if (sorted[i].value.kind != JSON_TEXT)
            return fail_at(call, "labels", "the label '%.*s' is no text: write it in quotes",
                           TEXT_FMT(sorted[i].key));
        json_key_text(&writer, sorted[i].key);
        json_text(&writer, sorted[i].value.text);
    }
    json_object_end(&writer);
    *labels = out_view(&out);
    if (labels->size > LABEL_BYTES_MAX)
        return fail_at(call, "labels", "the labels of a point take at most %d bytes: shorten them",
                       LABEL_BYTES_MAX);
    return labels->at != NULL;
}

bool metric_number(text word, double *number)
{
    static const struct {
        const char *word;
        double number;
    } words[] = {
        { "NaN", NAN }, { "+Inf", INFINITY }, { "Inf", INFINITY }, { "-Inf", -INFINITY }
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_is(word, words[i].word)) {
            *number = words[i].number;
            return true;
        }
    }
    return text_to_real(word, number) && isfinite(*number);
}

const char *metric_word(double number)
{
    return isnan(number) ? "NaN" : isfinite(number) ? NULL : number > 0 ? "+Inf" : "-Inf";
}

bool metric_time(struct call *call, text word, text zone, stamp *at)
{
    enum stamp_form form = stamp_read(word, at, NULL);
    if (form == STAMP_NOT)
        return fail_at(call, "at", "'%.*s' is not a time: write it like 2026-11-16T07:00:00Z",
                       TEXT_FMT(word));
    if (form == STAMP_WITH_ZONE)
        return true;
    if (zone.at)
        return stamp_from_local(call, zone, *at, at);
    return fail_at(call, "at",
                   "the time '%.*s' has no zone: write it like 2026-11-16T07:00:00Z, or "
                   "name the zone",
                   TEXT_FMT(word));
}
