/*
 * See xml_tree.h. libxml2 pulls one node after the other; a document type is refused before it is
 * given the bytes, so that nothing it declares is ever looked at.
 */
#include "importers/xml_tree.h"

#include <libxml/xmlreader.h>

enum { DEPTH_MAX = 64, WORDS_SIZE = 200, WORDS_ENOUGH = 64 * 1024 };

/* One document on its way. */
struct reading {
    struct call *call;
    const char *file;
    xmlTextReaderPtr reader;
    struct xml_element *open[DEPTH_MAX];        /* those whose end is still to come */
    const struct xml_element **tail[DEPTH_MAX]; /* where the next child of each is hung up */
    int depth;
    struct xml_element *root;
    bool has_error;
    int error_line;
    char error[WORDS_SIZE];
};

/* ---- before libxml2 ---- */

static bool skip_past(text *rest, text start, text end)
{
    size_t at = text_starts(*rest, start) ? text_find(*rest, end) : SIZE_MAX;
    if (at == SIZE_MAX)
        return false;
    *rest = text_from(*rest, at + end.size);
    return true;
}

/* A document type stands before the root, among comments and instructions. */
static bool has_document_type(text bytes)
{
    text rest = text_trim(bytes);
    while (skip_past(&rest, TEXT("<?"), TEXT("?>")) || skip_past(&rest, TEXT("<!--"), TEXT("-->")))
        rest = text_trim(rest);
    return text_starts(rest, TEXT("<!"));
}

static bool bytes_check(struct call *call, const char *file, text bytes)
{
    if (!text_is_utf8(bytes))
        return fail(call, FAIL_INVALID,
                    "'%s' is not UTF-8: name its encoding with --encoding, or write it as UTF-8",
                    file);
    if (has_document_type(bytes))
        return fail(call, FAIL_INVALID,
                    "'%s' has a document type (<!DOCTYPE): remove it, declarations and entities "
                    "are not read",
                    file);
    return bytes.size <= INT32_MAX ||
           fail(call, FAIL_INVALID, "'%s' is larger than 2 GiB: split it", file);
}

/* ---- nodes ---- */

static text copy_of(struct call *call, const xmlChar *string)
{
    return string ? call_text(call, text_of((const char *)string)) : TEXT_NONE;
}

static bool attributes_take(struct reading *reading, struct xml_element *element)
{
    int count = xmlTextReaderAttributeCount(reading->reader);
    if (count <= 0)
        return true;
    struct xml_attribute *attribute = call_array(reading->call, (size_t)count, sizeof *attribute);
    if (!attribute)
        return false;
    while (element->attribute_count < (uint32_t)count &&
           xmlTextReaderMoveToNextAttribute(reading->reader) == 1) {
        struct xml_attribute *into = &attribute[element->attribute_count++];
        into->name = copy_of(reading->call, xmlTextReaderConstLocalName(reading->reader));
        into->value = copy_of(reading->call, xmlTextReaderConstValue(reading->reader));
    }
    element->attribute = attribute;
    xmlTextReaderMoveToElement(reading->reader);
    return reading->call->fail.kind == FAIL_NONE;
}

static bool element_open(struct reading *reading)
{
    struct call *call = reading->call;
    struct xml_element *element = call_new(call, struct xml_element);
    if (!element)
        return false;
    *element = (struct xml_element){
        .name = copy_of(call, xmlTextReaderConstLocalName(reading->reader)),
        .line = xmlTextReaderGetParserLineNumber(reading->reader),
    };
    bool is_empty = xmlTextReaderIsEmptyElement(reading->reader);
    if (!attributes_take(reading, element))
        return false;
    if (reading->depth == DEPTH_MAX)
        return fail(call, FAIL_INVALID,
                    "line %lld of '%s' is more than %d elements deep: flatten it",
                    (long long)element->line, reading->file, DEPTH_MAX);
    if (reading->depth) {
        *reading->tail[reading->depth - 1] = element;
        reading->tail[reading->depth - 1] = &element->next;
    } else {
        reading->root = element;
    }
    element->is_whole = is_empty;
    if (!is_empty) {
        reading->open[reading->depth] = element;
        reading->tail[reading->depth++] = &element->first;
    }
    return true;
}

