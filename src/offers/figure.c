/* See figure.h. */
#include "offers/figure.h"

#include "offers/listing.h"
#include "offers/nearest.h"
#include "offers/refs.h"
#include "offers/room.h"
#include "store/find.h"

#include <math.h>

static const char *const unit_words[FIGURE_UNITS] = { "count",        "share",  "points", "usd",
                                                      "milliseconds", "number", "words" };

const char *const figure_mark_words[FIGURE_MARKS] = { "stale", "unverified", "restated" };

const struct figure *figure_find(const struct call *call, text name)
{
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct figure *figure = (*room)->figures; figure && figure->name; figure++)
            if (text_is(name, figure->name))
                return figure;
    return NULL;
}

/* --- reading what was written --- */

/* Names all that was written: where the name ends is not known of what is none. */
static bool refuse_name(struct call *call, text name, text written)
{
    struct nearest nearest;
    nearest_init(&nearest, name);
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct figure *figure = (*room)->figures; figure && figure->name; figure++)
            nearest_try(&nearest, text_of(figure->name));
    text best = nearest_best(&nearest);
    if (best.at)
        return fail_at(call, "figure", "there is no figure '%.*s'; did you mean '%.*s'?",
                       TEXT_FMT(written), TEXT_FMT(best));
    return fail_at(call, "figure",
                   "there is no figure '%.*s': 'rondo update figures' lists what there is",
                   TEXT_FMT(written));
}

/* Takes the next "key=value" off; a value in quotes may hold blanks. */
static bool take_pair(struct call *call, text *rest, text *key, text *value)
{
    text after;
    *key = text_trim(text_cut(*rest, '=', &after));
    if (!after.at)
        return fail_at(call, "figure", "'%.*s' is no parameter: write it as name=value",
                       TEXT_FMT(*key));
    char quote = after.size ? after.at[0] : 0;
    if (quote == '"' || quote == '\'') {
        *value = text_cut(text_from(after, 1), quote, rest);
        if (!rest->at)
            return fail_at(call, "figure", "the quote after '%.*s=' does not end", TEXT_FMT(*key));
    } else {
        *value = text_cut(after, ' ', rest);
    }
    *rest = rest->at ? text_trim(*rest) : TEXT_NONE;
    if (value->size == 0)
        return fail_at(call, "figure", "'%.*s=' has no value", TEXT_FMT(*key));
    return true;
}

static bool take_own(struct call *call, text key, text value, struct told_figure *told)
{
    const struct figure_parameter *parameter = told->figure->parameter;
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && parameter[i].name; i++) {
        if (!text_is(key, parameter[i].name))
            continue;
        told->ask.word[i] = value;
        return !parameter[i].refers ||
               refs_find(call, catalog_record(call->catalog, text_of(parameter[i].refers)), value,
                         &told->ask.row[i]);
    }
    return fail_at(call, "figure", "'%s' has no parameter '%.*s'", told->figure->name,
                   TEXT_FMT(key));
}

static bool check_needed(struct call *call, const struct told_figure *told)
{
    const struct figure_parameter *parameter = told->figure->parameter;
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && parameter[i].name; i++)
        if (parameter[i].is_needed && !told->ask.word[i].at)
            return fail_at(call, "figure", "'%s' needs to know which %s: write '%s %s=...'",
                           told->figure->name, parameter[i].name, told->figure->name,
                           parameter[i].name);
    return true;
}

bool figure_parse(struct call *call, text written, const struct figure_scope *scope,
                  struct told_figure *told)
{
    text rest;
    written = text_trim(written);
    text name = text_cut(written, ' ', &rest);
    *told = (struct told_figure){ .figure = figure_find(call, name), .written = written };
    told->ask.scope = *scope;
    if (!told->figure)
        return refuse_name(call, name, written);
    rest = rest.at ? text_trim(rest) : TEXT_NONE;
    while (rest.size) {
        text key, value;
        if (!take_pair(call, &rest, &key, &value))
            return false;
        bool is_read = text_is(key, "week")    ? week_check(call, value, &told->ask.scope.week)
                       : text_is(key, "as_of") ? listing_read_as_of(call, value,
                                                                    &told->ask.scope.as_of)
                                               : take_own(call, key, value, told);
        if (!is_read)
            return false;
    }
    return check_needed(call, told);
}

/* --- telling --- */

void figure_mark(struct figure_answer *answer, enum figure_mark kind, text why)
{
    if (answer->mark_count == FIGURE_MARKS_MAX)
        return;
    answer->mark[answer->mark_count].kind = kind;
    answer->mark[answer->mark_count++].why = why;
}

bool figure_has_mark(const struct figure_answer *answer, enum figure_mark kind)
{
    for (size_t i = 0; i < answer->mark_count; i++)
        if (answer->mark[i].kind == kind)
            return true;
    return false;
}

bool figure_unknown(struct figure_answer *answer, text why)
{
    answer->is_known = false;
    answer->why_unknown = why;
    return true;
}

static text points_words(struct call *call, double difference)
{
    double points = fabs(difference) * 100;
    if (difference == 0)
        return TEXT("unchanged");
    if (points < 0.05)
        return call_format(call, "%s less than 0.1 points", difference < 0 ? "down" : "up");
    return call_format(call, "%s %.1f points", difference < 0 ? "down" : "up", points);
}

