/* See draft.h. */
#include "store/draft.h"

void draft_init(struct statement_draft *draft, struct call *call)
{
    *draft = (struct statement_draft){ .binding = NULL };
    out_init(&draft->words, call);
}

void draft_value(struct statement_draft *draft, struct value value)
{
    struct value *binding = call_more(draft->words.call, draft->binding, draft->binding_count,
                                      &draft->binding_room, sizeof value);
    if (!binding) {
        draft->words.failed = true;
        return;
    }
    draft->binding = binding;
    draft->binding[draft->binding_count++] = value;
    out_format(&draft->words, "?%zu", draft->binding_count);
}

void draft_int(struct statement_draft *draft, int64_t value)
{
    draft_value(draft, value_int(value));
}

void draft_text(struct statement_draft *draft, text value)
{
    draft_value(draft, value_text(value));
}

static void bind_value(struct sql *sql, int at, struct value value)
{
    if (value.kind == VALUE_INT)
        sql_bind_int(sql, at, value.integer);
    else if (value.kind == VALUE_REAL)
        sql_bind_real(sql, at, value.real);
    else
        sql_bind_text(sql, at, value_as_text(value));
}

struct sql *draft_prepare(struct call *call, struct statement_draft *draft)
{
    struct sql *sql = draft->words.failed ? NULL : sql_prepare(call, out_view(&draft->words));
    for (size_t i = 0; sql && i < draft->binding_count; i++)
        bind_value(sql, (int)i + 1, draft->binding[i]);
    return sql;
}