static bool words_add(struct reading *reading)
{
    if (reading->depth == 0)
        return true;
    struct xml_element *element = reading->open[reading->depth - 1];
    if (element->words.size > WORDS_ENOUGH)
        return true;
    text more = text_of((const char *)xmlTextReaderConstValue(reading->reader));
    element->words = element->words.at ? call_format(reading->call, "%.*s%.*s",
                                                     TEXT_FMT(element->words), TEXT_FMT(more))
                                       : call_text(reading->call, more);
    return element->words.at != NULL;
}

static bool node_take(struct reading *reading)
{
    switch (xmlTextReaderNodeType(reading->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return element_open(reading);
    case XML_READER_TYPE_END_ELEMENT:
        if (reading->depth)
            reading->open[--reading->depth]->is_whole = true;
        return true;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
        return words_add(reading);
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return fail(reading->call, FAIL_INVALID,
                    "line %d of '%s' has a document type or an entity of its own: remove it",
                    xmlTextReaderGetParserLineNumber(reading->reader), reading->file);
    default:
        return true;
    }
}

/* ---- the document ---- */

/* The first one is the cause of the others. */
static void error_take(void *to, const xmlError *error)
{
    struct reading *reading = to;
    if (reading->has_error || error->level < XML_ERR_ERROR)
        return;
    text words = text_trim(text_of(error->message));
    reading->has_error = true;
    reading->error_line = error->line;
    snprintf(reading->error, sizeof reading->error, "%.*s",
             (int)text_until_character(words, WORDS_SIZE - 1).size, words.at ? words.at : "");
}

static void error_pull(void *to, xmlErrorPtr error)
{
    error_take(to, error);
}

/* A document that is whole ends in the end of its root. */
static bool ends_early(const struct reading *reading, text bytes)
{
    text end = text_trim(bytes);
    if (!reading->root || reading->root->is_whole)
        return false;
    if (!text_ends(end, TEXT(">")))
        return true;
    end = text_trim(text_until(end, end.size - 1));
    return !text_ends(end, reading->root->name);
}

static bool nodes_take(struct reading *reading, text bytes, bool *is_cut)
{
    int step;
    while ((step = xmlTextReaderRead(reading->reader)) == 1)
        if (!node_take(reading))
            return false;
    *is_cut = false;
    if (step == 0 && reading->root && !reading->has_error)
        return true;
    *is_cut = ends_early(reading, bytes);
    return *is_cut ||
           fail(reading->call, FAIL_INVALID, "line %d of '%s' is not XML: %s: export it again",
                reading->error_line, reading->file,
                reading->has_error ? reading->error : "there is no element");
}

bool xml_tree_read(struct call *call, const char *file, text bytes, const struct xml_element **root,
                   bool *is_cut)
{
    struct reading reading = { .call = call, .file = file };
    *root = NULL;
    bytes = text_trim(bytes);
    if (!bytes_check(call, file, bytes))
        return false;
    /* The bytes are UTF-8 by now, whatever the document says that they were. */
    const int options =
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
    reading.reader = xmlReaderForMemory(bytes.at, (int)bytes.size, NULL, "UTF-8", options);
    if (!reading.reader)
        return fail(call, FAIL_TOO_LARGE, "there is no memory for reading '%s': split it", file);
    xmlTextReaderSetStructuredErrorHandler(reading.reader, error_pull, &reading);
    bool is_read = nodes_take(&reading, bytes, is_cut);
    xmlFreeTextReader(reading.reader);
    *root = reading.root;
    return is_read;
}

text xml_tree_attribute(const struct xml_element *element, const char *name)
{
    for (uint32_t i = 0; i < element->attribute_count; i++)
        if (text_is(element->attribute[i].name, name))
            return element->attribute[i].value;
    return TEXT_NONE;
}

const struct xml_element *xml_tree_child(const struct xml_element *element, const char *name)
{
    const struct xml_element *child = element->first;
    while (child && !text_is(child->name, name))
        child = child->next;
    return child;
}
