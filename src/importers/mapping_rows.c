/*
 * See mapping_rows.h. Numbers among the values of a case are found by sorting hashes: a file may
 * hold one case a million times.
 */
#include "importers/mapping_rows.h"

#include "base/hash.h"
#include "base/stamp.h"
#include "importers/eval_push.h"
#include "importers/json_pointer.h"

static const struct mapping_rule *rule_as(const struct mapping *mapping, enum mapping_as as)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (mapping->rule[i].as == as)
            return &mapping->rule[i];
    return NULL;
}

/* Times with and without a zone are compared as if all were UTC: a file writes them alike. */
static void earliest_find(const struct mapping_rule *rule, struct mapping_rows *rows)
{
    stamp least = 0;
    rows->earliest = (struct json){ .kind = JSON_NULL };
    for (uint32_t i = 0; rule && i < rows->count; i++) {
        stamp at;
        const struct json *value = json_pointer_follow(&rows->row[i], rule->from);
        if (!value || value->kind != JSON_TEXT || stamp_read(value->text, &at, NULL) == STAMP_NOT ||
            (rows->earliest.kind == JSON_TEXT && at >= least))
            continue;
        least = at;
        rows->earliest = *value;
    }
}

/* ---- the how manieth value of its case ---- */

struct place {
    uint64_t group, value;
    uint32_t row;
    uint32_t first; /* the row that had this value first */
};

static int by_value(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    if (one->group != other->group)
        return one->group < other->group ? -1 : 1;
    if (one->value != other->value)
        return one->value < other->value ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

static int by_first(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    if (one->group != other->group)
        return one->group < other->group ? -1 : 1;
    return one->first < other->first ? -1 : one->first > other->first;
}

static bool hash_at(struct call *call, const struct json *row, text pointer, uint64_t *hash)
{
    struct arena_mark mark = arena_mark(&call->arena);
    text words = eval_any(call, json_pointer_follow(row, pointer));
    *hash = hash_quick(words, words.at != NULL);
    arena_rewind(&call->arena, mark);
    return call->fail.kind == FAIL_NONE;
}

static void nth_number(struct mapping_rows *rows, struct place *place)
{
    qsort(place, rows->count, sizeof *place, by_value);
    for (uint32_t i = 0; i < rows->count; i++) {
        bool is_again =
            i && place[i].group == place[i - 1].group && place[i].value == place[i - 1].value;
        place[i].first = is_again ? place[i - 1].first : place[i].row;
    }
    qsort(place, rows->count, sizeof *place, by_first);
    int number = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        bool is_same_group = i && place[i].group == place[i - 1].group;
        bool is_again = is_same_group && place[i].first == place[i - 1].first;
        number = !is_same_group ? 1 : is_again ? number : number + 1;
        rows->nth[place[i].row] = number;
    }
}

static bool nth_find(struct call *call, const struct mapping *mapping, struct mapping_rows *rows)
{
    const struct mapping_rule *rule = rule_as(mapping, MAPPING_AS_NTH);
    const struct mapping_rule *of = mapping_rule_of(mapping, PLAIN_CASE);
    if (!rule)
        return true;
    rows->nth = call_array(call, (size_t)rows->count + 1, sizeof *rows->nth);
    struct place *place = call_array(call, (size_t)rows->count + 1, sizeof *place);
    if (!rows->nth || !place)
        return false;
    for (uint32_t i = 0; i < rows->count; i++) {
        place[i].row = i;
        if (!hash_at(call, &rows->row[i], of->from, &place[i].group) ||
            !hash_at(call, &rows->row[i], rule->from, &place[i].value))
            return false;
    }
    nth_number(rows, place);
    return true;
}

static void passed_count(const struct mapping *mapping, struct mapping_rows *rows)
{
    const struct mapping_rule *rule = mapping_rule_of(mapping, PLAIN_PASS);
    for (uint32_t i = 0; rule && i < rows->count; i++) {
        const struct json *value = json_pointer_follow(&rows->row[i], rule->from);
        rows->passed += value && value->kind == JSON_BOOL && value->boolean;
    }
}

bool mapping_rows_init(struct call *call, const struct mapping *mapping, const struct json *list,
                       struct mapping_rows *rows)
{
    *rows = (struct mapping_rows){ .row = list->item, .count = list->count };
    earliest_find(rule_as(mapping, MAPPING_AS_EARLIEST), rows);
    passed_count(mapping, rows);
    return nth_find(call, mapping, rows);
}

const struct json *mapping_rows_value(const struct mapping_rows *rows,
                                      const struct mapping_rule *rule, uint32_t row,
                                      struct json *room)
{
    if (rule->as == MAPPING_AS_EARLIEST)
        return &rows->earliest;
    if (rule->as != MAPPING_AS_NTH)
        return NULL;
    *room = (struct json){ .kind = JSON_INT, .integer = rows->nth[row] };
    return room;
}
