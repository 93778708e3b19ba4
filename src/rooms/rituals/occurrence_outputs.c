/* See occurrence_outputs.h. */
#include "rooms/rituals/occurrence_outputs.h"

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "rooms/rituals/rituals.h"

/* --- what there is --- */

static text kind_of(const struct row *row)
{
    return row->record->output_kind ? row->record->output_kind(row) : text_of(row->record->name);
}

bool occurrence_outputs_read(struct call *call, rid occurrence, struct outputs *outputs)
{
    struct link *list;
    size_t count;
    *outputs = (struct outputs){ .output = NULL };
    if (!link_list(call, &occurrence_record, occurrence, &list, &count))
        return false;
    outputs->output = call_array(call, count + 1, sizeof *outputs->output);
    if (!outputs->output)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct output *output = &outputs->output[outputs->count];
        if (list[i].is_from || !text_is(value_as_text(list[i].row.value[LINK_KIND]), "made_in"))
            continue;
        if (!find_row(call, list[i].record, list[i].id, &output->row))
            return false;
        output->kind = kind_of(&output->row);
        output->is_dropped = output->row.archived != 0;
        outputs->count++;
    }
    return true;
}

/* --- what there has to be --- */

static bool read_reasons(struct call *call, rid occurrence, struct rows *reasons)
{
    struct query query;
    *reasons = (struct rows){ .row = NULL };
    if (!occurrence)
        return true;
    query_init(&query, &artifact_reason_record);
    return query_add(call, &query, ARTIFACT_REASON_OCCURRENCE, FILTER_IS, value_ref(occurrence)) &&
           find_rows(call, &query, reasons);
}

static text reason_for(const struct rows *reasons, text kind)
{
    for (size_t i = 0; i < reasons->count; i++)
        if (text_same_word(value_as_text(reasons->row[i].value[ARTIFACT_REASON_KIND]), kind))
            return value_as_text(reasons->row[i].value[ARTIFACT_REASON_REASON]);
    return TEXT_NONE;
}

static int64_t count_kind(const struct occurrence_slot *slot, const struct outputs *outputs,
                          text kind)
{
    int64_t have = 0;
    if (text_is(kind, KIND_PARAGRAPH))
        return slot->stored &&
               text_trim(value_as_text(slot->stored->value[OCCURRENCE_PARAGRAPH])).size > 0;
    for (size_t i = 0; i < outputs->count; i++)
        have += !outputs->output[i].is_dropped && text_same_word(outputs->output[i].kind, kind);
    return have;
}

static struct requirement requirement_of(const struct row *row)
{
    return (struct requirement){
        .kind = value_as_text(row->value[RITUAL_ARTIFACT_KIND]),
        .least = value_as_int(row->value[RITUAL_ARTIFACT_LEAST]),
        .most = value_as_int(row->value[RITUAL_ARTIFACT_MOST]),
        .or_reason = value_as_bool(row->value[RITUAL_ARTIFACT_OR_REASON]),
    };
}

static bool is_met(const struct requirement *requirement)
{
    if (requirement->have == 0 && requirement->or_reason && requirement->reason.at)
        return true;
    return requirement->have >= requirement->least &&
           (!requirement->most || requirement->have <= requirement->most);
}

bool occurrence_requirements_read(struct call *call, const struct occurrence_slot *slot,
                                  struct requirements *requirements)
{
    struct query query;
    struct rows rows, reasons;
    struct outputs outputs = { .output = NULL };
    rid occurrence = slot->stored ? slot->stored->id : 0;
    query_init(&query, &ritual_artifact_record);
    if (!query_add(call, &query, RITUAL_ARTIFACT_RITUAL, FILTER_IS, value_ref(slot->ritual->id)) ||
        !find_rows(call, &query, &rows) || !read_reasons(call, occurrence, &reasons) ||
        (occurrence && !occurrence_outputs_read(call, occurrence, &outputs)))
        return false;
    *requirements = (struct requirements){
        .requirement = call_array(call, rows.count + 1, sizeof *requirements->requirement),
        .count = rows.count,
    };
    for (size_t i = 0; requirements->requirement && i < rows.count; i++) {
        struct requirement *requirement = &requirements->requirement[i];
        *requirement = requirement_of(&rows.row[i]);
        requirement->have = count_kind(slot, &outputs, requirement->kind);
        requirement->reason = reason_for(&reasons, requirement->kind);
        requirement->is_met = is_met(requirement);
        requirements->met += requirement->is_met;
    }
    return requirements->requirement != NULL;
}

