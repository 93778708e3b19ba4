/* See import_options.h. */
#include "offers/import_options.h"

#include "base/json_write.h"
#include "base/stamp.h"

#include <assert.h>

enum { MAP_BYTES_MAX = 1024 * 1024 };

/* --- the table, and what is made of it --- */

const struct option import_option_table[] = {
    { .name = "format",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "The format; else it is recognised from the bytes." },
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "For lines that do not name their surface." },
    { .name = "suite",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "For lines that do not name their suite." },
    { .name = "run",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "For lines that do not name their run." },
    { .name = "started-at",
      .kind = OPTION_TEXT,
      .placeholder = "T",
      .help = "For lines that do not say when their run started." },
    { .name = "zone",
      .kind = OPTION_TEXT,
      .placeholder = "Z",
      .help = "The zone of times without one, such as Europe/Berlin." },
    { .name = "map",
      .kind = OPTION_FILE,
      .placeholder = "FILE",
      .help = "A JSON object from plain fields to the file's own." },
    { .name = "threshold",
      .kind = OPTION_TEXT,
      .placeholder = "METRIC=X",
      .help = "Results with a score and no verdict pass from X on." },
    { .name = "encoding",
      .kind = OPTION_TEXT,
      .placeholder = "E",
      .help = "The file's encoding when it is not UTF-8." },
    { .name = "delimiter",
      .kind = OPTION_TEXT,
      .placeholder = "C",
      .help = "The delimiter of CSV; else it is found from the header." },
    { .name = "dry-run",
      .kind = OPTION_FLAG,
      .help = "Read and report everything, store nothing." },
    { .name = "replace",
      .kind = OPTION_FLAG,
      .help = "Restate runs that are here with other content; the old one is kept." },
    { .name = "strict",
      .kind = OPTION_FLAG,
      .help = "A line that cannot be read refuses its whole run." },
    { 0 },
};

static size_t options_count(const struct option *option)
{
    size_t count = 0;
    while (option[count].name)
        count++;
    return count;
}

static const struct option *option_named(const char *name)
{
    const struct option *option = import_option_table;
    while (option->name && strcmp(option->name, name) != 0)
        option++;
    assert(option->name);
    return option;
}

const struct option *import_options_some(struct call *call, const struct option *own,
                                         const char *const *name)
{
    size_t count = options_count(own);
    struct option *list =
        call_array(call, count + options_count(import_option_table) + 1, sizeof *list);
    if (!list)
        return NULL;
    memcpy(list, own, count * sizeof *list);
    for (; *name; name++)
        list[count++] = *option_named(*name);
    return list;
}

/* "started_at" for "started-at". */
struct parameter_name {
    char words[32];
};

static struct parameter_name parameter_name(const char *option)
{
    struct parameter_name name;
    snprintf(name.words, sizeof name.words, "%s", option);
    for (char *c = name.words; *c; c++)
        *c = *c == '-' ? '_' : *c;
    return name;
}

const struct query_parameter *import_options_parameters(struct call *call,
                                                        const struct option *option)
{
    struct query_parameter *list = call_array(call, options_count(option) + 1, sizeof *list);
    for (size_t i = 0; list && option[i].name; i++) {
        struct parameter_name name = parameter_name(option[i].name);
        list[i].name = call_string(call, text_of(name.words));
        list[i].help = option[i].help;
        list[i].type = option[i].kind == OPTION_FLAG ? "boolean" : "string";
        if (!list[i].name)
            return NULL;
    }
    return list;
}

/* --- reading --- */

/* Where a door's options come from: their names are the same everywhere. */
struct given {
    text (*text)(const void *from, const char *name);
    const void *from;
};

static text invocation_option(const void *from, const char *name)
{
    return option_text(from, name);
}

static text request_option(const void *from, const char *name)
{
    struct parameter_name parameter = parameter_name(name);
    return request_query(from, parameter.words);
}

static bool read_threshold(struct call *call, text word, struct import_options *options)
{
    text number;
    if (!word.at)
        return true;
    options->threshold_metric = call_text(call, text_cut(word, '=', &number));
    options->has_threshold = number.at && text_to_real(number, &options->threshold);
    return options->has_threshold ||
           fail_at(call, "threshold",
                   "'%.*s' is not a threshold: write METRIC=NUMBER, such as score=0.5",
                   TEXT_FMT(word));
}

