/* See ground.h. */
#include "store/ground.h"

static const struct column setting_columns[] = {
    { "name", COLUMN_TEXT, true }, { "value", COLUMN_TEXT, false }, { 0 },
};
static const struct table setting_table = {
    .name = "setting", .column = setting_columns, .key = { "name" },
};

/* What one call did, as a whole: the unit of undo. */
static const struct column change_columns[] = {
    { "id", COLUMN_INT, true },
    { "at", COLUMN_INT, true },
    { "actor", COLUMN_INT, true },
    { "door", COLUMN_TEXT, true },
    { "what", COLUMN_TEXT, true },
    { "undoes", COLUMN_INT, false },
    { 0 },
};
static const struct table change_table = {
    .name = "change", .column = change_columns, .key = { "id" },
};

/*
 * One row for every version that was ever written: `body` is the row as it was
 * before (null at creation), valid from `valid_from` until `valid_to`, when
 * `change` replaced it by version `version`.
 */
static const struct column history_columns[] = {
    { "record", COLUMN_TEXT, true },     { "row", COLUMN_INT, true },
    { "version", COLUMN_INT, true },     { "change", COLUMN_INT, true },
    { "valid_from", COLUMN_INT, true },  { "valid_to", COLUMN_INT, true },
    { "body", COLUMN_TEXT, false },      { 0 },
};
static const struct table history_table = {
    .name = "history", .column = history_columns, .key = { "record", "row", "version" },
    .index = { { .column = { "change" } } },
};

static const struct column tag_columns[] = {
    { "record", COLUMN_TEXT, true },  { "row", COLUMN_INT, true }, { "field", COLUMN_TEXT, true },
    { "position", COLUMN_INT, true }, { "tag", COLUMN_TEXT, true }, { 0 },
};
static const struct table tag_table = {
    .name = "tag", .column = tag_columns, .key = { "record", "row", "field", "position" },
    .index = { { .column = { "record", "field", "tag" } } },
};

/* Who may read a row of class named or private. */
static const struct column reader_columns[] = {
    { "record", COLUMN_TEXT, true },
    { "row", COLUMN_INT, true },
    { "person", COLUMN_INT, true },
    { 0 },
};
static const struct table reader_table = {
    .name = "reader", .column = reader_columns, .key = { "record", "row", "person" },
    .index = { { .column = { "record", "person", "row" } } },
};

/*
 * The words of live rows, for search: how often a row has the word, whether its title has it, and
 * the length of the part of the row that the word stands in: what every reader of the row reads
 * (person 0), or what only its author does.
 */
static const struct column word_columns[] = {
    { "record", COLUMN_TEXT, true },   { "row", COLUMN_INT, true },
    { "word", COLUMN_TEXT, true },     { "person", COLUMN_INT, true },
    { "count", COLUMN_INT, true },     { "length", COLUMN_INT, true },
    { "in_title", COLUMN_INT, false }, { 0 },
};
static const struct table word_table = {
    .name = "word",
    .column = word_columns,
    .key = { "record", "row", "word", "person" },
    /* else a store reads the index, which has all columns, where the key is the shorter way */
    .lies_by_key = true,
    /*
     * All of it: a common word is read from the index alone, where it is in a title before where it
     * is not, and the newest rows first.
     */
    .index = { { .column = { "record", "word", "in_title", "row", "person", "count", "length" },
                 .falling = 5 } },
};

const struct table *const ground_tables[] = {
    &setting_table, &change_table, &history_table, &tag_table, &reader_table, &word_table, NULL,
};
