/* See adr.h. One pass over the lines; a section collects its lines until the next heading. */
#include "importers/adr.h"

#include "base/lower_case.h"
#include "base/out.h"
#include "base/stamp.h"

const char *const adr_states[] = { "proposed",   "accepted",   "rejected",
                                   "deprecated", "superseded", NULL };

enum part { PART_HEAD, PART_STATUS, PART_CONTEXT, PART_OPTIONS, PART_DECISION, PART_CONSEQUENCES,
            PART_OUTCOME, PART_MORE, PART_COUNT };

struct reader {
    struct call *call;
    text name;
    struct adr *adr;
    enum part part;
    bool is_seen[PART_COUNT];
    struct out out[PART_COUNT]; /* what sections hold; of the head: lines that say nothing known */
    struct out notes;           /* lines of the status that are more than a state */
    text bad_status;
    struct adr_fence fence;
};

/* --- lines --- */

static text next_line(text *rest)
{
    text line = text_cut(*rest, '\n', rest);
    return text_ends(line, TEXT("\r")) ? text_until(line, line.size - 1) : line;
}

static text without_indent(text line)
{
    size_t blanks = 0;
    while (blanks < line.size && blanks < 4 && line.at[blanks] == ' ')
        blanks++;
    return blanks < 4 ? text_from(line, blanks) : (text){ "", 0 };
}

static size_t run_length(text line, char mark)
{
    size_t size = 0;
    while (size < line.size && line.at[size] == mark)
        size++;
    return size;
}

int adr_heading(text line)
{
    text words = without_indent(line);
    size_t level = run_length(words, '#');
    bool is_one = level == words.size || words.at[level] == ' ' || words.at[level] == '\t';
    return is_one && level <= 2 ? (int)level : 0;
}

bool adr_in_fence(struct adr_fence *fence, text line)
{
    text words = without_indent(line);
    char mark = words.size ? words.at[0] : '\0';
    size_t size = mark == '`' || mark == '~' ? run_length(words, mark) : 0;
    if (fence->mark) {
        bool ends = mark == fence->mark && size >= fence->size &&
                    text_trim(text_from(words, size)).size == 0;
        if (ends)
            fence->mark = '\0';
        return true;
    }
    if (size < 3 || (mark == '`' && text_find(text_from(words, size), TEXT("`")) != SIZE_MAX))
        return false;
    *fence = (struct adr_fence){ mark, size };
    return true;
}

