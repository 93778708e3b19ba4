/* See silo_report.h. */
#include "rooms/knowledge/silo_report.h"

#include "rooms/knowledge/knowledge.h"
#include "store/find.h"

#include <stdlib.h>

/* Somebody wrote of a topic. */
struct writing {
    text topic, person;
};

struct silos {
    struct writing *writing; /* by topic, then name; each once */
    size_t count, room;
    struct rows ownerless;
    text *silent; /* teams */
    size_t silent_count;
};

static int compare_writings(const void *left, const void *right)
{
    const struct writing *a = left, *b = right;
    int by = text_compare(a->topic, b->topic);
    return by ? by : text_compare(a->person, b->person);
}

static bool add_topics(struct call *call, struct silos *silos, struct value topics, rid person)
{
    text name = person ? find_title(call, catalog_record(call->catalog, TEXT("person")), person)
                       : TEXT_NONE;
    for (uint32_t i = 0; name.at && i < topics.count; i++) {
        silos->writing = call_more(call, silos->writing, silos->count, &silos->room,
                                   sizeof *silos->writing);
        if (!silos->writing)
            return false;
        silos->writing[silos->count++] = (struct writing){ topics.texts[i], name };
    }
    return call->fail.kind == FAIL_NONE;
}

static void keep_each_once(struct silos *silos)
{
    size_t kept = 0;
    if (silos->count)
        qsort(silos->writing, silos->count, sizeof *silos->writing, compare_writings);
    for (size_t i = 0; i < silos->count; i++)
        if (kept == 0 || compare_writings(&silos->writing[i], &silos->writing[kept - 1]) != 0)
            silos->writing[kept++] = silos->writing[i];
    silos->count = kept;
}

/* Which of the teams nothing is of. */
static bool find_silent(struct call *call, const struct rows *pages, const struct rows *lessons,
                        struct silos *silos)
{
    struct query query;
    struct rows teams;
    query_init(&query, catalog_record(call->catalog, TEXT("team")));
    if (!find_rows(call, &query, &teams))
        return false;
    silos->silent = call_array(call, teams.count + 1, sizeof *silos->silent);
    for (size_t i = 0; silos->silent && i < teams.count; i++) {
        bool has_written = false;
        for (size_t k = 0; k < pages->count; k++)
            has_written |= value_as_int(pages->row[k].value[KNOWLEDGE_PAGE_TEAM]) ==
                           teams.row[i].id;
        for (size_t k = 0; k < lessons->count; k++)
            has_written |= value_as_int(lessons->row[k].value[LESSON_TEAM]) == teams.row[i].id;
        if (!has_written)
            silos->silent[silos->silent_count++] = row_title(call, &teams.row[i]);
    }
    return silos->silent != NULL;
}

static bool find_ownerless(struct call *call, struct rows *ownerless)
{
    struct query query;
    query_init(&query, &knowledge_page_record);
    return query_add(call, &query, KNOWLEDGE_PAGE_OWNER, FILTER_IS, VALUE_NONE) &&
           find_rows(call, &query, ownerless);
}

static bool read_silos(struct call *call, struct silos *silos)
{
    struct query query;
    struct rows pages, lessons;
    *silos = (struct silos){ .writing = NULL };
    query_init(&query, &knowledge_page_record);
    if (!find_rows(call, &query, &pages))
        return false;
    query_init(&query, &lesson_record);
    if (!find_rows(call, &query, &lessons))
        return false;
    for (size_t i = 0; i < pages.count; i++)
        if (!add_topics(call, silos, pages.row[i].value[KNOWLEDGE_PAGE_TOPICS],
                        value_as_int(pages.row[i].value[KNOWLEDGE_PAGE_OWNER])))
            return false;
    for (size_t i = 0; i < lessons.count; i++)
        if (!add_topics(call, silos, lessons.row[i].value[LESSON_TOPICS],
                        value_as_int(lessons.row[i].value[LESSON_AUTHOR])))
            return false;
    keep_each_once(silos);
    return find_ownerless(call, &silos->ownerless) &&
           find_silent(call, &pages, &lessons, silos);
}

/* Where the topic that begins at `first` ends. */
static size_t topic_end(const struct silos *silos, size_t first)
{
    size_t end = first;
    while (end < silos->count &&
           text_equal(silos->writing[end].topic, silos->writing[first].topic))
        end++;
    return end;
}

static text suggestion(struct call *call, const struct writing *alone)
{
    return call_format(call, "ask %.*s to show somebody else", TEXT_FMT(alone->person));
}

static void write_topic(struct call *call, const struct silos *silos, size_t first, size_t end,
                        struct json_writer *writer)
{
    bool is_alone = end - first == 1;
    json_object(writer);
    json_put_text(writer, "topic", silos->writing[first].topic);
    json_key(writer, "people");
    json_list(writer);
    for (size_t i = first; i < end; i++)
        json_text(writer, silos->writing[i].person);
    json_list_end(writer);
    json_put_bool(writer, "alone", is_alone);
    if (is_alone)
        json_put_text(writer, "suggestion", suggestion(call, &silos->writing[first]));
    else
        json_put_null(writer, "suggestion");
    json_object_end(writer);
}

bool silo_report_write_json(struct call *call, struct json_writer *writer)
{
    struct silos silos;
    if (!read_silos(call, &silos))
        return false;
    json_object(writer);
    json_key(writer, "topics");
    json_list(writer);
    for (size_t first = 0, end; first < silos.count; first = end) {
        end = topic_end(&silos, first);
        write_topic(call, &silos, first, end, writer);
    }
    json_list_end(writer);
    json_key(writer, "pages_without_owner");
    json_list(writer);
    for (size_t i = 0; i < silos.ownerless.count; i++) {
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &knowledge_page_record,
                                                  silos.ownerless.row[i].id));
        json_put_text(writer, "title", row_title(call, &silos.ownerless.row[i]));
        json_object_end(writer);
    }
    json_list_end(writer);
    json_key(writer, "silent_teams");
    json_list(writer);
    for (size_t i = 0; i < silos.silent_count; i++)
        json_text(writer, silos.silent[i]);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool silo_report_write_words(struct call *call, struct out *out)
{
    struct silos silos;
    if (!read_silos(call, &silos))
        return false;
    for (size_t first = 0, end; first < silos.count; first = end) {
        end = topic_end(&silos, first);
        out_format(out, "%.*s: ", TEXT_FMT(silos.writing[first].topic));
        for (size_t i = first; i < end; i++)
            out_format(out, "%s%.*s", i > first ? ", " : "", TEXT_FMT(silos.writing[i].person));
        if (end - first == 1)
            out_format(out, " alone; %.*s",
                       TEXT_FMT(suggestion(call, &silos.writing[first])));
        out_char(out, '\n');
    }
    for (size_t i = 0; i < silos.ownerless.count; i++)
        out_format(out, "%.*s %.*s has no owner\n",
                   TEXT_FMT(row_public_id(call, &knowledge_page_record,
                                          silos.ownerless.row[i].id)),
                   TEXT_FMT(row_title(call, &silos.ownerless.row[i])));
    for (size_t i = 0; i < silos.silent_count; i++)
        out_format(out, "%.*s has written no page and no lesson yet\n",
                   TEXT_FMT(silos.silent[i]));
    if (out->size == 0)
        out_string(out, "There is no page and no lesson yet: 'rondo knowledge-page from INC-1' "
                        "makes one.\n");
    return !out->failed;
}
