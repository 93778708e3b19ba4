/* See yaml.h. */
#include "base/yaml.h"

#include "base/fyaml_library.h"
#include "base/out.h"

#include <stdlib.h>

/* One reading: the library, where the tree goes, and the scalar that is being put together. */
struct reading {
    struct call *call;
    const struct fyaml_functions *fyaml;
    struct out *scalar;
};

/* --- scalars --- */

/* An integer as JSON writes it, however long. */
static bool is_digits(text word)
{
    size_t begin = text_starts(word, TEXT("-"));
    if (begin < word.size && word.at[begin] == '0')
        return false;
    for (size_t i = begin; i < word.size; i++)
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    return word.size > begin;
}

/* -17, +3: what YAML calls an integer and our readers of text understand. */
static bool read_number(text word, struct json *json)
{
    text digits = text_starts(word, TEXT("+")) ? text_from(word, 1) : word;
    if (text_to_int(digits, &json->integer)) {
        json->kind = JSON_INT;
        return true;
    }
    if (is_digits(digits)) {
        *json = (struct json){ .kind = JSON_BIG_INT, .text = digits };
        return true;
    }
    char first = digits.size ? digits.at[digits.at[0] == '-' && digits.size > 1] : 'x';
    bool may_be = (first >= '0' && first <= '9') || first == '.';
    if (!may_be || !text_to_real(digits, &json->real))
        return false;
    json->kind = JSON_REAL;
    return true;
}

static void read_plain(text word, struct json *json)
{
    static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
    static const char *const bools[] = { "true", "True", "TRUE", "false", "False", "FALSE" };
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (text_is(word, nulls[i])) {
            json->kind = JSON_NULL;
            return;
        }
    for (size_t i = 0; i < sizeof bools / sizeof *bools; i++)
        if (text_is(word, bools[i])) {
            *json = (struct json){ .kind = JSON_BOOL, .boolean = i < 3 };
            return;
        }
    if (!read_number(word, json))
        *json = (struct json){ .kind = JSON_TEXT, .text = word };
}

/*
 * Piece by piece: for the whole text libfyaml 0.7 takes as much memory as it guessed while it
 * scanned. It guesses too little where quotes follow each other, and then frees nothing.
 */
static text scalar_of(const struct reading *reading, struct fy_node *node)
{
    const struct fyaml_functions *fyaml = reading->fyaml;
    struct fy_token_iter *iter = fyaml->token_iter_create(fyaml->node_get_scalar_token(node));
    int error = iter ? 0 : -1;
    reading->scalar->size = 0;
    for (const struct fy_iter_chunk *chunk = NULL;
         iter && (chunk = fyaml->token_iter_chunk_next(iter, chunk, &error));)
        out_text(reading->scalar, (text){ chunk->str, chunk->len });
    fyaml->token_iter_destroy(iter);
    if (error) {
        fail(reading->call, FAIL_INVALID, "a text of the YAML document cannot be read");
        return TEXT_NONE;
    }
    return call_text(reading->call, out_view(reading->scalar));
}

/* libfyaml 0.7 reads 'it''''s' with three quotes where YAML means two: so it is not read at all. */
static bool check_quotes(const struct reading *reading, struct fy_node *node, text word)
{
    return reading->fyaml->node_get_style(node) != FYNS_SINGLE_QUOTED ||
           text_find(word, TEXT("''")) == SIZE_MAX ||
           fail(reading->call, FAIL_INVALID,
                "a text of the YAML document has quotes after each other between '...': write it "
                "between \"...\"");
}

static bool read_scalar(const struct reading *reading, struct fy_node *node, struct json *json)
{
    text word = scalar_of(reading, node);
    if (!word.at || !check_quotes(reading, node, word))
        return false;
    if (!text_is_utf8(word))
        return fail(reading->call, FAIL_INVALID, "a text of the YAML document is not UTF-8");
    if (reading->fyaml->node_get_style(node) == FYNS_PLAIN)
        read_plain(word, json);
    else
        *json = (struct json){ .kind = JSON_TEXT, .text = word };
    return true;
}

/* --- the tree --- */

