/* See model_alias.h. */
#include "rooms/evals/model_alias.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/model_name.h"
#include "store/find.h"

struct known_aliases {
    struct model_alias *alias;
    size_t count;
};

static bool read_aliases(struct call *call, struct known_aliases *known)
{
    struct query query;
    struct rows rows;
    query_init(&query, &model_alias_record);
    if (!find_rows(call, &query, &rows))
        return false;
    known->alias = call_array(call, rows.count + 1, sizeof *known->alias);
    known->count = rows.count;
    for (size_t i = 0; known->alias && i < rows.count; i++)
        known->alias[i] =
            (struct model_alias){ value_as_text(rows.row[i].value[MODEL_ALIAS_ALIAS]),
                                  value_as_text(rows.row[i].value[MODEL_ALIAS_MODEL]) };
    return known->alias != NULL;
}

static const struct known_aliases *aliases_of(struct call *call)
{
    static const char known_by;
    struct known_aliases *known = call_recall(call, &known_by);
    if (known)
        return known;
    known = call_new(call, struct known_aliases);
    return known && read_aliases(call, known) && call_remember(call, &known_by, known) ? known
                                                                                       : NULL;
}

bool model_alias_same(struct call *call, text a, text b, bool *is_same)
{
    *is_same = text_equal(a, b);
    if (*is_same || !a.at || !b.at)
        return true;
    const struct known_aliases *known = aliases_of(call);
    if (!known)
        return false;
    text normal_a = model_name_normal(call, a, known->alias, known->count),
         normal_b = model_name_normal(call, b, known->alias, known->count);
    *is_same = normal_a.at && normal_b.at && model_name_same(normal_a, normal_b);
    return normal_a.at && normal_b.at;
}
