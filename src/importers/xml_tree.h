/*
 * XML into a tree, as strictly as strangers' files need it: no document types, no entities but the
 * five of XML itself, no network, at most 64 levels. Knows no format.
 */
#ifndef RONDO_XML_TREE_H
#define RONDO_XML_TREE_H

#include "base/call.h"

struct xml_attribute {
    text name, value;
};

struct xml_element {
    text name;  /* without a prefix */
    text words; /* of its text and CDATA, as far as the first long piece; TEXT_NONE: there are none
                 */
    int64_t line;
    const struct xml_attribute *attribute;
    uint32_t attribute_count;
    bool is_whole;                          /* its end was read */
    const struct xml_element *first, *next; /* its children; what stands behind it */
};

/*
 * The document in `bytes`, UTF-8 whatever it declares. A document that is cut is read up to there:
 * elements that are open then are not whole. Invalid, with `file` and the line: anything else that
 * is not well-formed, a document type, and what is no UTF-8.
 */
bool xml_tree_read(struct call *call, const char *file, text bytes, const struct xml_element **root,
                   bool *is_cut);

/* TEXT_NONE: there is no such attribute. */
text xml_tree_attribute(const struct xml_element *element, const char *name);

/* The first child of that name, or NULL. */
const struct xml_element *xml_tree_child(const struct xml_element *element, const char *name);

#endif
