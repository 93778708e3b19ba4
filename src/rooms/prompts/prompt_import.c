/* See prompt_import.h. */
#include "rooms/prompts/prompt_import.h"

#include "base/stamp.h"
#include "base/yaml.h"
#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompt_content.h"
#include "rooms/prompts/prompt_markdown.h"
#include "rooms/prompts/risk_rule.h"
#include "store/find.h"

/* One file on its way in. */
struct coming {
    const struct prompt_file *file;
    struct prompt_document document;
    struct row prompt;
    struct prompt_imported *item;
};

/* --- which keys are whose --- */

static bool is_key_of(const struct record *record, text key)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (text_is(key, record->field[i].name))
            return true;
    return false;
}

static bool is_one_of(text key, const char *const *words)
{
    while (*words && !text_is(key, *words))
        words++;
    return *words != NULL;
}

static bool add_key(struct json *object, const char *key, struct json value)
{
    struct json_member *member = (struct json_member *)object->member; /* made by choose_keys */
    member[object->count++] = (struct json_member){ text_of(key), value };
    return true;
}

/*
 * The keys of the document but those `without`, and of a file that is both none of the other
 * record's. There is room for two more.
 */
static bool choose_keys(struct call *call, const struct coming *coming,
                        const struct record *others, const char *const *without,
                        struct json *object)
{
    const struct json *keys = &coming->document.keys;
    struct json_member *member = call_array(call, keys->count + 2, sizeof *member);
    *object = (struct json){ .kind = JSON_OBJECT, .member = member };
    for (uint32_t i = 0; member && i < keys->count; i++) {
        text key = keys->member[i].key;
        if (is_one_of(key, without) || (others && is_key_of(others, key)))
            continue;
        member[object->count++] = keys->member[i];
    }
    return member != NULL;
}

static struct json text_json(text words)
{
    return (struct json){ .kind = JSON_TEXT, .text = words };
}

/* --- the prompt --- */

/* The live prompt of that name; id 0: there is none. */
static bool find_prompt(struct call *call, text name, struct row *prompt)
{
    struct query query;
    *prompt = (struct row){ .id = 0 };
    query_init(&query, &prompt_record);
    if (query_add(call, &query, PROMPT_NAME, FILTER_IS, value_text(name)) &&
        !find_first(call, &query, prompt))
        prompt->id = 0;
    return call->fail.kind == FAIL_NONE;
}

/* A kind that is said again is no change of it. */
static bool check_kind(struct call *call, const struct coming *coming, const struct row *known)
{
    const struct json *kind = json_get(&coming->document.keys, "kind");
    text is = value_as_text(known->value[PROMPT_KIND]);
    return !kind || (kind->kind == JSON_TEXT && text_equal(kind->text, is)) ||
           fail_at(call, "kind", "'%.*s' is a %.*s prompt here, and stays one",
                   TEXT_FMT(coming->file->name), TEXT_FMT(is));
}

/* The name in the file, where it has one, is that of its folder: it is found by that. */
static bool check_name(struct call *call, const struct coming *coming)
{
    const struct json *name = json_get(&coming->document.keys, "name");
    return !name || (name->kind == JSON_TEXT && text_equal(name->text, coming->file->name)) ||
           fail_at(call, "name", "the name is not '%.*s', as the file or folder is called",
                   TEXT_FMT(coming->file->name));
}

