/*
 * Any bytes through both JSON readers: neither may crash, and where simdjson's way succeeds the
 * slow reader must give the same tree. What was read is written and read again: that must give the
 * same tree too.
 */
#include "base/json_read.h"
#include "base/json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool same_tree(const struct json *a, const struct json *b);

static bool same_lists(const struct json *a, const struct json *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_tree(&a->item[i], &b->item[i]))
            return false;
    return true;
}

static bool same_objects(const struct json *a, const struct json *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (!text_equal(a->member[i].key, b->member[i].key) ||
            !same_tree(&a->member[i].value, &b->member[i].value))
            return false;
    return true;
}

/* A real with an integer's value is written without a point and read back as an integer. */
static bool same_tree(const struct json *a, const struct json *b)
{
    if (json_is_number(a) && json_is_number(b))
        return json_number(a) == json_number(b);
    if (a->kind != b->kind || a->count != b->count)
        return false;
    switch (a->kind) {
    case JSON_BOOL: return a->boolean == b->boolean;
    case JSON_TEXT:
    case JSON_BIG_INT: return text_equal(a->text, b->text);
    case JSON_LIST: return same_lists(a, b);
    case JSON_OBJECT: return same_objects(a, b);
    case JSON_NULL:
    case JSON_NO_NUMBER:
    case JSON_INT:
    case JSON_REAL: return true;
    }
    return false;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void write_and_read_again(struct call *call, const struct json *json, bool has_no_number)
{
    struct out out;
    struct json_writer writer;
    struct json again;
    out_init(&out, call);
    json_writer_init(&writer, &out, has_no_number);
    json_tree(&writer, json);
    require(out_flush(&out));
    require(json_read(call, out_view(&out), &again, NULL));
    require(has_no_number || same_tree(json, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    struct json fast, slow;
    struct json_notes fast_notes = { .no_number = false }, slow_notes = fast_notes;
    text source = { (const char *)bytes, size };
    call_init(&call, CALL_MEMORY_DEFAULT);
    bool fast_read = json_read(&call, source, &fast, &fast_notes);
    require(fast_read || call.fail.kind == FAIL_INVALID);
    fail_clear(&call);
    bool slow_read = json_read_slowly(&call, source, &slow, &slow_notes);
    require(fast_read == slow_read);
    if (slow_read) {
        require(same_tree(&fast, &slow));
        require(memcmp(&fast_notes, &slow_notes, sizeof fast_notes) == 0);
        write_and_read_again(&call, &fast, fast_notes.no_number);
    }
    call_release(&call);
    return 0;
}
