/*
 * Records of an archive for people and their tools: one CSV file each, guarded against formulas,
 * and one Markdown file a row, with front matter. Nobody reads them back.
 */
#ifndef RONDO_ARCHIVE_PAGES_H
#define RONDO_ARCHIVE_PAGES_H

#include "catalog/row.h"
#include "offers/archive.h"

bool archive_csv(struct archive_writer *writer, const struct record *record);
bool archive_markdown(struct archive_writer *writer, const struct record *record);

#endif