static bool put_prompt(struct call *call, struct coming *coming)
{
    struct row known;
    struct json object;
    struct prompt_imported *item = coming->item;
    bool is_alone = coming->file->kind == PROMPT_FILE_ALONE;
    if (!check_name(call, coming) || !find_prompt(call, coming->file->name, &known) ||
        (known.id && !check_kind(call, coming, &known)))
        return false;
    const char *const without[] = { known.id ? "kind" : "name", NULL };
    if (!choose_keys(call, coming, is_alone ? &prompt_version_record : NULL, without, &object))
        return false;
    if (!known.id)
        add_key(&object, "name", text_json(coming->file->name));
    if (!is_alone)
        add_key(&object, "description", text_json(coming->document.body));
    if (!(known.id ? row_copy(call, &known, &coming->prompt)
                   : row_init(call, &prompt_record, &coming->prompt)) ||
        !row_read_json(call, &object, refs_resolve, known.id == 0, &coming->prompt) ||
        !(known.id ? ledger_update(call, &known, &coming->prompt)
                   : ledger_create(call, &coming->prompt)))
        return false;
    item->prompt = coming->prompt.id;
    item->result = known.id == 0                            ? "made"
                   : coming->prompt.version == known.version ? "unchanged"
                                                             : "changed";
    return true;
}

/* --- the version --- */

/* Author and time are no keys that people set anywhere else, so they are read here. */
static const char *const told[] = { "author", "made_at", NULL };

static bool take_author(struct call *call, const struct coming *coming, struct row *version)
{
    const struct json *author = json_get(&coming->document.keys, "author");
    rid person;
    if (!author || author->kind == JSON_NULL)
        return true;
    if (author->kind != JSON_TEXT)
        return fail_at(call, "author", "'author' must be a name, as a text");
    if (!refs_resolve(call, &prompt_version_record.field[PROMPT_VERSION_AUTHOR], author->text,
                      &person))
        return false;
    version->value[PROMPT_VERSION_AUTHOR] = value_ref(person);
    return true;
}

static bool take_made_at(struct call *call, const struct coming *coming, struct row *version)
{
    const struct json *made_at = json_get(&coming->document.keys, "made_at");
    const struct field *field = &prompt_version_record.field[PROMPT_VERSION_MADE_AT];
    struct value *value = &version->value[PROMPT_VERSION_MADE_AT];
    char words[STAMP_TEXT_SIZE];
    if (!made_at)
        return true;
    if (!value_read_json(call, field, made_at, refs_resolve, value))
        return false;
    if (value_is_null(*value) || value_as_int(*value) <= call->now)
        return true;
    stamp_write(value_as_int(*value), words);
    return fail_at(call, "made_at",
                   "'%s' is still to come: a version is made before it is brought in", words);
}

/* Where git keeps the history, a version says where it stood. */
static text source_of(struct call *call, const struct coming *coming,
                      const struct prompt_files *files)
{
    return files->commit[0] ? call_format(call, "%.*s at %s", TEXT_FMT(coming->file->path),
                                          files->commit)
                            : coming->file->path;
}

static bool read_version(struct call *call, const struct coming *coming,
                         const struct prompt_files *files, struct row *version)
{
    struct json object, messages;
    bool is_alone = coming->file->kind == PROMPT_FILE_ALONE,
         is_chat = text_is(value_as_text(coming->prompt.value[PROMPT_KIND]), "chat");
    if (!choose_keys(call, coming, is_alone ? &prompt_record : NULL, told, &object) ||
        (is_chat && !prompt_messages_read(call, coming->document.body, &messages)))
        return false;
    add_key(&object, is_chat ? "messages" : "text",
            is_chat ? messages : text_json(coming->document.body));
    if (is_alone && !json_get(&object, "message"))
        add_key(&object, "message", text_json(source_of(call, coming, files)));
    if (!row_init(call, &prompt_version_record, version) ||
        !row_read_json(call, &object, refs_resolve, true, version) ||
        !take_author(call, coming, version) || !take_made_at(call, coming, version))
        return false;
    version->value[PROMPT_VERSION_PROMPT] = value_ref(coming->prompt.id);
    if (coming->file->kind == PROMPT_FILE_VERSION)
        version->value[PROMPT_VERSION_NUMBER] = value_int(coming->file->number);
    if (files->commit[0])
        version->value[PROMPT_VERSION_SOURCE] = value_text(source_of(call, coming, files));
    return prompt_content_check(call, &coming->prompt, version);
}

