/* See prompt_diff.h. */
#include "rooms/prompts/prompt_diff.h"

#include "base/json_read.h"
#include "base/visible.h"

static bool add_part(struct call *call, struct prompt_diff *diff, text field, text before,
                     text after, enum diff_unit unit)
{
    if (text_equal(before, after))
        return true;
    diff->part = call_more(call, diff->part, diff->count, &diff->room, sizeof *diff->part);
    if (!diff->part || !field.at)
        return false;
    struct prompt_part *part = &diff->part[diff->count++];
    part->field = field;
    return text_diff(call, before, after, unit, &part->diff);
}

static text value_of(const struct row *version, enum prompt_version_field field)
{
    return version ? value_as_text(version->value[field]) : TEXT_NONE;
}

/* --- messages, one beside the other --- */

static bool read_messages(struct call *call, const struct row *version, struct json *messages)
{
    text words = value_of(version, PROMPT_VERSION_MESSAGES);
    *messages = (struct json){ .kind = JSON_LIST };
    return !words.at || json_read(call, words, messages, NULL);
}

static text member_of(const struct json *messages, size_t place, const char *key)
{
    const struct json *found =
        place < messages->count ? json_get(&messages->item[place], key) : NULL;
    return found && found->kind == JSON_TEXT ? found->text : TEXT_NONE;
}

static bool add_messages(struct call *call, struct prompt_diff *diff, const struct row *from,
                         const struct row *to, enum diff_unit unit)
{
    struct json before, after;
    if (!read_messages(call, from, &before) || !read_messages(call, to, &after))
        return false;
    size_t count = before.count > after.count ? before.count : after.count;
    for (size_t i = 0; i < count; i++) {
        text was = member_of(&before, i, "role"), is = member_of(&after, i, "role");
        text role = is.at ? is : was;
        bool has_other_role = was.at && is.at && !text_equal(was, is);
        text field = call_format(call, "messages[%zu] %.*s", i, TEXT_FMT(role));
        if ((has_other_role &&
             !add_part(call, diff, call_format(call, "messages[%zu] role", i), was, is, unit)) ||
            !add_part(call, diff, field, member_of(&before, i, "content"),
                      member_of(&after, i, "content"), unit))
            return false;
    }
    return true;
}

bool prompt_diff(struct call *call, const struct row *from, const struct row *to,
                 enum diff_unit unit, struct prompt_diff *diff)
{
    static const enum prompt_version_field rest[] = { PROMPT_VERSION_MODEL,
                                                      PROMPT_VERSION_PARAMETERS,
                                                      PROMPT_VERSION_TOOLS };
    *diff = (struct prompt_diff){ .count = 0 };
    if (!add_part(call, diff, TEXT("text"), value_of(from, PROMPT_VERSION_TEXT),
                  value_of(to, PROMPT_VERSION_TEXT), unit) ||
        !add_messages(call, diff, from, to, unit))
        return false;
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        if (!add_part(call, diff, text_of(to->record->field[rest[i]].name),
                      value_of(from, rest[i]), value_of(to, rest[i]), unit))
            return false;
    return true;
}

/* --- shown --- */

void prompt_diff_write_json(const struct prompt_diff *diff, struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < diff->count; i++) {
        const struct text_diff *pieces = &diff->part[i].diff;
        json_object(writer);
        json_put_text(writer, "field", diff->part[i].field);
        json_put_bool(writer, "is_coarse", pieces->is_coarse);
        json_key(writer, "pieces");
        json_list(writer);
        for (size_t p = 0; p < pieces->count; p++) {
            json_object(writer);
            json_put_string(writer, "op", diff_op_words[pieces->piece[p].op]);
            json_put_text(writer, "text", pieces->piece[p].words);
            json_object_end(writer);
        }
        json_list_end(writer);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_words(const struct diff_piece *piece, struct out *out)
{
    static const char *const open[DIFF_OPS] = { "", "[-", "{+" };
    static const char *const close[DIFF_OPS] = { "", "-]", "+}" };
    out_string(out, open[piece->op]);
    for (text rest = piece->words; rest.at;) {
        visible_write(out, text_cut(rest, '\n', &rest));
        if (rest.at)
            out_char(out, '\n');
    }
    out_string(out, close[piece->op]);
}

static void write_lines(const struct diff_piece *piece, struct out *out)
{
    static const char marks[DIFF_OPS] = { ' ', '-', '+' };
    for (text rest = piece->words; rest.size;) {
        out_char(out, marks[piece->op]);
        visible_write(out, text_cut(rest, '\n', &rest));
        out_char(out, '\n');
    }
}

void prompt_diff_write_text(const struct prompt_diff *diff, enum diff_unit unit, struct out *out)
{
    if (diff->count == 0)
        out_string(out, "They say the same.\n");
    for (size_t i = 0; i < diff->count; i++) {
        const struct text_diff *pieces = &diff->part[i].diff;
        out_format(out, "%s%.*s:\n", i ? "\n" : "", TEXT_FMT(diff->part[i].field));
        for (size_t p = 0; p < pieces->count; p++)
            if (unit == DIFF_WORDS)
                write_words(&pieces->piece[p], out);
            else
                write_lines(&pieces->piece[p], out);
        if (unit == DIFF_WORDS)
            out_char(out, '\n');
    }
}