/* Without the blank lines around it; TEXT_NONE when nothing is left. */
static text inner(text whole)
{
    text rest = whole, line;
    while (whole.size) {
        line = text_cut(whole, '\n', &rest);
        if (text_trim(line).size)
            break;
        whole = rest.at ? rest : (text){ whole.at, 0 };
    }
    while (whole.size && strchr(" \t\r\n", whole.at[whole.size - 1]))
        whole.size--;
    return whole.size ? whole : TEXT_NONE;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(text whole)
{
    size_t size = 0;
    while (size < whole.size && is_digit(whole.at[size]))
        size++;
    return size;
}

static bool read_number(text word, int64_t *number)
{
    return digits(word) == word.size && text_to_int(word, number) && *number <= ADR_NUMBER_MAX;
}

/* "key: value" or "- Key: value"; the value without quotes. */
static bool is_pair(text line, const char *key, text *value)
{
    line = text_trim(line);
    if (text_starts(line, TEXT("- ")) || text_starts(line, TEXT("* ")))
        line = text_trim(text_from(line, 2));
    text word = text_trim(text_cut(line, ':', value));
    if (!value->at || !text_same_word(word, text_of(key)))
        return false;
    *value = text_trim(*value);
    bool is_quoted = value->size >= 2 && (value->at[0] == '"' || value->at[0] == '\'') &&
                     value->at[value->size - 1] == value->at[0];
    if (is_quoted)
        *value = (text){ value->at + 1, value->size - 2 };
    return true;
}

/* --- numbers of decisions --- */

static bool add_link(struct reader *reader, struct adr_links *links, int64_t number)
{
    for (size_t i = 0; i < links->count; i++)
        if (links->number[i] == number)
            return true;
    if (links->count == ADR_LINKS_MAX)
        return fail(reader->call, FAIL_INVALID,
                    "'%.*s' names more than %d decisions in its status: name fewer",
                    TEXT_FMT(reader->name), ADR_LINKS_MAX);
    links->number[links->count++] = number;
    return true;
}

/* After "ADR", with what may stand between: "ADR-7", "ADR 7", "ADR #7". */
static text after_adr(text word)
{
    if (!text_same_word(text_until(word, word.size < 3 ? word.size : 3), TEXT("adr")))
        return word;
    size_t at = 3;
    while (at < word.size && at < 5 && strchr("-_ #", word.at[at]))
        at++;
    return at < word.size && is_digit(word.at[at]) ? text_from(word, at) : word;
}

/* The number that a word begins with: "0003-x.md", "3. Title", "ADR-7". */
static bool leading_number(text word, int64_t *number)
{
    word = after_adr(text_trim(word));
    size_t size = digits(word);
    return size > 0 && read_number(text_until(word, size), number);
}

static text base_name(text path)
{
    for (size_t i = path.size; i > 0; i--)
        if (path.at[i - 1] == '/')
            return text_from(path, i);
    return path;
}

/* All links of the line: the number of the file, else that of the words. */
static bool take_links(struct reader *reader, text line, struct adr_links *links, size_t *found)
{
    for (*found = 0; line.size;) {
        text target, words;
        text_cut(line, '[', &words);
        size_t middle = words.at ? text_find(words, TEXT("](")) : SIZE_MAX;
        if (middle == SIZE_MAX)
            return true;
        target = text_cut(text_from(words, middle + 2), ')', &line);
        int64_t number;
        if (!leading_number(base_name(target), &number) &&
            !leading_number(text_until(words, middle), &number))
            continue;
        (*found)++;
        if (!add_link(reader, links, number))
            return false;
    }
    return true;
}

/* "3", "ADR-3 and 0004", "3, 4": up to the first word that is none. */
static bool take_numbers(struct reader *reader, text line, struct adr_links *links, size_t *found)
{
    for (*found = 0;;) {
        int64_t number;
        line = text_trim(line);
        if (text_starts(line, TEXT(",")))
            line = text_trim(text_from(line, 1));
        if (text_starts(line, TEXT("and ")))
            line = text_trim(text_from(line, 4));
        text word = after_adr(line);
        size_t size = digits(word);
        if (size == 0 || !read_number(text_until(word, size), &number))
            return true;
        (*found)++;
        if (!add_link(reader, links, number))
            return false;
        line = text_from(word, size);
    }
}

/* --- the status --- */

static const struct {
    const char *word, *state;
} status_words[] = {
    { "proposed", "proposed" },     { "draft", "proposed" },      { "accepted", "accepted" },
    { "approved", "accepted" },     { "rejected", "rejected" },   { "deprecated", "deprecated" },
    { "superseded", "superseded" }, { "superceded", "superseded" },
};

static const struct {
    const char *words;
    bool is_by;
} link_words[] = {
    { "superseded by", true },
    { "superceded by", true },
    { "supersedes", false },
    { "supercedes", false },
};

/* What follows the words at the start of the line, or TEXT_NONE. */
static text after_words(text line, const char *words)
{
    size_t size = strlen(words);
    bool begins = line.size >= size && text_same_word(text_until(line, size), text_of(words)) &&
                  (line.size == size || strchr(" \t:[", line.at[size]));
    return begins ? text_from(line, size) : TEXT_NONE;
}

/* "Superseded by [9](0009-x.md)"; `*is_one` is false when the line is none, or names nothing. */
static bool take_link_line(struct reader *reader, text line, bool *is_one)
{
    *is_one = false;
    for (size_t i = 0; i < sizeof link_words / sizeof *link_words; i++) {
        text rest = after_words(line, link_words[i].words);
        struct adr_links *links = link_words[i].is_by ? &reader->adr->superseded_by
                                                      : &reader->adr->supersedes;
        size_t found = 0;
        if (!rest.at)
            continue;
        if (text_starts(rest, TEXT(":")))
            rest = text_from(rest, 1);
        if (!take_links(reader, rest, links, &found) ||
            (found == 0 && !take_numbers(reader, rest, links, &found)))
            return false;
        if (link_words[i].is_by)
            reader->adr->state = "superseded";
        *is_one = found > 0;
        return true;
    }
    return true;
}

/* The state that the line begins with; `*is_all` is false when the line says more. */
static const char *state_of_line(text line, bool *is_all)
{
    for (size_t i = 0; i < sizeof status_words / sizeof *status_words; i++) {
        size_t size = strlen(status_words[i].word);
        if (line.size < size ||
            !text_same_word(text_until(line, size), text_of(status_words[i].word)) ||
            (line.size > size && !strchr(" \t.,;:(", line.at[size])))
            continue;
        text rest = text_trim(text_from(line, size));
        *is_all = rest.size == 0 || text_is(rest, ".");
        return status_words[i].state;
    }
    return NULL;
}

static text bare_status(text line)
{
    line = text_trim(line);
    if (text_starts(line, TEXT("- ")) || text_starts(line, TEXT("* ")))
        line = text_trim(text_from(line, 2));
    while (line.size >= 2 && strchr("*_", line.at[0]) && line.at[line.size - 1] == line.at[0])
        line = (text){ line.at + 1, line.size - 2 };
    return text_trim(line);
}

static bool take_status(struct reader *reader, text line)
{
    bool is_link, is_all = false;
    line = bare_status(line);
    if (line.size == 0)
        return true;
    if (!take_link_line(reader, line, &is_link) || is_link)
        return reader->call->fail.kind == FAIL_NONE;
    const char *state = state_of_line(line, &is_all);
    if (state && !(reader->adr->state && strcmp(reader->adr->state, "superseded") == 0))
        reader->adr->state = state;
    if (!state && !reader->bad_status.at)
        reader->bad_status = line;
    if (!is_all)
        out_format(&reader->notes, "%.*s\n", TEXT_FMT(line));
    return true;
}

static bool check_status(struct reader *reader)
{
    return reader->adr->state || !reader->bad_status.at ||
           fail(reader->call, FAIL_INVALID,
                "'%.*s': the status '%.*s' is none of proposed, accepted, rejected, deprecated, "
                "superseded: write one of them",
                TEXT_FMT(reader->name), TEXT_FMT(text_until_character(reader->bad_status, 100)));
}

/* --- what stands by its name --- */

static bool take_day(struct reader *reader, const char *key, text value, bool *has, int64_t *day)
{
    if (value.size == 0)
        return true;
    *has = date_read(value, day);
    return *has || fail(reader->call, FAIL_INVALID,
                        "'%.*s': '%.*s' is no day for '%s': write it like 2026-11-16",
                        TEXT_FMT(reader->name), TEXT_FMT(text_until_character(value, 100)), key);
}

/* A line "Date: 2026-11-16", wherever such may stand; `*is_one` is false when it is none. */
static bool take_pair(struct reader *reader, text line, bool *is_one)
{
    struct adr *adr = reader->adr;
    text value;
    *is_one = true;
    if (is_pair(line, "date", &value))
        return take_day(reader, "date", value, &adr->has_date, &adr->date);
    if (is_pair(line, "revisit", &value))
        return take_day(reader, "revisit", value, &adr->has_revisit, &adr->revisit);
    if (is_pair(line, "outcome recorded", &value) || is_pair(line, "outcome_recorded", &value))
        return take_day(reader, "outcome recorded", value, &adr->has_outcome_recorded,
                        &adr->outcome_recorded);
    if (is_pair(line, "status", &value))
        return take_status(reader, value);
    if (is_pair(line, "owner", &value)) {
        adr->owner = value.size ? value : adr->owner;
        return true;
    }
    *is_one = false;
    return true;
}

/* Below the title: what stands by its name, and what the decision supersedes. */
static bool take_head_line(struct reader *reader, text line, bool *is_known)
{
    return take_pair(reader, line, is_known) &&
           (*is_known || take_link_line(reader, bare_status(line), is_known));
}

/* --- front matter --- */

/* Up to a blank and a '#', where the value is not quoted. */
static text without_comment(text line)
{
    size_t at = text_find(line, TEXT(" #"));
    text rest;
    text_cut(line, ':', &rest);
    rest = text_trim(rest);
    bool is_quoted = rest.size && strchr("'\"", rest.at[0]);
    return at == SIZE_MAX || is_quoted ? line : text_until(line, at);
}

static bool take_front_line(struct reader *reader, text line, struct out *unknown)
{
    text value, bare = without_comment(line);
    bool is_known = false, is_indented = line.size && strchr(" \t-#", line.at[0]);
    if (!is_indented && is_pair(bare, "title", &value) && value.size) {
        reader->adr->title = value;
        return true;
    }
    if (!is_indented && is_pair(bare, "number", &value) &&
        read_number(value, &reader->adr->number)) {
        reader->adr->has_number = true;
        return true;
    }
    if (!is_indented && !take_pair(reader, bare, &is_known))
        return false;
    if (!is_known && text_trim(line).size)
        out_format(unknown, "%.*s\n", TEXT_FMT(line));
    return true;
}

/* Only behind a first line of three hyphens, up to the next such; without one it is body. */
static bool take_front_matter(struct reader *reader, text *bytes)
{
    text rest = *bytes, inside, end = TEXT_NONE;
    struct out unknown;
    if (!text_is(next_line(&rest), "---"))
        return true;
    for (inside = rest; rest.at && !end.at;)
        if (text_is(next_line(&rest), "---"))
            end = rest.at ? rest : (text){ "", 0 };
    if (!end.at)
        return true;
    out_init(&unknown, reader->call);
    for (text line = next_line(&inside); !text_is(line, "---"); line = next_line(&inside))
        if (!take_front_line(reader, line, &unknown))
            return false;
    reader->adr->front_matter = inner(out_view(&unknown));
    *bytes = end;
    return true;
}

/* --- the title --- */

/* "7. Title", "ADR-7: Title", "ADR 7 - Title": the number and what follows it. */
static bool split_title(text title, bool *has_adr, int64_t *number, text *words)
{
    text rest = after_adr(title);
    *has_adr = rest.at != title.at;
    size_t size = digits(rest);
    text mark = text_from(rest, size);
    bool is_marked = text_starts(mark, TEXT(". ")) || text_starts(mark, TEXT(": "));
    bool is_dashed = text_starts(mark, TEXT(" - ")) || text_starts(mark, TEXT(" \xE2\x80\x93 ")) ||
                     text_starts(mark, TEXT(" \xE2\x80\x94 "));
    if (size == 0 || !(is_marked || (*has_adr && is_dashed)) ||
        !read_number(text_until(rest, size), number))
        return false;
    text_cut(text_trim(mark), ' ', words);
    *words = text_trim(*words);
    return words->size > 0;
}

static bool name_number(text name, int64_t *number)
{
    text word = after_adr(base_name(name));
    size_t size = digits(word);
    int64_t day;
    bool is_day = date_read(text_until(word, word.size < 10 ? word.size : 10), &day);
    return size > 0 && size < word.size && !is_day && strchr("-_.", word.at[size]) &&
           read_number(text_until(word, size), number);
}

/* "2024: the year" in 0003-the-year.md is a title; "ADR-4: x" in it is a mistake. */
static bool settle_title(struct reader *reader)
{
    struct adr *adr = reader->adr;
    int64_t said = 0, named = 0;
    text words = TEXT_NONE;
    bool has_adr, says = split_title(adr->title, &has_adr, &said, &words),
                  names = name_number(reader->name, &named);
    if (text_trim(adr->title).size == 0)
        return fail(reader->call, FAIL_INVALID,
                    "'%.*s' has no title: begin it with a line such as '# 7. What was decided'",
                    TEXT_FMT(reader->name));
    if (says && names && said != named && has_adr)
        return fail(reader->call, FAIL_INVALID,
                    "'%.*s' calls itself %lld in its title: give file and title one number",
                    TEXT_FMT(reader->name), (long long)said);
    if (says && (!names || said == named)) {
        adr->title = words;
        adr->number = said;
        adr->has_number = true;
    } else if (names) {
        adr->number = named;
        adr->has_number = true;
    }
    return true;
}

/* --- the body --- */

static const struct {
    const char *heading;
    enum part part;
} headings[] = {
    { "status", PART_STATUS },
    { "context", PART_CONTEXT },
    { "context and problem statement", PART_CONTEXT },
    { "options", PART_OPTIONS },
    { "options considered", PART_OPTIONS },
    { "considered options", PART_OPTIONS },
    { "decision", PART_DECISION },
    { "decision outcome", PART_DECISION },
    { "consequences", PART_CONSEQUENCES },
    { "outcome", PART_OUTCOME },
};

static text heading_words(text line)
{
    text words = text_trim(text_from(text_trim(line), run_length(text_trim(line), '#')));
    text open = words;
    while (open.size && open.at[open.size - 1] == '#')
        open.size--;
    bool is_closed = open.size == 0 || open.at[open.size - 1] == ' ';
    return is_closed ? text_trim(open) : words;
}

static enum part part_of(text words)
{
    if (text_ends(words, TEXT(":")))
        words = text_trim(text_until(words, words.size - 1));
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (text_same_word(words, text_of(headings[i].heading)))
            return headings[i].part;
    return PART_MORE;
}

/* What is missing for an empty line at the end. */
static const char *blank_line(const struct out *out)
{
    text whole = out_view(out);
    return whole.size == 0 || text_ends(whole, TEXT("\n\n")) ? "" : "\n";
}

/* A section that comes a second time is one more that is kept as it stands. */
static void take_heading(struct reader *reader, text line, int level)
{
    text words = heading_words(line);
    enum part part = level == 2 ? part_of(words) : PART_MORE;
    if (part != PART_MORE && reader->is_seen[part])
        part = PART_MORE;
    reader->is_seen[part] = true;
    reader->part = part;
    bool is_ours = level == 2 && text_same_word(words, TEXT("more"));
    if (part == PART_MORE && !is_ours)
        out_format(&reader->out[PART_MORE], "%s%.*s\n", blank_line(&reader->out[PART_MORE]),
                   TEXT_FMT(line));
}

bool adr_escaped_heading(text line, size_t *at)
{
    text words = without_indent(line);
    size_t marks = run_length(words, '\\');
    *at = line.size - words.size;
    return marks < words.size && words.at[marks] == '#' && adr_heading(text_from(words, marks));
}

/* A heading that was written as text has a backslash before it. */
static void take_text(struct reader *reader, text line)
{
    struct out *out = &reader->out[reader->part];
    size_t at;
    bool is_kept_whole = reader->part == PART_HEAD || reader->part == PART_MORE;
    if (is_kept_whole || !adr_escaped_heading(line, &at) || line.at[at] != '\\')
        out_format(out, "%.*s\n", TEXT_FMT(line));
    else
        out_format(out, "%.*s%.*s\n", TEXT_FMT(text_until(line, at)),
                   TEXT_FMT(text_from(line, at + 1)));
}

static bool take_body_line(struct reader *reader, text line)
{
    bool is_code = adr_in_fence(&reader->fence, line), is_known = false;
    int level = is_code ? 0 : adr_heading(line);
    if (level == 1 && !reader->is_seen[PART_HEAD]) {
        reader->is_seen[PART_HEAD] = true;
        text words = heading_words(line);
        reader->adr->title = words.size ? words : reader->adr->title;
        return true;
    }
    if (level) {
        take_heading(reader, line, level);
        return true;
    }
    if (reader->part == PART_STATUS && !is_code)
        return take_status(reader, line);
    if (reader->part == PART_HEAD && !is_code && !take_head_line(reader, line, &is_known))
        return false;
    if (reader->part == PART_STATUS)
        out_format(&reader->notes, "%.*s\n", TEXT_FMT(line));
    else if (is_code)
        out_format(&reader->out[reader->part], "%.*s\n", TEXT_FMT(line));
    else if (!is_known)
        take_text(reader, line);
    return true;
}

/* Lines above the sections, then what the status says beside its state, then further sections. */
static text all_more(struct reader *reader)
{
    text head = inner(out_view(&reader->out[PART_HEAD])), notes = inner(out_view(&reader->notes)),
         more = inner(out_view(&reader->out[PART_MORE]));
    struct out all;
    out_init(&all, reader->call);
    if (head.at)
        out_format(&all, "%.*s\n\n", TEXT_FMT(head));
    if (notes.at)
        out_format(&all, "## Status notes\n\n%.*s\n\n", TEXT_FMT(notes));
    if (more.at)
        out_text(&all, more);
    return inner(out_view(&all));
}

static void settle_parts(struct reader *reader)
{
    struct adr *adr = reader->adr;
    text *const part[PART_COUNT] = {
        [PART_CONTEXT] = &adr->context,           [PART_OPTIONS] = &adr->options,
        [PART_DECISION] = &adr->decision,         [PART_OUTCOME] = &adr->outcome,
        [PART_CONSEQUENCES] = &adr->consequences,
    };
    for (int i = 0; i < PART_COUNT; i++)
        if (part[i])
            *part[i] = inner(out_view(&reader->out[i]));
    adr->more = all_more(reader);
}

static bool check_bytes(struct call *call, text name, text bytes)
{
    if (bytes.size > ADR_BYTES_MAX)
        return fail(call, FAIL_TOO_LARGE, "'%.*s' has %zu bytes; at most %d are read: shorten it",
                    TEXT_FMT(name), bytes.size, ADR_BYTES_MAX);
    if (bytes.size && memchr(bytes.at, '\0', bytes.size))
        return fail(call, FAIL_INVALID, "'%.*s' holds a NUL byte: give a text", TEXT_FMT(name));
    return text_is_utf8(bytes) ||
           fail(call, FAIL_INVALID, "'%.*s' is not UTF-8: save it as UTF-8", TEXT_FMT(name));
}

bool adr_read(struct call *call, text name, text bytes, struct adr *adr)
{
    struct reader reader = { .call = call, .name = text_until_character(name, 200), .adr = adr };
    *adr = (struct adr){ .state = NULL };
    if (!check_bytes(call, reader.name, bytes))
        return false;
    for (int i = 0; i < PART_COUNT; i++)
        out_init(&reader.out[i], call);
    out_init(&reader.notes, call);
    bytes = call_text(call, bytes);
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = text_from(bytes, 3);
    if (!take_front_matter(&reader, &bytes))
        return false;
    while (bytes.at)
        if (!take_body_line(&reader, next_line(&bytes)))
            return false;
    settle_parts(&reader);
    return call->fail.kind == FAIL_NONE && check_status(&reader) && settle_title(&reader);
}