/* The version that this one would be again: of its number, or the latest. id 0: there is none. */
static bool find_version(struct call *call, const struct coming *coming, struct row *known)
{
    struct query query;
    query_init(&query, &prompt_version_record);
    query.sort = PROMPT_VERSION_NUMBER;
    query.is_descending = true;
    bool is_asked =
        query_add(call, &query, PROMPT_VERSION_PROMPT, FILTER_IS, value_ref(coming->prompt.id)) &&
        (coming->file->kind == PROMPT_FILE_ALONE ||
         query_add(call, &query, PROMPT_VERSION_NUMBER, FILTER_IS,
                   value_int(coming->file->number)));
    if (!is_asked || !find_first(call, &query, known))
        known->id = 0;
    return call->fail.kind == FAIL_NONE;
}

/* Of a number that was dropped, or left out, and is behind the latest one. */
static bool check_number(struct call *call, const struct coming *coming, const struct row *version)
{
    return value_as_int(version->value[PROMPT_VERSION_NUMBER]) == coming->file->number ||
           fail(call, FAIL_CONFLICT,
                "the number %lld of '%.*s' is behind: numbers only go up, the next one is %lld",
                (long long)coming->file->number, TEXT_FMT(coming->file->name),
                (long long)value_as_int(version->value[PROMPT_VERSION_NUMBER]));
}

static bool put_version(struct call *call, struct coming *coming,
                        const struct prompt_files *files)
{
    struct row version, known;
    bool is_alone = coming->file->kind == PROMPT_FILE_ALONE;
    if (!read_version(call, coming, files, &version) || !find_version(call, coming, &known))
        return false;
    text hash = prompt_content_hash(call, &version);
    if (!hash.at)
        return false;
    bool is_same =
        known.id && text_equal(hash, value_as_text(known.value[PROMPT_VERSION_CONTENT_HASH]));
    if (known.id && !is_same && !is_alone)
        return fail(call, FAIL_CONFLICT,
                    "version %lld of '%.*s' says something else here, and a stored version does "
                    "not change: give the file a new number",
                    (long long)coming->file->number, TEXT_FMT(coming->file->name));
    coming->item->prompt = coming->prompt.id;
    coming->item->version = is_same ? known.id : 0;
    if (is_same) {
        coming->item->result = coming->item->result ? coming->item->result : "unchanged";
        return true;
    }
    coming->item->result = "made";
    if (!ledger_create(call, &version))
        return false;
    coming->item->version = version.id;
    return is_alone || check_number(call, coming, &version);
}

/* --- labels --- */

static bool note(struct call *call, struct prompt_import *import, text words)
{
    import->note =
        call_more(call, import->note, import->note_count, &import->note_room, sizeof(text));
    if (!import->note || !words.at)
        return false;
    import->note[import->note_count++] = words;
    return true;
}

static bool put_label(struct call *call, const struct row *prompt, text label, text number,
                      struct prompt_import *import)
{
    struct row version, known, deployment;
    struct risk risk;
    bool has;
    struct risk_ask ask = risk_ask_of(prompt, label, VALUE_NONE);
    if (!prompt_version_find(call, prompt->id, number, &version) ||
        !label_find(call, prompt->id, label, &has, &known) || !risk_of(call, &ask, &risk))
        return false;
    if (has && value_as_int(known.value[PROMPT_LABEL_VERSION]) == version.id)
        return true;
    if (risk.tier != TIER_SELF)
        return note(call, import,
                    call_format(call,
                                "'%.*s' of %.*s stays where it is: the files have it at version "
                                "%.*s, and moving it needs an approved change",
                                TEXT_FMT(label), TEXT_FMT(row_title(call, prompt)),
                                TEXT_FMT(number)));
    struct label_move move = { .prompt = prompt->id, .label = label, .kind = MOVE_DEPLOY,
                               .version = version.id };
    return label_move(call, &move, &deployment);
}