static bool is_alias(const struct reading *reading, struct fy_node *node)
{
    return reading->fyaml->node_get_type(node) == FYNT_SCALAR &&
           reading->fyaml->node_get_style(node) == FYNS_ALIAS;
}

static bool read_node(const struct reading *reading, struct fy_node *node, struct json *json);

static bool read_sequence(const struct reading *reading, struct fy_node *node,
                          struct json *json)
{
    struct json *item = NULL;
    size_t count = 0, room = 0;
    void *at = NULL;
    for (struct fy_node *each; (each = reading->fyaml->node_sequence_iterate(node, &at));) {
        item = call_more(reading->call, item, count, &room, sizeof *item);
        if (!item || !read_node(reading, each, &item[count++]))
            return false;
    }
    *json = (struct json){ .kind = JSON_LIST, .count = (uint32_t)count, .item = item };
    return true;
}

static bool read_key(const struct reading *reading, struct fy_node *node, text *key)
{
    if (!node || is_alias(reading, node) ||
        reading->fyaml->node_get_type(node) != FYNT_SCALAR)
        return fail(reading->call, FAIL_INVALID, "a key of the YAML document is no plain word");
    *key = scalar_of(reading, node);
    return key->at && check_quotes(reading, node, *key);
}

/* A key, and where it stands. */
struct key {
    text word;
    struct fy_node *node;
};

static int compare_keys(const void *left, const void *right)
{
    return text_compare(((const struct key *)left)->word, ((const struct key *)right)->word);
}

static bool fail_twice(const struct reading *reading, const struct key *key)
{
    const struct fy_mark *mark =
        reading->fyaml->token_start_mark(reading->fyaml->node_get_scalar_token(key->node));
    return fail(reading->call, FAIL_INVALID, "this is no YAML: line %d, column %d: duplicate key",
                mark ? mark->line + 1 : 1, mark ? mark->column + 1 : 1);
}

