/* See terminal.h. */
#include "offers/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { TERMINAL_WIDTH_MAX = 1000 };

static const char *const paint_codes[PAINT_COUNT] = {
    [PAINT_NONE] = "",  [PAINT_BOLD] = "1",    [PAINT_DIM] = "2",   [PAINT_GREEN] = "32",
    [PAINT_RED] = "31", [PAINT_YELLOW] = "33", [PAINT_BLUE] = "34",
};

bool terminal_is(int descriptor)
{
    text kind = text_of(getenv("TERM"));
    return kind.size > 0 && !text_is(kind, "dumb") && isatty(descriptor) == 1;
}

/* A width that nobody has is no width: 0 from a serial line, nonsense from the environment. */
static bool is_width(int64_t width)
{
    return width > 0 && width <= TERMINAL_WIDTH_MAX;
}

int terminal_width(int descriptor)
{
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && is_width(size.ws_col))
        return size.ws_col;
    int64_t columns = 0;
    if (text_to_int(text_of(getenv("COLUMNS")), &columns) && is_width(columns))
        return (int)columns;
    return TERMINAL_WIDTH_DEFAULT;
}

struct terminal terminal_of(int descriptor, bool no_colour)
{
    bool is_terminal = terminal_is(descriptor);
    const char *refusal = getenv("NO_COLOR");
    return (struct terminal){
        .is_terminal = is_terminal,
        .has_colours = is_terminal && !no_colour && !(refusal && *refusal),
        .width = terminal_width(descriptor),
    };
}

void paint(struct out *out, const struct terminal *terminal, enum paint paint, text words)
{
    bool is_painted = terminal->has_colours && paint != PAINT_NONE && words.size > 0;
    if (is_painted)
        out_format(out, "\x1b[%sm", paint_codes[paint]);
    out_text(out, words);
    if (is_painted)
        out_string(out, "\x1b[0m");
}