static text value_words(struct call *call, enum figure_unit unit, double value)
{
    switch (unit) {
    case FIGURE_COUNT:
        return call_format(call, "%.0f", value);
    case FIGURE_SHARE:
        return call_format(call, "%.1f %%", value * 100);
    case FIGURE_POINTS:
        return points_words(call, value);
    case FIGURE_USD:
        return fabs(value) < 1 ? call_format(call, "$%.4f", value)
                               : call_format(call, "$%.2f", value);
    case FIGURE_MILLISECONDS:
        return call_format(call, "%.0f ms", value);
    case FIGURE_NUMBER:
    case FIGURE_WORDS:
    case FIGURE_UNITS:
        break;
    }
    return call_format(call, "%.6g", value);
}

static bool fill_words(struct call *call, const struct figure *figure,
                       struct figure_answer *answer)
{
    if (!answer->is_known)
        answer->words = TEXT("no data");
    else if (!answer->words.at)
        answer->words = value_words(call, figure->unit, answer->value);
    if (!answer->link.at && answer->record)
        answer->link =
            call_format(call, "/%.*s/%.*s", TEXT_FMT(record_address(call, answer->record)),
                        TEXT_FMT(row_public_id(call, answer->record, answer->row)));
    return call->fail.kind == FAIL_NONE;
}

bool figure_tell(struct call *call, text written, const struct figure_scope *scope,
                 struct told_figure *told)
{
    return figure_parse(call, written, scope, told) &&
           told->figure->read(call, &told->ask, &told->answer) &&
           fill_words(call, told->figure, &told->answer);
}

/* --- JSON --- */

static void write_asked(const struct told_figure *told, struct json_writer *writer)
{
    char week[WEEK_TEXT_SIZE];
    const struct figure_parameter *parameter = told->figure->parameter;
    json_key(writer, "parameters");
    json_object(writer);
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && parameter[i].name; i++)
        if (told->ask.word[i].at)
            json_put_text(writer, parameter[i].name, told->ask.word[i]);
    json_object_end(writer);
    json_put_text(writer, "week", (text){ week, (size_t)week_write(told->ask.scope.week, week) });
    json_put_stamp(writer, "as_of",
                   told->ask.scope.as_of == LISTING_NOW ? 0 : told->ask.scope.as_of);
}

static void write_marks(const struct figure_answer *answer, struct json_writer *writer)
{
    json_key(writer, "marks");
    json_list(writer);
    for (size_t i = 0; i < answer->mark_count; i++) {
        json_object(writer);
        json_put_string(writer, "kind", figure_mark_words[answer->mark[i].kind]);
        json_put_text(writer, "why", answer->mark[i].why);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_value(const struct told_figure *told, struct json_writer *writer)
{
    const struct figure_answer *answer = &told->answer;
    json_put_string(writer, "unit", unit_words[told->figure->unit]);
    json_put_known_real(writer, "value", answer->is_known && told->figure->unit != FIGURE_WORDS,
                        answer->value);
    json_put_text(writer, "words", answer->words);
    json_put_text(writer, "why_unknown", answer->is_known ? TEXT_NONE : answer->why_unknown);
    json_put_known_real(writer, "low", answer->has_interval, answer->low);
    json_put_known_real(writer, "high", answer->has_interval, answer->high);
    if (answer->has_n)
        json_put_int(writer, "n", answer->n);
    else
        json_put_null(writer, "n");
}

bool figure_write_json(struct call *call, const struct told_figure *told,
                       struct json_writer *writer)
{
    const struct figure_answer *answer = &told->answer;
    json_object(writer);
    json_put_string(writer, "figure", told->figure->name);
    json_put_text(writer, "written", told->written);
    json_put_string(writer, "label", told->figure->label);
    json_put_string(writer, "help", told->figure->help);
    write_asked(told, writer);
    write_value(told, writer);
    json_put_stamp(writer, "measured_at", answer->measured_at);
    json_put_text(writer, "record", answer->record ? text_of(answer->record->name) : TEXT_NONE);
    json_put_text(writer, "id",
                  answer->record ? row_public_id(call, answer->record, answer->row) : TEXT_NONE);
    json_put_text(writer, "link", answer->link);
    json_put_text(writer, "working", answer->working);
    write_marks(answer, writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void write_figure(const struct figure *figure, struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "name", figure->name);
    json_put_string(writer, "label", figure->label);
    json_put_string(writer, "help", figure->help);
    json_put_string(writer, "unit", unit_words[figure->unit]);
    json_key(writer, "parameters");
    json_list(writer);
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && figure->parameter[i].name; i++) {
        const struct figure_parameter *parameter = &figure->parameter[i];
        json_object(writer);
        json_put_string(writer, "name", parameter->name);
        json_put_text(writer, "record", parameter->refers ? text_of(parameter->refers) : TEXT_NONE);
        json_put_bool(writer, "needed", parameter->is_needed);
        json_put_string(writer, "help", parameter->help);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

bool figures_write_json(struct call *call, struct json_writer *writer)
{
    json_list(writer);
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct figure *figure = (*room)->figures; figure && figure->name; figure++)
            write_figure(figure, writer);
    json_list_end(writer);
    return call->fail.kind == FAIL_NONE;
}
