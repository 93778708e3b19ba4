/* See plain_reader.h. Memory of a line is taken back by the readers: what outlives it is copied
 * here. */
#include "importers/plain_reader.h"

#include "importers/eval_oddities.h"

#include <assert.h>

enum {
    PROGRESS_LINES = 4096,
    BAD_BYTES_MAX = 64 * 1024,
    NOISE_SIZE = 1024,
    WORDS_SIZE = 200,
    KNOWN_SIZE = 400,
    KEY_SHOWN_MAX = 120
};

/* ---- the file ---- */

static text ending_drop(text name)
{
    size_t dot = name.size;
    while (dot > 0 && name.at[dot - 1] != '.')
        dot--;
    if (dot < 2 || dot == name.size || name.size - dot > 8)
        return name;
    for (size_t i = dot; i < name.size; i++)
        if (!((name.at[i] | 0x20) >= 'a' && (name.at[i] | 0x20) <= 'z'))
            return name;
    return text_until(name, dot - 1);
}

/* "runs/2026-11-16-a.jsonl.gz" is the run "2026-11-16-a"; "gpt-4.1" keeps its number. */
text plain_reader_run(const char *file_name)
{
    const char *slash = strrchr(file_name, '/');
    text name = text_of(slash ? slash + 1 : file_name);
    if (text_is(name, "-") || text_is(name, "standard input") || name.size == 0)
        return TEXT_NONE;
    if (text_ends(name, TEXT(".gz")) && name.size > 3)
        name = text_until(name, name.size - 3);
    return ending_drop(name);
}

static bool refuse_noise(struct call *call, const char *name, const char *what)
{
    char known[KNOWN_SIZE] = "";
    size_t size = 0;
    for (const struct eval_format *format = eval_formats; format->name && size < sizeof known;
         format++)
        size += (size_t)snprintf(known + size, sizeof known - size, "%s%s", size ? ", " : "",
                                 format->name);
    return fail(call, FAIL_INVALID, "'%s' %s: known formats are %s; name one with --format", name,
                what, known);
}

bool plain_reader_init(struct call *call, struct plain_reader *reader, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink,
                       bool is_table)
{
    text head;
    const char *name = source_facts(source)->name;
    *reader = (struct plain_reader){ .source = source, .options = options, .sink = sink };
    if (!plain_line_prepare(call, &reader->rules, options, plain_reader_run(name), is_table))
        return false;
    if (!source_peek(call, source, NOISE_SIZE, &head))
        return false;
    if (head.size && memchr(head.at, '\0', text_until(head, NOISE_SIZE).size))
        return refuse_noise(call, name, "is not text");
    return true;
}

bool plain_reader_count(struct call *call, struct plain_reader *reader)
{
    const struct source_facts *facts = source_facts(reader->source);
    if (reader->line_count++ % PROGRESS_LINES != 0)
        return true;
    double share = facts->bytes_total ? (double)facts->bytes_read / (double)facts->bytes_total : 0;
    int64_t total = share > 0 ? (int64_t)((double)reader->line_count / share) : 0;
    return call_progress(call, "reading lines", reader->line_count, total);
}

/* ---- the run that a damaged line belongs to ---- */

static text said(const struct plain_values *values, enum plain_field field)
{
    const struct json *value = values->value[field];
    bool is_usable =
        value && value->kind == JSON_TEXT && value->text.size && text_is_utf8(value->text);
    return is_usable ? value->text : TEXT_NONE;
}

static text first_of(text a, text b, text c)
{
    return a.at ? a : b.at ? b : c;
}

/* What the bytes tell, else what the line before said, else what the person said. */
static void identity_guess(const struct plain_reader *reader, const struct plain_values *values,
                           struct eval_bad_line *bad)
{
    const struct eval_read_options *options = reader->options;
    text suite = said(values, PLAIN_SUITE);
    bool is_other_suite = suite.at && !text_equal(suite, reader->suite);
    bad->suite = first_of(suite, reader->suite, options->suite);
    bad->run = first_of(said(values, PLAIN_RUN), reader->run, options->run);
    bad->surface =
        first_of(said(values, PLAIN_SURFACE), is_other_suite ? TEXT_NONE : reader->surface,
                 first_of(options->surface, bad->suite, TEXT_NONE));
}

static size_t text_move(char *room, text *value)
{
    if (value->size)
        memcpy(room, value->at, value->size);
    *value = (text){ room, value->size };
    return value->size;
}

/* Copies only when the run changes, into memory that is kept and grows by doubling. */
static bool identity_remember(struct call *call, struct plain_reader *reader,
                              const struct eval_line *line)
{
    if (text_equal(line->run, reader->run) && text_equal(line->suite, reader->suite) &&
        text_equal(line->surface, reader->surface))
        return true;
    size_t size = line->run.size + line->suite.size + line->surface.size;
    if (size > reader->memory_size || !reader->memory) {
        reader->memory = call_take(call, 2 * size);
        if (!reader->memory)
            return false;
        reader->memory_size = 2 * size;
        reader->keeps_memory = true;
    }
    char *room = reader->memory;
    reader->suite = line->suite;
    reader->surface = line->surface;
    reader->run = line->run;
    room += text_move(room, &reader->suite);
    room += text_move(room, &reader->surface);
    text_move(room, &reader->run);
    return true;
}

/* ---- what is pushed ---- */