static bool read_delimiter(struct call *call, text word, struct import_options *options)
{
    if (!word.at)
        return true;
    if (text_is(word, "tab") || text_is(word, "\\t"))
        word = TEXT("\t");
    if (word.size != 1 || strchr("\"\r\n", word.at[0]))
        return fail_at(call, "delimiter",
                       "'%.*s' is not a delimiter: write one character such as ';', or tab",
                       TEXT_FMT(word));
    options->delimiter = word.at[0];
    return true;
}

static bool read_map(struct call *call, text words, struct import_options *options)
{
    if (!words.at)
        return true;
    struct json *map = call_new(call, struct json);
    if (!map)
        return false;
    if (!json_read(call, words, map, NULL)) {
        fail_advise(call, "mend the map");
        return fail_about(call, TEXT("the map"));
    }
    if (map->kind != JSON_OBJECT)
        return fail_at(
            call, "map",
            "a map is a JSON object: {\"case\":\"column\", \"suite\":{\"value\":\"x\"}}");
    options->map = map;
    return true;
}

static bool read_options(struct call *call, struct given given, struct import_options *options)
{
    *options = (struct import_options){
        .format = given.text(given.from, "format"),
        .suite = given.text(given.from, "suite"),
        .surface = given.text(given.from, "surface"),
        .run = given.text(given.from, "run"),
        .started_at = given.text(given.from, "started-at"),
        .zone = given.text(given.from, "zone"),
        .encoding = given.text(given.from, "encoding"),
        .threshold_metric = TEXT_NONE,
    };
    return zone_check(call, options->zone) &&
           read_threshold(call, given.text(given.from, "threshold"), options) &&
           read_delimiter(call, given.text(given.from, "delimiter"), options);
}

bool import_options_of_command(struct call *call, const struct invocation *invocation,
                               struct import_options *options)
{
    text path = option_text(invocation, "map"), map = TEXT_NONE;
    if (!read_options(call, (struct given){ invocation_option, invocation }, options) ||
        (path.at && !source_whole(call, path, MAP_BYTES_MAX, &map)) ||
        !read_map(call, map, options))
        return false;
    options->dry_run = option_flag(invocation, "dry-run");
    options->replace = option_flag(invocation, "replace");
    options->strict = option_flag(invocation, "strict");
    return true;
}

bool import_options_of_request(struct call *call, const struct request *request,
                               struct import_options *options)
{
    return read_options(call, (struct given){ request_option, request }, options) &&
           read_map(call, request_query(request, "map"), options) &&
           request_flag(call, request, "dry_run", &options->dry_run) &&
           request_flag(call, request, "replace", &options->replace) &&
           request_flag(call, request, "strict", &options->strict);
}

/* --- what a job is told --- */

text import_options_for_job(struct call *call, const struct request *request, int64_t line)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    for (const struct option *option = import_option_table; option->name; option++) {
        bool is_set = false;
        text given = request_option(request, option->name);
        if (option->kind != OPTION_FLAG && given.at)
            json_put_text(&writer, option->name, given);
        else if (option->kind == OPTION_FLAG &&
                 request_flag(call, request, parameter_name(option->name).words, &is_set) && is_set)
            json_put_bool(&writer, option->name, true);
    }
    if (line)
        json_put_int(&writer, "line", line);
    if (request_query(request, "name").size)
        json_put_text(&writer, "name", request_query(request, "name"));
    json_object_end(&writer);
    return call->fail.kind == FAIL_NONE ? out_view(&out) : TEXT_NONE;
}

static text kept_option(const void *from, const char *name)
{
    const struct json *member = json_get(from, name);
    return member && member->kind == JSON_TEXT ? member->text : TEXT_NONE;
}

static bool kept_flag(const struct json *kept, const char *name)
{
    const struct json *member = json_get(kept, name);
    return member && member->kind == JSON_BOOL && member->boolean;
}

bool import_options_of_job(struct call *call, text words, struct import_options *options,
                           int64_t *line)
{
    struct json kept;
    if (!json_read(call, words, &kept, NULL) ||
        !read_options(call, (struct given){ kept_option, &kept }, options) ||
        !read_map(call, kept_option(&kept, "map"), options))
        return false;
    options->dry_run = kept_flag(&kept, "dry-run");
    options->replace = kept_flag(&kept, "replace");
    options->strict = kept_flag(&kept, "strict");
    const struct json *number = json_get(&kept, "line");
    if (line)
        *line = number && number->kind == JSON_INT ? number->integer : 0;
    return true;
}

text import_name_of_job(struct call *call, text words)
{
    struct json kept;
    if (!json_read(call, words, &kept, NULL))
        return TEXT_NONE;
    text name = kept_option(&kept, "name");
    return name.at ? name : TEXT("upload");
}
