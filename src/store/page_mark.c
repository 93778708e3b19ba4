/*
 * See page_mark.h. A mark is "<id>" or "<id>:<kind><value>", kind n(ull), i(nt), r(eal) or t(ext).
 * It is not a secret, only a place in an order that the reader has already seen.
 */
#include "store/page_mark.h"

struct value page_mark_value(const struct row *row, int field)
{
    switch (field) {
    case FIND_ID:
        return value_int(row->id);
    case FIND_CREATED:
        return value_int(row->created);
    case FIND_CHANGED:
        return value_int(row->changed);
    case FIND_DIMENSIONS:
        return value_int(row->dimensions);
    case FIND_CHANGE:
        return value_int(row->change);
    default:
        return row->value[field];
    }
}

text page_mark_write(struct call *call, const struct query *query, const struct row *row)
{
    if (query->sort == FIND_ID)
        return call_format(call, "%lld", (long long)row->id);
    struct value value = page_mark_value(row, query->sort);
    if (value.kind == VALUE_INT)
        return call_format(call, "%lld:i%lld", (long long)row->id, (long long)value.integer);
    if (value.kind == VALUE_REAL)
        return call_format(call, "%lld:r%.17g", (long long)row->id, value.real);
    if (value.kind == VALUE_TEXT)
        return call_format(call, "%lld:t%.*s", (long long)row->id, TEXT_FMT(value.text));
    return call_format(call, "%lld:n", (long long)row->id);
}

/* The letter of the kind that values of the sort have. */
static char sort_letter(const struct query *query)
{
    const struct field *field = query->sort < 0 ? NULL : &query->record->field[query->sort];
    if (!field)
        return 'i';
    if (field->kind == FIELD_REAL)
        return 'r';
    return field_kind_fact(field->kind)->is_number ? 'i' : 't';
}

/* True when the text is a mark that page_mark_write could have made for this order. */
static bool is_mark(const struct query *query, rid *id, struct value *value)
{
    text rest;
    text number = text_cut(query->after, ':', &rest);
    int64_t integer;
    double real;
    *value = VALUE_NONE;
    if (!text_to_int(number, id) || (query->sort == FIND_ID) != !rest.at)
        return false;
    if (query->sort == FIND_ID || text_is(rest, "n"))
        return true;
    text word = text_from(rest, 1);
    if (rest.size == 0 || rest.at[0] != sort_letter(query))
        return false;
    if (rest.at[0] == 't')
        *value = value_text(word);
    else if (rest.at[0] == 'i' && text_to_int(word, &integer))
        *value = value_int(integer);
    else if (rest.at[0] == 'r' && text_to_real(word, &real))
        *value = value_real(real);
    return !value_is_null(*value);
}

bool page_mark_read(struct call *call, const struct query *query, rid *id, struct value *value)
{
    return is_mark(query, id, value) ||
           fail_at(call, "after",
                   "'after' is not the 'next' of an earlier page of this list in this order");
}

static int compare_reals(double a, double b)
{
    return (a > b) - (a < b);
}

int page_mark_compare_values(struct value a, struct value b)
{
    if (a.kind == VALUE_TEXT && b.kind == VALUE_TEXT)
        return text_compare(a.text, b.text);
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        return (a.integer > b.integer) - (a.integer < b.integer);
    return compare_reals(a.kind == VALUE_REAL ? a.real : (double)value_as_int(a),
                         b.kind == VALUE_REAL ? b.real : (double)value_as_int(b));
}

int page_mark_compare(const struct query *query, rid a_id, struct value a, rid b_id, struct value b)
{
    int order = 0;
    if (query->sort != FIND_ID) {
        if (value_is_null(a) != value_is_null(b))
            return value_is_null(a) ? 1 : -1; /* whichever way the list is sorted */
        if (!value_is_null(a))
            order = page_mark_compare_values(a, b);
    }
    if (order == 0)
        order = (a_id > b_id) - (a_id < b_id);
    return query->is_descending ? -order : order;
}