static bool note_tell(struct call *call, const struct plain_reader *reader, const char *code,
                      text words)
{
    const struct eval_note note = { .code = code, .words = words };
    return reader->sink->note(call, reader->sink->to, &note);
}

static bool attributes_tell(struct call *call, const struct plain_reader *reader,
                            const struct plain_values *values)
{
    char words[WORDS_SIZE];
    for (size_t i = 0; i < values->other_count; i++) {
        text key = text_until_character(values->other[i].key, KEY_SHOWN_MAX);
        int size =
            snprintf(words, sizeof words, "other key '%.*s' kept as an attribute", TEXT_FMT(key));
        if (!note_tell(call, reader, "attribute_kept", (text){ words, (size_t)size }))
            return false;
    }
    return true;
}

static bool line_tell(struct call *call, const struct plain_reader *reader,
                      const struct plain_values *values)
{
    const struct plain_rules *rules = &reader->rules;
    if (rules->notes.no_number &&
        !note_tell(call, reader, "no_number", TEXT("NaN or Infinity was read as no number")))
        return false;
    if (rules->notes.duplicate_key &&
        !note_tell(call, reader, "duplicate_key",
                   TEXT("a key stands twice in one line; the last one counts")))
        return false;
    if (rules->has_pass_with_error &&
        !note_tell(call, reader, "pass_with_error",
                   TEXT("a pass carries an error text; it stays a pass")))
        return false;
    return attributes_tell(call, reader, values);
}

bool plain_reader_push(struct call *call, struct plain_reader *reader,
                       const struct plain_bytes *line, struct plain_values *values)
{
    struct eval_line item;
    const struct plain_bytes whole = { .number = line->number, .bytes = line->bytes };
    if (!plain_line_fill(call, &reader->rules, values, &item))
        return plain_reader_damaged(call, reader, &whole, values);
    item.number = line->number;
    return line_tell(call, reader, values) && reader->sink->line(call, reader->sink->to, &item) &&
           identity_remember(call, reader, &item);
}

/* Noise may have no border of characters for a long way back; then the bytes are cut where they
 * are. */
static text bytes_capped(text bytes)
{
    text capped = text_until_character(bytes, BAD_BYTES_MAX);
    if (bytes.size > BAD_BYTES_MAX && capped.size + 4 < BAD_BYTES_MAX)
        capped = text_until(bytes, BAD_BYTES_MAX);
    return capped;
}

static bool cut_tell(struct call *call, struct plain_reader *reader, text suite, text surface,
                     text run)
{
    reader->is_cut_told = true;
    return reader->sink->cut(call, reader->sink->to, suite, surface, run);
}

bool plain_reader_damaged(struct call *call, struct plain_reader *reader,
                          const struct plain_bytes *line, const struct plain_values *values)
{
    char sentence[FAIL_SENTENCE_SIZE];
    if (call->fail.kind != FAIL_INVALID)
        return false;
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    if (!reader->first_bad_line) {
        memcpy(reader->first_bad, sentence, sizeof sentence);
        reader->first_bad_line = line->number;
    }
    struct eval_bad_line bad = { .number = line->number, .reason = text_of(sentence) };
    bad.bytes = bytes_capped(line->bytes);
    bad.header = reader->header;
    identity_guess(reader, values, &bad);
    if (!reader->sink->bad_line(call, reader->sink->to, &bad))
        return false;
    return !line->is_unended || cut_tell(call, reader, bad.suite, bad.surface, bad.run);
}

/* A gzip stream that ends after a whole line: what was to follow is as lost as half a line. */
static bool stream_cut_tell(struct call *call, struct plain_reader *reader)
{
    const struct eval_bad_line bad = {
        .number = reader->line_count + 1,
        .reason = source_facts(reader->source)->is_damaged
                      ? TEXT("the gzip stream is damaged here: fetch or write the file again and "
                             "import it with --replace")
                      : TEXT("the gzip stream was cut: write the file again and import it with "
                             "--replace"),
        .bytes = TEXT(""),
        .suite = reader->suite,
        .surface = reader->surface,
        .run = reader->run,
        .header = reader->header,
    };
    return reader->sink->bad_line(call, reader->sink->to, &bad) &&
           cut_tell(call, reader, bad.suite, bad.surface, bad.run);
}

static bool refuse_unreadable(struct call *call, const struct plain_reader *reader)
{
    text what = call_format(call, "holds no line that can be read (line %lld: %s)",
                            (long long)reader->first_bad_line, reader->first_bad);
    const char *words = what.at ? call_string(call, what) : NULL;
    return words && refuse_noise(call, source_facts(reader->source)->name, words);
}

bool plain_reader_end(struct call *call, struct plain_reader *reader)
{
    const struct source_facts *facts = source_facts(reader->source);
    if (reader->line_count == 0 && facts->is_cut)
        return fail(call, FAIL_INVALID, "'%s' is %s before its first line: export it again",
                    facts->name, facts->is_damaged ? "damaged" : "cut");
    if (reader->line_count == 0)
        return fail(call, FAIL_INVALID, "'%s' is empty: export it again", facts->name);
    if (reader->readable_count == 0)
        return refuse_unreadable(call, reader);
    if (!eval_oddities_tell(call, reader->source, reader->sink))
        return false;
    return !facts->is_cut || reader->is_cut_told || stream_cut_tell(call, reader);
}