static bool put_labels(struct call *call, const struct prompt_file *file,
                       struct prompt_import *import)
{
    struct row prompt;
    struct json labels;
    if (!find_prompt(call, file->name, &prompt) || !yaml_read(call, file->bytes, &labels))
        return false;
    if (!prompt.id)
        return fail(call, FAIL_INVALID, "there is no prompt.md beside it");
    if (labels.kind != JSON_OBJECT && labels.kind != JSON_NULL)
        return fail(call, FAIL_INVALID, "line 1: labels are a list such as 'production: 3'");
    for (uint32_t i = 0; labels.kind == JSON_OBJECT && i < labels.count; i++) {
        const struct json_member *member = &labels.member[i];
        if (member->value.kind != JSON_INT)
            return fail(call, FAIL_INVALID, "'%.*s' must be the number of a version",
                        TEXT_FMT(text_until_character(member->key, 100)));
        text number = call_format(call, "%lld", (long long)member->value.integer);
        if (!number.at || !put_label(call, &prompt, member->key, number, import))
            return false;
    }
    return true;
}

/* --- all files --- */

static bool put_document(struct call *call, struct coming *coming,
                         const struct prompt_files *files)
{
    if (coming->file->kind != PROMPT_FILE_VERSION && !put_prompt(call, coming))
        return false;
    if (coming->file->kind == PROMPT_FILE_PROMPT)
        return true;
    if (coming->file->kind == PROMPT_FILE_VERSION) {
        if (!find_prompt(call, coming->file->name, &coming->prompt))
            return false;
        if (!coming->prompt.id)
            return fail(call, FAIL_INVALID, "there is no prompt.md beside it");
    }
    return put_version(call, coming, files);
}

static bool put_file(struct call *call, const struct prompt_file *file,
                     struct prompt_import *import)
{
    struct coming coming = { .file = file, .item = &import->item[import->count] };
    if (!prompt_document_read(call, file->path, file->bytes, &coming.document))
        return false;
    coming.item->path = file->path;
    import->count++;
    return put_document(call, &coming, import->files) ||
           prompt_document_about(call, &coming.document);
}

/* Labels move as they do at any door: what an import may bring in gives no right to serve it. */
static bool put_all(struct call *call, const struct prompt_files *files, enum door door,
                    struct prompt_import *import)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct prompt_file *file = &files->file[i];
        bool is_labels = file->kind == PROMPT_FILE_LABELS;
        call->door = is_labels ? door : DOOR_IMPORT;
        if (!(is_labels ? put_labels(call, file, import) ||
                              fail_about(call, text_until_character(file->path, 200))
                        : put_file(call, file, import)))
            return false;
    }
    return true;
}

bool prompt_import(struct call *call, const struct prompt_files *files,
                   struct prompt_import *import)
{
    enum door door = call->door;
    *import = (struct prompt_import){
        .files = files, .item = call_array(call, files->count + 1, sizeof *import->item)
    };
    call->door = DOOR_IMPORT;
    if (!import->item || !ledger_may_import(call) || !change_open(call, TEXT("import prompts")))
        return false;
    if (put_all(call, files, door, import))
        return change_commit(call);
    change_rollback(call);
    return false;
}

static void write_item(struct call *call, const struct prompt_imported *item,
                       struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "file", item->path);
    json_put_text(writer, "prompt", find_title(call, &prompt_record, item->prompt));
    json_put_text(writer, "version",
                  item->version ? find_title(call, &prompt_version_record, item->version)
                                : TEXT_NONE);
    json_put_string(writer, "result", item->result);
    json_object_end(writer);
}

bool prompt_import_write_json(struct call *call, const struct prompt_import *import,
                              struct json_writer *writer)
{
    json_object(writer);
    if (change_id(call))
        json_put_int(writer, "change", change_id(call));
    else
        json_put_null(writer, "change");
    json_put_text(writer, "commit",
                  import->files->commit[0] ? text_of(import->files->commit) : TEXT_NONE);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < import->count; i++)
        write_item(call, &import->item[i], writer);
    json_list_end(writer);
    json_key(writer, "notes");
    json_list(writer);
    for (size_t i = 0; i < import->note_count; i++)
        json_text(writer, import->note[i]);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
