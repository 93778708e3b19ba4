/* See filter.h. An unknown value is neither less nor more than any other, as in SQL. */
#include "store/filter.h"

#include "store/page_mark.h"

static bool is_in_list(struct value list, struct value item)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (list.kind == VALUE_IDS
                ? item.kind == VALUE_INT && list.ids[i] == item.integer
                : item.kind == VALUE_TEXT && text_equal(list.texts[i], item.text))
            return true;
    return false;
}

static bool list_holds(const struct filter *filter, struct value list)
{
    bool is_there =
        value_is_null(filter->value) ? value_is_null(list) : is_in_list(list, filter->value);
    return is_there == (filter->op != FILTER_IS_NOT);
}

static bool is_same(const struct field *field, struct value value, struct value wanted)
{
    if (value_is_null(value) || value_is_null(wanted))
        return value_is_null(value) && value_is_null(wanted);
    if (field && (field->flags & FIELD_FOLDED) && wanted.kind == VALUE_TEXT)
        return value.kind == VALUE_TEXT && text_same_word(value.text, wanted.text);
    return page_mark_compare_values(value, wanted) == 0;
}

static bool order_holds(const struct filter *filter, struct value value)
{
    if (value_is_null(value) || value_is_null(filter->value))
        return false;
    int order = page_mark_compare_values(value, filter->value);
    if (filter->op == FILTER_LESS)
        return order < 0;
    if (filter->op == FILTER_AT_MOST)
        return order <= 0;
    return filter->op == FILTER_MORE ? order > 0 : order >= 0;
}

static bool one_holds(const struct filter *filter, const struct row *row)
{
    const struct field *field = filter->field >= 0 ? &row->record->field[filter->field] : NULL;
    if (filter->op == FILTER_HAS && filter->field == FIND_DIMENSIONS)
        return ((int64_t)row->dimensions & value_as_int(filter->value)) != 0;
    struct value value = page_mark_value(row, filter->field);
    if (field && field_kind_fact(field->kind)->is_list)
        return list_holds(filter, value);
    if (filter->op == FILTER_IS || filter->op == FILTER_HAS)
        return is_same(field, value, filter->value);
    if (filter->op == FILTER_IS_NOT)
        return !is_same(field, value, filter->value);
    return order_holds(filter, value);
}

bool filter_holds(const struct query *query, const struct row *row)
{
    for (int i = 0; i < query->filter_count; i++)
        if (!one_holds(&query->filter[i], row))
            return false;
    return true;
}
