/* See node.h. "BOOT SPACE PID START"; a machine that tells none of it gets a random name. */
#include "app/node.h"

#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum { WORD_SIZE = 64, STAT_SIZE = 1024, NAME_SIZE = 3 * WORD_SIZE, RANDOM_SIZE = 16 };

/* Where /proc/PID/stat says when the process began, counted from behind its name. */
enum { FIELDS_BEFORE_START = 20 };

static bool read_file(const char *path, char *room, size_t size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t got = read(file, room, size - 1);
    close(file);
    room[got > 0 ? got : 0] = '\0';
    return got > 0;
}

/* "BOOT SPACE ", equal for all processes whose numbers can be compared. */
static bool read_place(char room[NAME_SIZE])
{
    char boot[WORD_SIZE], space[WORD_SIZE];
    ssize_t size = readlink("/proc/self/ns/pid", space, sizeof space - 1);
    if (size <= 0 || !read_file("/proc/sys/kernel/random/boot_id", boot, sizeof boot))
        return false;
    space[size] = '\0';
    text name = text_trim(text_of(boot));
    snprintf(room, NAME_SIZE, "%.*s %s ", TEXT_FMT(name), space);
    return true;
}

/* "PID START"; false: there is no such process. */
static bool read_process(int64_t pid, char room[WORD_SIZE])
{
    char path[WORD_SIZE], stat[STAT_SIZE];
    text rest;
    snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
    if (!read_file(path, stat, sizeof stat))
        return false;
    char *name_end = strrchr(stat, ')');
    rest = text_of(name_end ? name_end + 1 : "");
    for (int i = 0; i < FIELDS_BEFORE_START && rest.at; i++)
        text_cut(rest, ' ', &rest);
    text start = text_cut(rest.at ? rest : TEXT(""), ' ', &rest);
    snprintf(room, WORD_SIZE, "%lld %.*s", (long long)pid, TEXT_FMT(start));
    return start.size > 0;
}

text node_name(struct call *call)
{
    char place[NAME_SIZE], process[WORD_SIZE];
    unsigned char random[RANDOM_SIZE];
    if (read_place(place) && read_process(getpid(), process))
        return call_format(call, "%s%s", place, process);
    random_bytes(random, sizeof random);
    uint64_t number = hash_quick((text){ (const char *)random, sizeof random }, 0);
    return call_format(call, "%016llx", (unsigned long long)number);
}

bool node_is_gone(text node)
{
    char place[NAME_SIZE], process[WORD_SIZE];
    int64_t pid;
    text rest;
    if (!read_place(place) || !text_starts(node, text_of(place)))
        return false;
    text own = text_from(node, strlen(place));
    if (!text_to_int(text_cut(own, ' ', &rest), &pid) || pid < 1)
        return false;
    if (kill((pid_t)pid, 0) != 0 && errno == ESRCH)
        return true;
    return read_process(pid, process) && !text_is(own, process);
}
