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
        fail(call, FAIL_INVALID, "the line is not a JSON object");
        return line_bad(call, lines, bytes);
    }
    lines->readable++;
    return lines->take(call, lines->to, &object, source_facts(lines->push->source)->line) ||
           line_bad(call, lines, bytes);
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
        return fail(call, FAIL_INVALID, "'%s' holds no line that can be read",
                    source_facts(lines->push->source)->name);
    return step == SOURCE_END;
}
