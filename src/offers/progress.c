/* See progress.h. */
#include "offers/progress.h"

#include "base/visible.h"

enum {
    DRAW_EVERY_US = 100 * 1000,
    SECOND_US = 1000 * 1000,
    BAR_MIN = 10,
    BAR_MAX = 30,
    LINE_SIZE = 512,
    COUNT_SIZE = 32,
};

void progress_init(struct progress *progress, FILE *stream, const struct terminal *terminal,
                   int64_t (*ticks)(void))
{
    *progress = (struct progress){ .stream = stream, .terminal = *terminal, .ticks = ticks };
}

/* The part of `whole` that fits into a string of `size` bytes, made harmless, as a string. */
static void keep_visible(char *kept, size_t size, text whole)
{
    char room[VISIBLE_ROOM];
    size_t used = 0;
    int width;
    while (whole.size) {
        size_t more = visible_next(&whole, room, &width);
        if (used + more >= size)
            break;
        memcpy(kept + used, room, more);
        used += more;
    }
    kept[used] = '\0';
}

/* The first update of a piece of work only starts its clock, so that short work never draws. */
static void progress_begin(struct progress *progress, const char *visible, int64_t done,
                           int64_t now)
{
    snprintf(progress->what, sizeof progress->what, "%s", visible);
    progress->begun_ticks = now;
    progress->begun_done = done;
    progress->drawn_ticks = now;
    progress->has_begun = true;
}

/* "1,234,567": returns the length. */
static int write_count(char room[COUNT_SIZE], int64_t count)
{
    char digits[COUNT_SIZE];
    int size = snprintf(digits, sizeof digits, "%lld", (long long)count), used = 0;
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0 && digits[i - 1] != '-')
            room[used++] = ',';
        room[used++] = digits[i];
    }
    room[used] = '\0';
    return used;
}

static const char *unit_of(const char *what)
{
    const char *blank = strrchr(what, ' ');
    return blank ? blank + 1 : what;
}

/* "12,345 lines/s", or nothing before there is a rate. */
static double write_rate(const struct progress *progress, char *room, size_t size, int64_t done,
                         int64_t now)
{
    int64_t elapsed = now - progress->begun_ticks;
    double rate =
        elapsed > 0 ? (double)(done - progress->begun_done) * SECOND_US / (double)elapsed : 0;
    char count[COUNT_SIZE];
    room[0] = '\0';
    if (rate <= 0 || rate >= 1e15)
        return 0;
    write_count(count, (int64_t)(rate + 0.5));
    if (rate < 10)
        snprintf(count, sizeof count, "%.1f", rate);
    snprintf(room, size, "  %s %s/s", count, unit_of(progress->what));
    return rate;
}

/* "  2:05 left", "  1:02:05 left", or nothing. */
static void write_left(char *room, size_t size, int64_t remaining, double rate)
{
    room[0] = '\0';
    double exact = rate > 0 ? (double)remaining / rate : -1;
    if (exact < 0 || exact > 99 * 3600.0)
        return;
    int seconds = (int)(exact + 0.5);
    if (seconds < 3600)
        snprintf(room, size, "  %d:%02d left", seconds / 60, seconds % 60);
    else
        snprintf(room, size, "  %d:%02d:%02d left", seconds / 3600, seconds / 60 % 60,
                 seconds % 60);
}

/* "  [####------]" in what room there is, or nothing. */
static void write_bar(char *room, double share, int space)
{
    int width = space - 4 > BAR_MAX ? BAR_MAX : space - 4;
    room[0] = '\0';
    if (width < BAR_MIN)
        return;
    int full = (int)(share * width);
    memcpy(room, "  [", 3);
    memset(room + 3, '#', (size_t)full);
    memset(room + 3 + full, '-', (size_t)(width - full));
    memcpy(room + 3 + width, "]", 2);
}

static void write_line(const struct progress *progress, char line[LINE_SIZE], int64_t done,
                       int64_t total, int64_t now)
{
    char rate_words[COUNT_SIZE + PROGRESS_WHAT_SIZE + 8], left[COUNT_SIZE], count[COUNT_SIZE];
    char bar[BAR_MAX + 8], tail[LINE_SIZE / 2];
    double rate = write_rate(progress, rate_words, sizeof rate_words, done, now);
    if (total <= 0) {
        write_count(count, done);
        snprintf(line, LINE_SIZE, "%s  %s%s", progress->what, count, rate_words);
        return;
    }
    if (done > total)
        done = total;
    double share = done > 0 ? (double)done / (double)total : 0;
    write_left(left, sizeof left, total - done, rate);
    snprintf(tail, sizeof tail, "  %3d %%%s%s", (int)(share * 100), rate_words, left);
    write_bar(bar, share,
              progress->terminal.width - 1 - visible_width(text_of(progress->what)) -
                  visible_width(text_of(tail)));
    snprintf(line, LINE_SIZE, "%s%s%s", progress->what, bar, tail);
}

/* One column stays free: a full last column makes some terminals begin a new line. */
static void progress_draw(struct progress *progress, int64_t done, int64_t total, int64_t now)
{
    char line[LINE_SIZE];
    write_line(progress, line, done, total, now);
    text fitting = visible_until(text_of(line), progress->terminal.width - 1);
    fprintf(progress->stream, "\r%.*s\x1b[K", TEXT_FMT(fitting));
    fflush(progress->stream);
    progress->drawn_ticks = now;
    progress->is_drawn = true;
}

void progress_update(void *to, const char *what, int64_t done, int64_t total)
{
    struct progress *progress = to;
    char visible[PROGRESS_WHAT_SIZE];
    if (!progress->terminal.is_terminal)
        return;
    int64_t now = progress->ticks();
    keep_visible(visible, sizeof visible, text_of(what));
    if (!progress->has_begun || done < progress->last_done || strcmp(visible, progress->what) != 0)
        progress_begin(progress, visible, done, now);
    else if (now - progress->drawn_ticks >= DRAW_EVERY_US)
        progress_draw(progress, done, total, now);
    progress->last_done = done;
}

void progress_end(struct progress *progress)
{
    if (progress->is_drawn) {
        fputs("\r\x1b[K", progress->stream);
        fflush(progress->stream);
    }
    progress->is_drawn = false;
    progress->has_begun = false;
}