/* Not left to libfyaml, which would compare the keys as whole texts: see scalar_of. */
static bool check_twice(const struct reading *reading, struct key *key, size_t count)
{
    if (count)
        qsort(key, count, sizeof *key, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (compare_keys(&key[i - 1], &key[i]) == 0)
            return fail_twice(reading, &key[i]);
    return true;
}

static bool read_mapping(const struct reading *reading, struct fy_node *node,
                         struct json *json)
{
    struct json_member *member = NULL;
    struct key *key = NULL;
    size_t count = 0, room = 0, key_room = 0;
    void *at = NULL;
    for (struct fy_node_pair *pair; (pair = reading->fyaml->node_mapping_iterate(node, &at));) {
        member = call_more(reading->call, member, count, &room, sizeof *member);
        key = call_more(reading->call, key, count, &key_room, sizeof *key);
        if (!member || !key)
            return false;
        key[count].node = reading->fyaml->node_pair_key(pair);
        if (!read_key(reading, key[count].node, &key[count].word))
            return false;
        member[count].key = key[count].word;
        if (!read_node(reading, reading->fyaml->node_pair_value(pair),
                       &member[count++].value))
            return false;
    }
    *json = (struct json){ .kind = JSON_OBJECT, .count = (uint32_t)count, .member = member };
    return check_twice(reading, key, count);
}

static bool read_node(const struct reading *reading, struct fy_node *node, struct json *json)
{
    *json = (struct json){ .kind = JSON_NULL };
    if (!node)
        return true;
    if (is_alias(reading, node))
        return fail(reading->call, FAIL_INVALID,
                    "the YAML document has an alias (*name): write the value itself");
    switch (reading->fyaml->node_get_type(node)) {
    case FYNT_SEQUENCE:
        return read_sequence(reading, node, json);
    case FYNT_MAPPING:
        return read_mapping(reading, node, json);
    case FYNT_SCALAR:
        break;
    }
    return read_scalar(reading, node, json);
}

/* --- the document --- */

static bool fail_syntax(const struct reading *reading, struct fy_diag *diag)
{
    void *at = NULL;
    const struct fy_diag_error *error = reading->fyaml->diag_errors_iterate(diag, &at);
    if (!error)
        return fail(reading->call, FAIL_INVALID, "this is no YAML");
    return fail(reading->call, FAIL_INVALID, "this is no YAML: line %d, column %d: %s",
                error->line, error->column, error->msg);
}

static bool read_document(const struct reading *reading, struct fy_diag *diag, text source,
                          struct json *json)
{
    const struct fy_parse_cfg how = { .flags = FYPCF_QUIET | FYPCF_ALLOW_DUPLICATE_KEYS,
                                      .diag = diag };
    struct fy_document *document =
        reading->fyaml->document_build_from_string(&how, source.at, source.size);
    if (!document)
        return fail_syntax(reading, diag);
    bool done = read_node(reading, reading->fyaml->document_root(document), json);
    reading->fyaml->document_destroy(document);
    return done;
}

/* What the library would print: its errors are collected, and told as one sentence. */
static void print_nothing(struct fy_diag *diag, void *user, const char *words, size_t size)
{
    (void)diag;
    (void)user;
    (void)words;
    (void)size;
}

/*
 * What libfyaml 0.7 cannot be given: it reads a directive (%YAML, %TAG) that is not UTF-8 without
 * end. Nobody needs one here.
 */
static bool check_source(struct call *call, text source)
{
    bool is_start = true;
    if (source.size > YAML_SIZE_MAX)
        return fail(call, FAIL_TOO_LARGE, "a YAML document has at most %d bytes", YAML_SIZE_MAX);
    if (!text_is_utf8(source))
        return fail(call, FAIL_INVALID, "this is no YAML: it is not UTF-8");
    if (text_starts(source, TEXT("\xef\xbb\xbf")))
        source = text_from(source, 3);
    for (size_t i = 0; i < source.size; i++) {
        if (is_start && source.at[i] == '%')
            return fail(call, FAIL_INVALID,
                        "a line of the YAML document begins with '%%': leave out what it says of "
                        "YAML itself");
        is_start = source.at[i] == '\n' || source.at[i] == '\r';
    }
    return true;
}

/* "---" or "...", alone or before a blank: nothing else may begin a line so, not even in a text. */
static bool is_mark(text line, const char *mark)
{
    return text_starts(line, text_of(mark)) &&
           (line.size == 3 || line.at[3] == ' ' || line.at[3] == '\t' || line.at[3] == '\r');
}

static bool says_something(text line)
{
    text words = text_trim(line);
    return words.size && words.at[0] != '#';
}

/* The library reads the first document, and nobody would hear what became of the others. */
static bool check_one_document(struct call *call, text source)
{
    bool is_begun = false, is_ended = false;
    for (text line, rest = source; rest.at;) {
        line = text_cut(rest, '\n', &rest);
        bool begins = is_mark(line, "---"), ends = is_mark(line, "...");
        if ((begins && is_begun) || (is_ended && !ends && says_something(line)))
            return fail(call, FAIL_INVALID,
                        "the YAML has more than one document: a line '---' or '...' ends the "
                        "first; leave out the others");
        is_ended = is_ended || (ends && is_begun);
        is_begun = is_begun || begins || says_something(line);
    }
    return true;
}

static bool is_blank(text source)
{
    return text_trim(source).size == 0;
}

bool yaml_read(struct call *call, text source, struct json *json)
{
    struct out scalar;
    const struct reading reading = { call, fyaml_library(), &scalar };
    struct fy_diag_cfg how;
    *json = (struct json){ .kind = JSON_NULL };
    if (!reading.fyaml)
        return fail(call, FAIL_BUSY,
                    "'libfyaml.so.0' is not on this machine, which reading YAML needs: install the "
                    "package libfyaml0, or write JSON");
    if (!check_source(call, source) || !check_one_document(call, source))
        return false;
    if (is_blank(source))
        return true;
    out_init(&scalar, call);
    reading.fyaml->diag_cfg_default(&how);
    how.fp = NULL; /* a stream goes before output_fn */
    how.output_fn = print_nothing;
    struct fy_diag *diag = reading.fyaml->diag_create(&how);
    if (!diag)
        return fail(call, FAIL_TOO_LARGE, "libfyaml has no memory to read this");
    reading.fyaml->diag_set_collect_errors(diag, true);
    bool done = read_document(&reading, diag, source, json);
    reading.fyaml->diag_destroy(diag);
    return done;
}
