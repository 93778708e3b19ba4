/*
 * The floors of the bench: `bench-floor read FILE` reads the bytes of a file out of memory, as fast
 * as one thread can; `bench-floor insert FILE STORE` puts the lines of a CSV file without quotes
 * into one table of a new SQLite file, by one prepared INSERT in one durable transaction. Both
 * write the seconds they took to standard output. It knows nothing of Rondo.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 11, READ_TURNS = 5 };

struct bytes {
    char *at;
    size_t size;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool file_read(const char *path, struct bytes *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return false;
    bytes->size = (size_t)ftell(file);
    rewind(file);
    bytes->at = malloc(bytes->size + 1);
    bool is_read = bytes->at && fread(bytes->at, 1, bytes->size, file) == bytes->size;
    if (is_read)
        bytes->at[bytes->size] = '\0';
    fclose(file);
    return is_read;
}

static uint64_t sum_words(struct bytes bytes)
{
    const uint64_t *word = (const void *)bytes.at;
    uint64_t sum[4] = { 0 };
    for (size_t i = 0; i + 4 <= bytes.size / 8; i += 4)
        for (size_t j = 0; j < 4; j++)
            sum[j] += word[i + j];
    return sum[0] + sum[1] + sum[2] + sum[3];
}

/* The best of several turns: a floor is what the machine can do. */
static bool floor_read(struct bytes bytes)
{
    double best = 1e9;
    uint64_t sum = 0;
    for (int turn = 0; turn < READ_TURNS; turn++) {
        double begin = now_s();
        sum += sum_words(bytes);
        double took = now_s() - begin;
        best = took < best ? took : best;
    }
    fprintf(stderr, "sum %llx\n", (unsigned long long)sum);
    printf("%.6f\n", best);
    return true;
}

static bool insert_line(sqlite3_stmt *insert, const char *line, size_t size)
{
    const char *end = line + size;
    for (int column = 1; column <= COLUMNS; column++) {
        const char *comma = memchr(line, ',', (size_t)(end - line));
        const char *stop = comma ? comma : end;
        sqlite3_bind_text(insert, column, line, (int)(stop - line), SQLITE_STATIC);
        line = comma ? comma + 1 : end;
    }
    return sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
}

static bool insert_lines(sqlite3 *store, struct bytes bytes)
{
    sqlite3_stmt *insert = NULL;
    if (sqlite3_prepare_v2(store, "INSERT INTO result VALUES (?,?,?,?,?,?,?,?,?,?,?)", -1, &insert,
                           NULL) != SQLITE_OK)
        return false;
    bool is_in = true;
    const char *line = bytes.at, *end = bytes.at + bytes.size;
    while (is_in && line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        is_in = insert_line(insert, line, (size_t)(stop - line));
        line = stop + 1;
    }
    sqlite3_finalize(insert);
    return is_in;
}

static bool floor_insert(struct bytes bytes, const char *path)
{
    sqlite3 *store = NULL;
    double begin = now_s();
    bool is_in =
        sqlite3_open(path, &store) == SQLITE_OK &&
        sqlite3_exec(
            store,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE result"
            "(suite TEXT, surface TEXT, run TEXT, started_at TEXT, \"case\" TEXT, pass TEXT,"
            " score REAL, duration_s REAL, tokens_in INTEGER, tokens_out INTEGER,"
            " model TEXT); BEGIN",
            NULL, NULL, NULL) == SQLITE_OK &&
        insert_lines(store, bytes) && sqlite3_exec(store, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (!is_in)
        fprintf(stderr, "bench-floor: %s\n", sqlite3_errmsg(store));
    sqlite3_close(store);
    if (is_in)
        printf("%.6f\n", now_s() - begin);
    return is_in;
}

int main(int argc, char **argv)
{
    struct bytes bytes = { NULL, 0 };
    bool is_read = argc == 3 && strcmp(argv[1], "read") == 0;
    bool is_insert = argc == 4 && strcmp(argv[1], "insert") == 0;
    if (!is_read && !is_insert) {
        fputs("usage: bench-floor read FILE | insert FILE STORE\n", stderr);
        return 2;
    }
    if (!file_read(argv[2], &bytes)) {
        fprintf(stderr, "bench-floor: '%s' cannot be read\n", argv[2]);
        return 1;
    }
    bool is_done = is_read ? floor_read(bytes) : floor_insert(bytes, argv[3]);
    free(bytes.at);
    return is_done ? 0 : 1;
}
