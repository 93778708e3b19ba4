/* See eval_lines.h. */
#include "importers/eval_lines.h"

static bool line_bad(struct call *call, const struct eval_lines *lines, text bytes)
{
    struct eval_line line = *lines->names;
    line.number = source_facts(lines->push->source)->line;
    return eval_push_bad(call, lines->push, &line, bytes);
}

static bool line_take(struct call *call, struct eval_lines *lines, text bytes, bool is_ended)
{
    struct json object;
    if (!json_read(call, bytes, &object, &lines->push->notes)) {
        lines->is_cut = lines->is_cut || !is_ended;
        return line_bad(call, lines, bytes);
    }
    if (object.kind != JSON_OBJECT) {
        fail(call, FAIL_INVALID, "the line must be a JSON object");
        return line_bad(call, lines, bytes);
    }
    lines->readable++;
    return lines->take(call, lines->to, &object, source_facts(lines->push->source)->line) ||
           line_bad(call, lines, bytes);
}

bool eval_lines_fail(struct call *call, const struct eval_push *push)
{
    const char *name = source_facts(push->source)->name;
    if (push->bads == 0)
        return fail(call, FAIL_INVALID, "'%s' is empty: export it again", name);
    return fail(call, FAIL_INVALID,
                "'%s' holds no line that can be read; line %lld: %s: export it again, or give "
                "--format if it is of another format",
                name, (long long)push->first_bad_line, push->first_bad);
}

bool eval_lines_read(struct call *call, struct eval_lines *lines)
{
    text bytes;
    bool is_ended;
    enum source_step step;
    while ((step = source_line(call, lines->push->source, &bytes, &is_ended)) == SOURCE_LINE) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (text_trim(bytes).size && !line_take(call, lines, bytes, is_ended))
            return false;
        arena_rewind(&call->arena, mark);
    }
    if (step == SOURCE_END && lines->readable == 0)
        return eval_lines_fail(call, lines->push);
    return step == SOURCE_END;
}
