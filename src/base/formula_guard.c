/* See formula_guard.h. */
#include "base/formula_guard.h"

static bool starts_formula(text cell)
{
    char first = cell.size ? cell.at[0] : '\0';
    return first == '=' || first == '+' || first == '-' || first == '@';
}

bool formula_guard_needed(text cell)
{
    return starts_formula(cell) || (cell.size && (cell.at[0] == '\t' || cell.at[0] == '\r'));
}

text formula_guard_strip(text cell)
{
    text rest = text_starts(cell, TEXT("'")) ? text_from(cell, 1) : cell;
    return starts_formula(rest) ? rest : cell;
}
