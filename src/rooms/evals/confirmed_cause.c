/* See confirmed_cause.h. */
#include "rooms/evals/confirmed_cause.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/evals_changes.h"
#include "store/find.h"

static const char *const kind_choices[] = {
    "prompt_version", "model_asked", "model_served", "dataset", "judge", "release",
    "config",         "provider",    "retrieval",    "code",    "noise", NULL,
};

static const struct field confirmed_cause_fields[] = {
    [CONFIRMED_CAUSE_NOTE] = { .name = "note",
                               .label = "Note",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_NEEDED | FIELD_SEARCHED,
                               .help = "How it is known: a rerun, a rollback, a look at the "
                                       "outputs." },
    [CONFIRMED_CAUSE_SURFACE] = { .name = "surface",
                                  .label = "Surface",
                                  .kind = FIELD_REF,
                                  .refers = "surface",
                                  .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                                  .help = "What did worse." },
    [CONFIRMED_CAUSE_WEEK] = { .name = "week",
                               .label = "Week",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                               .max = 8,
                               .help = "The ISO week of the review that showed it." },
    [CONFIRMED_CAUSE_KIND] = { .name = "kind",
                               .label = "Kind",
                               .kind = FIELD_CHOICE,
                               .choices = kind_choices,
                               .flags = FIELD_NEEDED,
                               .help = "What the cause was; 'noise' when nothing had changed." },
    [CONFIRMED_CAUSE_EVENT] = { .name = "event",
                                .label = "Change event",
                                .kind = FIELD_REF,
                                .refers = "change_event",
                                .help = "The change event that it was, if there is one." },
    [CONFIRMED_CAUSE_PERSON] = { .name = "person",
                                 .label = "Person",
                                 .kind = FIELD_REF,
                                 .refers = "person",
                                 .flags = FIELD_BY_NAME,
                                 .help = "Who found it." },
};

/* The kind is what is learned from, so it may not say another thing than the event. */
static bool confirmed_cause_check(struct call *call, const struct row *before,
                                  const struct row *after)
{
    iso_week week;
    struct row event;
    struct value cause = after->value[CONFIRMED_CAUSE_EVENT];
    text kind = value_as_text(after->value[CONFIRMED_CAUSE_KIND]);
    (void)before;
    if (!week_check(call, value_as_text(after->value[CONFIRMED_CAUSE_WEEK]), &week))
        return false;
    if (value_is_null(cause))
        return true;
    if (!find_row(call, &change_event_record, value_as_int(cause), &event))
        return false;
    text told = value_as_text(event.value[CHANGE_EVENT_KIND]);
    return text_equal(kind, told) ||
           fail_at(call, "kind", "the change event is of kind '%.*s', not '%.*s': give the same",
                   TEXT_FMT(told), TEXT_FMT(kind));
}

static const char *const confirmed_cause_listed[] = { "surface", "week",   "kind",
                                                      "event",   "person", NULL };

const struct record confirmed_cause_record = {
    .name = "confirmed_cause",
    .plural = "confirmed_causes",
    .prefix = "CAUSE",
    .label = "confirmed cause",
    .help = "What the cause of a surface's drop turned out to be; 'rondo confirmed-cause add' "
            "tells of one, and later reviews expect causes of its kind more often.",
    .field = confirmed_cause_fields,
    .field_count = sizeof confirmed_cause_fields / sizeof confirmed_cause_fields[0],
    .title = CONFIRMED_CAUSE_NOTE,
    .unique = { { "surface", "week" } },
    .listed = confirmed_cause_listed,
    .check = confirmed_cause_check,
};

bool confirmed_causes_read(struct call *call, struct confirmed_causes *causes)
{
    struct query query;
    struct rows rows;
    query_init(&query, &confirmed_cause_record);
    if (!find_rows(call, &query, &rows))
        return false;
    struct confirmed_cause *cause = call_array(call, rows.count + 1, sizeof *cause);
    for (size_t i = 0; cause && i < rows.count; i++) {
        const struct value *value = rows.row[i].value;
        text kind = value_as_text(value[CONFIRMED_CAUSE_KIND]);
        cause[i].surface = value_as_int(value[CONFIRMED_CAUSE_SURFACE]);
        cause[i].share = change_kind(call_string(call, kind))->share;
        if (!week_check(call, value_as_text(value[CONFIRMED_CAUSE_WEEK]), &cause[i].week))
            return false;
    }
    *causes = (struct confirmed_causes){ cause, rows.count };
    return cause != NULL;
}

/*
 * Not what was found later: then an old review would change. Nor what was found of this very drop,
 * which would make its cause the likelier for having been found.
 */
static bool was_known(const struct confirmed_cause *cause, const struct surface_input *input)
{
    if (!input->is_dated)
        return true;
    return cause->week < input->week ||
           (cause->week == input->week && cause->surface != input->surface->row->id);
}

int64_t confirmed_causes_shares(const struct confirmed_causes *causes,
                                const struct surface_input *input, double share[SUSPECT_SHARES])
{
    int64_t confirmed[SUSPECT_SHARES] = { 0 }, total = 0;
    for (size_t i = 0; i < causes->count; i++)
        if (was_known(&causes->cause[i], input)) {
            confirmed[causes->cause[i].share]++;
            total++;
        }
    suspects_learn(confirmed, share);
    return total;
}
