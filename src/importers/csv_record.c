/* See csv_record.h. A quote means something only where a cell begins; elsewhere it is a letter like
 * any other. */
#include "importers/csv_record.h"

enum csv_state csv_scan(text piece, char delimiter, enum csv_state state)
{
    if (state == CSV_CELL_START && !(piece.size && memchr(piece.at, '"', piece.size)))
        return CSV_BARE;
    for (size_t i = 0; i < piece.size; i++) {
        char c = piece.at[i];
        if (state == CSV_QUOTED)
            state = c == '"' ? CSV_QUOTE_ENDED : CSV_QUOTED;
        else if (c == '"' && state != CSV_BARE)
            state = CSV_QUOTED; /* at the start, or the second of two */
        else
            state = c == delimiter ? CSV_CELL_START : CSV_BARE;
    }
    return state;
}

static bool quoted_take(text *rest, char delimiter, struct csv_cell *cell)
{
    size_t at = 1;
    for (; at < rest->size; at++) {
        if (rest->at[at] != '"')
            continue;
        if (at + 1 < rest->size && rest->at[at + 1] == '"') {
            cell->has_doubled_quotes = true;
            at++;
            continue;
        }
        break;
    }
    if (at >= rest->size)
        return false;
    cell->inner = (text){ rest->at + 1, at - 1 };
    text behind = text_from(*rest, at + 1);
    if (behind.size && behind.at[0] != delimiter)
        return false;
    *rest = behind.size ? text_from(behind, 1) : TEXT_NONE;
    return true;
}

bool csv_cell_take(text *rest, char delimiter, struct csv_cell *cell)
{
    *cell = (struct csv_cell){ .has_doubled_quotes = false };
    if (text_starts(*rest, TEXT("\"")))
        return quoted_take(rest, delimiter, cell);
    cell->inner = text_cut(*rest, delimiter, rest);
    return true;
}

text csv_cell_text(struct call *call, const struct csv_cell *cell)
{
    if (!cell->has_doubled_quotes)
        return cell->inner;
    char *room = call_take(call, cell->inner.size);
    size_t size = 0;
    for (size_t i = 0; room && i < cell->inner.size; i++) {
        room[size++] = cell->inner.at[i];
        i += cell->inner.at[i] == '"'; /* the second of the two */
    }
    return room ? (text){ room, size } : TEXT_NONE;
}
