/* See call.h. */
#include "base/call.h"

#include <stdarg.h>

static const char *const door_words[DOOR_COUNT] = {
    [DOOR_CLI] = "cli", [DOOR_API] = "api", [DOOR_WEB] = "web", [DOOR_IMPORT] = "import",
    [DOOR_JOB] = "job",
};

const char *door_word(enum door door)
{
    return door_words[door];
}

void call_init(struct call *call, size_t memory_limit_bytes)
{
    *call = (struct call){ .workspace_zone = TEXT("UTC") };
    arena_init(&call->arena, memory_limit_bytes);
}

void call_release(struct call *call)
{
    arena_release(&call->arena);
}

static void fail_record(struct call *call, enum fail_kind kind, const char *field,
                        const char *format, va_list arguments)
{
    struct fail *reason = &call->fail;
    if (reason->kind != FAIL_NONE)
        return;
    reason->kind = kind;
    snprintf(reason->field, sizeof reason->field, "%s", field);
    vsnprintf(reason->sentence, sizeof reason->sentence, format, arguments);
}

bool fail(struct call *call, enum fail_kind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_record(call, kind, "", format, arguments);
    va_end(arguments);
    return false;
}

bool fail_at(struct call *call, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_record(call, FAIL_INVALID, field, format, arguments);
    va_end(arguments);
    return false;
}

void call_warn(struct call *call, const char *format, ...)
{
    struct warnings *warnings = &call->warnings;
    char whole[WARNING_SIZE + 1]; /* one more, to see whether a character would be cut in two */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(whole, sizeof whole, format, arguments);
    va_end(arguments);
    whole[text_until_character(text_of(whole), WARNING_SIZE - 1).size] = '\0';
    for (int i = 0; i < warnings->count; i++)
        if (strcmp(warnings->sentence[i], whole) == 0)
            return;
    if (warnings->count < WARNINGS_MAX)
        memcpy(warnings->sentence[warnings->count++], whole, WARNING_SIZE);
}

void fail_missing(struct call *call, const char *name)
{
    struct fail *reason = &call->fail;
    if (reason->missing_count < FAIL_MISSING_MAX)
        snprintf(reason->missing[reason->missing_count++], FAIL_FIELD_SIZE, "%s", name);
}

void fail_clear(struct call *call)
{
    call->fail = (struct fail){ .kind = FAIL_NONE };
}

/* Either the request wants more than it may have, or the machine has no more to give. */
static bool fail_memory(struct call *call, size_t wanted)
{
    if (!arena_has_room(&call->arena, wanted))
        return fail(call, FAIL_TOO_LARGE,
                    "this needs more than the %zu MiB that one request may use",
                    call->arena.limit / (1024 * 1024));
    return fail(call, FAIL_INTERNAL,
                "the machine has no more memory: end other programs, or split the input");
}

void *call_take(struct call *call, size_t size)
{
    void *piece = arena_take(&call->arena, size);
    if (!piece)
        fail_memory(call, size);
    return piece;
}

void *call_take_unset(struct call *call, size_t size)
{
    void *piece = arena_take_unset(&call->arena, size);
    if (!piece)
        fail_memory(call, size);
    return piece;
}

void *call_array(struct call *call, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        fail_memory(call, SIZE_MAX);
        return NULL;
    }
    return call_take(call, bytes);
}

void *call_grow(struct call *call, void *piece, size_t old_size, size_t new_size)
{
    void *grown = arena_grow(&call->arena, piece, old_size, new_size);
    if (!grown)
        fail_memory(call, new_size);
    return grown;
}

void *call_grow_unset(struct call *call, void *piece, size_t old_size, size_t new_size)
{
    void *grown = arena_grow_unset(&call->arena, piece, old_size, new_size);
    if (!grown)
        fail_memory(call, new_size);
    return grown;
}

enum { LIST_ROOM_FIRST = 8 };

void *call_more(struct call *call, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t more = *room ? *room * 2 : LIST_ROOM_FIRST;
    void *grown = call_grow(call, list, count * size, more * size);
    if (grown)
        *room = more;
    return grown;
}

text call_text(struct call *call, text source)
{
    char *copy = arena_take_unset(&call->arena, source.size + 1);
    if (!copy) {
        fail_memory(call, source.size + 1);
        return TEXT_NONE;
    }
    if (source.size)
        memcpy(copy, source.at, source.size);
    copy[source.size] = '\0';
    return (text){ copy, source.size };
}

text call_join(struct call *call, const text *part, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += part[i].size;
    char *copy = call_take_unset(call, size + 1), *to = copy;
    if (!copy)
        return TEXT_NONE;
    for (size_t i = 0; i < count; i++)
        if (part[i].size)
            to = (char *)memcpy(to, part[i].at, part[i].size) + part[i].size;
    *to = '\0';
    return (text){ copy, size };
}

text call_format(struct call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *copy = size < 0 ? NULL : call_take(call, (size_t)size + 1);
    if (!copy)
        return TEXT_NONE;
    va_start(arguments, format);
    vsnprintf(copy, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return (text){ copy, (size_t)size };
}

char *call_string(struct call *call, text source)
{
    if (source.size && memchr(source.at, '\0', source.size)) {
        fail(call, FAIL_INVALID, "a text holds a NUL byte, which is not accepted");
        return NULL;
    }
    text copy = call_text(call, source);
    return (char *)(uintptr_t)copy.at;
}

void call_swap_memory(struct call *call, struct arena *other)
{
    struct arena own = call->arena;
    call->arena = *other;
    *other = own;
}

bool call_progress(struct call *call, const char *what, int64_t done, int64_t total)
{
    if (call->progress)
        call->progress(call->progress_to, what, done, total);
    return call->fail.kind == FAIL_NONE;
}

bool fail_about(struct call *call, text subject)
{
    char *sentence = call->fail.sentence;
    size_t before = text_until_character(subject, FAIL_SENTENCE_SIZE / 2).size;
    size_t kept = strlen(sentence);
    if (before + 2 + kept >= FAIL_SENTENCE_SIZE)
        kept = FAIL_SENTENCE_SIZE - 1 - before - 2;
    memmove(sentence + before + 2, sentence, kept);
    memcpy(sentence, subject.at, before);
    memcpy(sentence + before, ": ", 2);
    sentence[before + 2 + kept] = '\0';
    return false;
}

struct remembered {
    const void *of;
    void *what;
    rid person;
    bool all_rows;
    struct remembered *next;
};

void *call_recall(const struct call *call, const void *of)
{
    if (call->change.is_open) /* rows may change between two questions */
        return NULL;
    for (const struct remembered *each = call->remembered; each; each = each->next)
        if (each->of == of && each->person == call->actor.person &&
            each->all_rows == call->all_rows)
            return each->what;
    return NULL;
}

bool call_remember(struct call *call, const void *of, void *what)
{
    if (call->change.is_open) /* it may hold what is written next, or is rolled back */
        return true;
    struct remembered *new = call_new(call, struct remembered);
    if (!new)
        return false;
    *new = (struct remembered){ .of = of,
                                .what = what,
                                .person = call->actor.person,
                                .all_rows = call->all_rows,
                                .next = call->remembered };
    call->remembered = new;
    return true;
}

void call_forget(struct call *call)
{
    call->remembered = NULL;
}

bool fail_advise(struct call *call, const char *advice)
{
    char *sentence = call->fail.sentence;
    size_t size = strlen(sentence);
    snprintf(sentence + size, FAIL_SENTENCE_SIZE - size, ": %s", advice);
    return false;
}
