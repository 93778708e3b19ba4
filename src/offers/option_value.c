/* See option_value.h. */
#include "offers/option_value.h"

#include "base/visible.h"

#include <math.h>

enum { SHOWN_MAX = 60 }; /* a sentence names the word, however long it is */

text option_value_shown(struct call *call, text word)
{
    return visible_text(call, text_until_character(word, SHOWN_MAX));
}

text option_limits(struct call *call, const struct option *option)
{
    if (!option_has_limits(option))
        return TEXT("");
    if (isinf(option->max))
        return call_format(call, "from %.15g up", option->min);
    if (isinf(option->min))
        return call_format(call, "up to %.15g", option->max);
    return call_format(call, "from %.15g to %.15g", option->min, option->max);
}

/* "a whole number from 1 to 520". */
static text wanted_number(struct call *call, const struct option *option)
{
    text limits = option_limits(call, option);
    return call_format(call, "%s%s%.*s", option->kind == OPTION_INT ? "a whole number" : "a number",
                       limits.size ? " " : "", TEXT_FMT(limits));
}

static bool fail_value(struct call *call, const struct option *option, text wanted, text value,
                       text see)
{
    text value_shown = option_value_shown(call, value);
    return fail(call, FAIL_USAGE, "option '--%s' takes %.*s, not '%.*s'%.*s", option->name,
                TEXT_FMT(wanted), TEXT_FMT(value_shown), TEXT_FMT(see));
}

static bool is_inside(const struct option *option, double value)
{
    return !option_has_limits(option) || (value >= option->min && value <= option->max);
}

static bool check_text(struct call *call, const struct option *option, text value, text see)
{
    return text_is_utf8(value) || fail_value(call, option, TEXT("text in UTF-8"), value, see);
}

static bool check_int(struct call *call, const struct option *option, text value, text see)
{
    int64_t number;
    if (text_to_int(value, &number) && is_inside(option, (double)number))
        return true;
    return fail_value(call, option, wanted_number(call, option), value, see);
}

static bool check_real(struct call *call, const struct option *option, text value, text see)
{
    double number;
    if (text_to_real(value, &number) && is_inside(option, number))
        return true;
    return fail_value(call, option, wanted_number(call, option), value, see);
}

static bool check_choice(struct call *call, const struct option *option, text value, text see)
{
    struct out out;
    out_init(&out, call);
    for (const char *const *choice = option->choices; *choice; choice++) {
        if (text_is(value, *choice))
            return true;
        out_format(&out, "%s%s", out.size ? ", " : "one of ", *choice);
    }
    return fail_value(call, option, out_view(&out), value, see);
}

static bool check_file(struct call *call, const struct option *option, text value, text see)
{
    return value.size > 0 || fail_value(call, option, TEXT("a name"), value, see);
}

static bool (*const value_checks[])(struct call *call, const struct option *option, text value,
                                    text see) = {
    [OPTION_FLAG] = NULL,       [OPTION_TEXT] = check_text,     [OPTION_INT] = check_int,
    [OPTION_REAL] = check_real, [OPTION_CHOICE] = check_choice, [OPTION_FILE] = check_file,
};

bool option_value_check(struct call *call, const struct option *option, text value, text see)
{
    return value_checks[option->kind](call, option, value, see);
}