text requirement_words(struct call *call, const struct requirement *requirement)
{
    const struct record *record = catalog_record(call->catalog, requirement->kind);
    text label = record ? text_of(record->label) : requirement->kind;
    long long least = requirement->least, most = requirement->most;
    if (most && most != least)
        return call_format(call, "%.*s (%lld to %lld)", TEXT_FMT(label), least, most);
    if (least > 1)
        return call_format(call, "%.*s (%lld)", TEXT_FMT(label), least);
    return label;
}

/* --- one more --- */

static bool check_is_open(struct call *call, const struct row *occurrence)
{
    return text_is(value_as_text(occurrence->value[OCCURRENCE_STATE]), "open") ||
           fail(call, FAIL_CONFLICT,
                "%.*s is %.*s: something comes out of a ritual while it is open",
                TEXT_FMT(row_public_id(call, &occurrence_record, occurrence->id)),
                TEXT_FMT(value_as_text(occurrence->value[OCCURRENCE_STATE])));
}

/* What somebody is to do, made in a meeting, has a name and a day, or it is not done. */
static bool check_action(struct call *call, const struct row *row)
{
    static const char *const needed[] = { "owner", "due" };
    bool is_complete = true;
    if (strcmp(row->record->name, "action") != 0)
        return true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        int field = record_field(row->record, text_of(needed[i]));
        if (field < 0 || !value_is_null(row->value[field]))
            continue;
        fail_missing(call, needed[i]);
        is_complete = false;
    }
    return is_complete || fail(call, FAIL_INVALID,
                               "an action from a ritual has an owner and a due time: name both");
}

static bool check_most(struct call *call, const struct row *occurrence, text kind)
{
    struct row ritual;
    struct requirements all;
    struct occurrence_slot slot = { .ritual = &ritual, .stored = occurrence };
    if (!find_row(call, &ritual_record, value_as_int(occurrence->value[OCCURRENCE_RITUAL]),
                  &ritual) ||
        !occurrence_requirements_read(call, &slot, &all))
        return false;
    for (size_t i = 0; i < all.count; i++) {
        const struct requirement *one = &all.requirement[i];
        if (text_same_word(one->kind, kind) && one->most && one->have >= one->most)
            return fail(call, FAIL_CONFLICT,
                        "'%.*s' takes at most %lld of '%.*s' and has them: drop one, or put this "
                        "one off",
                        TEXT_FMT(row_title(call, &ritual)), (long long)one->most, TEXT_FMT(kind));
    }
    return true;
}

static bool link_create(struct call *call, const struct row *occurrence,
                        const struct record *record, rid id)
{
    struct row link;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("made_in");
    link.value[LINK_FROM] = value_text(row_public_id(call, record, id));
    link.value[LINK_TO] = value_text(row_public_id(call, &occurrence_record, occurrence->id));
    return ledger_create(call, &link);
}

static bool finish(struct call *call, bool done)
{
    if (done)
        return change_commit(call);
    change_rollback(call);
    return false;
}

bool occurrence_output_create(struct call *call, const struct row *occurrence, struct row *row)
{
    text what = call_format(call, "add %s to %.*s", row->record->label,
                            TEXT_FMT(row_public_id(call, &occurrence_record, occurrence->id)));
    if (!what.at || !check_is_open(call, occurrence) || !check_action(call, row) ||
        !change_open(call, what))
        return false;
    return finish(call, check_most(call, occurrence, kind_of(row)) && ledger_create(call, row) &&
                            link_create(call, occurrence, row->record, row->id));
}

static bool check_is_new(struct call *call, const struct row *occurrence, const struct row *row)
{
    struct outputs outputs;
    if (!occurrence_outputs_read(call, occurrence->id, &outputs))
        return false;
    for (size_t i = 0; i < outputs.count; i++)
        if (outputs.output[i].row.record == row->record && outputs.output[i].row.id == row->id)
            return fail(call, FAIL_CONFLICT, "%.*s came out of %.*s already",
                        TEXT_FMT(row_public_id(call, row->record, row->id)),
                        TEXT_FMT(row_public_id(call, &occurrence_record, occurrence->id)));
    return true;
}

bool occurrence_output_link(struct call *call, const struct row *occurrence,
                            const struct record *record, rid id)
{
    struct row row;
    if (!check_is_open(call, occurrence) || !find_row(call, record, id, &row) ||
        !check_action(call, &row) || !check_is_new(call, occurrence, &row) ||
        !change_open(call, TEXT("link an artifact to a ritual")))
        return false;
    return finish(call, check_most(call, occurrence, kind_of(&row)) &&
                            link_create(call, occurrence, record, id));
}
