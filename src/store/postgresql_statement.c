/*
 * See postgresql_statement.h. A statement is prepared at the server when it is made, and once more
 * when the connection it was made on is gone.
 */
#include "store/postgresql_statement.h"

#include "store/postgresql_connection.h"
#include "store/postgresql_value.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 16, BINARY = 1 };

struct parameter {
    unsigned type;
    char number[POSTGRESQL_NUMBER_SIZE];
};

struct statement {
    struct connection *owner;
    char name[NAME_SIZE];
    unsigned life; /* of the connection that it is prepared on */
    char *words;   /* with $1 for ?1 */
    int parameter_count;
    struct parameter *parameter;
    const char **value; /* views: what is bound lives in the call */
    int *size, *format;
    bool is_refused; /* a value does not fit: it must not be stored as another */
    PGresult *answer;
    int row;
};

/* --- preparing --- */

/* "?1" becomes "$1", but not inside 'words' or "names". */
static void write_placeholders(char *words)
{
    char quote = '\0';
    for (char *at = words; *at; at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (*at == '?')
            *at = '$';
    }
}

static enum driver_result prepare_at_server(struct statement *statement)
{
    struct connection *owner = statement->owner;
    if (!owner->native)
        return DRIVER_LOST;
    PGresult *result =
        owner->library->prepare(owner->native, statement->name, statement->words, 0, NULL);
    enum driver_result done = postgresql_classify(owner, result);
    owner->library->clear(result);
    statement->life = owner->life;
    return done;
}

static bool make_parameters(struct statement *statement, int count)
{
    size_t room = (size_t)count + 1; /* never none */
    statement->parameter_count = count;
    statement->parameter = calloc(room, sizeof *statement->parameter);
    statement->value = calloc(room, sizeof *statement->value);
    statement->size = calloc(room, sizeof *statement->size);
    statement->format = calloc(room, sizeof *statement->format);
    for (int i = 0; statement->format && i < count; i++)
        statement->format[i] = BINARY;
    return statement->parameter && statement->value && statement->size && statement->format;
}

/* Asks of which types the server takes the values to be. */
static enum driver_result describe(struct statement *statement)
{
    struct connection *owner = statement->owner;
    const struct postgresql_library *library = owner->library;
    PGresult *result = library->describePrepared(owner->native, statement->name);
    enum driver_result done = postgresql_classify(owner, result);
    if (done == DRIVER_OK && !make_parameters(statement, library->nparams(result)))
        done = DRIVER_BROKEN;
    for (int i = 0; done == DRIVER_OK && i < statement->parameter_count; i++)
        statement->parameter[i].type = library->paramtype(result, i);
    library->clear(result);
    return done;
}

static void statement_free(struct statement *statement)
{
    if (statement->answer)
        statement->owner->library->clear(statement->answer);
    free(statement->words);
    free(statement->parameter);
    free(statement->value);
    free(statement->size);
    free(statement->format);
    free(statement);
}

enum driver_result postgresql_prepare(struct connection *connection, text words,
                                      struct statement **prepared)
{
    struct statement *statement = calloc(1, sizeof *statement);
    if (!statement)
        return DRIVER_BROKEN;
    statement->owner = connection;
    statement->words = strndup(words.at, words.size);
    snprintf(statement->name, NAME_SIZE, "s%u", ++connection->statement);
    enum driver_result done = DRIVER_BROKEN;
    if (statement->words) {
        write_placeholders(statement->words);
        done = prepare_at_server(statement);
    }
    if (done == DRIVER_OK)
        done = describe(statement);
    if (done == DRIVER_OK) {
        *prepared = statement;
        return DRIVER_OK;
    }
    postgresql_heal(connection);
    statement_free(statement);
    return done;
}

/* The server forgets it when the next transaction begins: a failed one takes no statement. */
static void outlive(struct statement *statement)
{
    struct connection *owner = statement->owner;
    size_t more = sizeof "DEALLOCATE ;" + NAME_SIZE;
    char *outlived = realloc(owner->outlived, owner->outlived_size + more);
    if (!outlived)
        return; /* kept there until the connection ends */
    owner->outlived = outlived;
    owner->outlived_size +=
        (size_t)snprintf(outlived + owner->outlived_size, more, "DEALLOCATE %s;", statement->name);
}

void postgresql_finish(struct statement *prepared)
{
    if (prepared->owner->native && prepared->life == prepared->owner->life)
        outlive(prepared);
    statement_free(prepared);
}

void postgresql_reset(struct statement *prepared)
{
    prepared->owner->library->clear(prepared->answer);
    prepared->answer = NULL;
    prepared->is_refused = false;
    memset(prepared->value, 0, (size_t)prepared->parameter_count * sizeof *prepared->value);
}

/* --- running --- */

static enum driver_result run(struct statement *statement)
{
    struct connection *owner = statement->owner;
    if (statement->is_refused)
        return DRIVER_INVALID;
    if (owner->native && statement->life != owner->life) {
        enum driver_result again = prepare_at_server(statement);
        if (again != DRIVER_OK)
            return again;
    }
    if (!owner->native || statement->life != owner->life)
        return DRIVER_LOST;
    statement->answer =
        owner->library->execPrepared(owner->native, statement->name, statement->parameter_count,
                                     statement->value, statement->size, statement->format, BINARY);
    statement->row = -1;
    return postgresql_classify(owner, statement->answer);
}

enum driver_result postgresql_step(struct statement *prepared)
{
    if (!prepared->answer) {
        enum driver_result done = run(prepared);
        if (done != DRIVER_OK) {
            postgresql_heal(prepared->owner);
            return done;
        }
    }
    return ++prepared->row < prepared->owner->library->ntuples(prepared->answer) ? DRIVER_ROW
                                                                                 : DRIVER_DONE;
}

/* --- values --- */

static void bind_bytes(struct statement *prepared, int at, const char *bytes, size_t size)
{
    assert(at >= 1 && at <= prepared->parameter_count);
    if (size > INT_MAX) {
        prepared->is_refused = true;
        return;
    }
    prepared->value[at - 1] = bytes;
    prepared->size[at - 1] = (int)size;
}

static void bind_number(struct statement *prepared, int at, int size)
{
    if (size == 0)
        prepared->is_refused = true;
    else
        bind_bytes(prepared, at, prepared->parameter[at - 1].number, (size_t)size);
}

void postgresql_bind_int(struct statement *prepared, int at, int64_t value)
{
    assert(at >= 1 && at <= prepared->parameter_count);
    struct parameter *parameter = &prepared->parameter[at - 1];
    bind_number(prepared, at, postgresql_write_int(parameter->type, value, parameter->number));
}

void postgresql_bind_real(struct statement *prepared, int at, double value)
{
    assert(at >= 1 && at <= prepared->parameter_count);
    struct parameter *parameter = &prepared->parameter[at - 1];
    bind_number(prepared, at, postgresql_write_real(parameter->type, value, parameter->number));
}

void postgresql_bind_text(struct statement *prepared, int at, text value)
{
    assert(at >= 1 && at <= prepared->parameter_count);
    if (postgresql_type_is_number(prepared->parameter[at - 1].type))
        prepared->is_refused = true;
    else
        bind_bytes(prepared, at, value.at, value.size);
}

void postgresql_bind_blob(struct statement *prepared, int at, text value)
{
    postgresql_bind_text(prepared, at, value);
}

void postgresql_bind_null(struct statement *prepared, int at)
{
    assert(at >= 1 && at <= prepared->parameter_count);
    prepared->value[at - 1] = NULL;
}

bool postgresql_column_is_null(struct statement *prepared, int column)
{
    return prepared->owner->library->getisnull(prepared->answer, prepared->row, column);
}

static text column_bytes(struct statement *prepared, int column)
{
    const struct postgresql_library *library = prepared->owner->library;
    if (postgresql_column_is_null(prepared, column))
        return TEXT_NONE;
    return (text){ library->getvalue(prepared->answer, prepared->row, column),
                   (size_t)library->getlength(prepared->answer, prepared->row, column) };
}

static unsigned column_type(const struct statement *prepared, int column)
{
    return prepared->owner->library->ftype(prepared->answer, column);
}

int64_t postgresql_column_int(struct statement *prepared, int column)
{
    return postgresql_read_int(column_type(prepared, column), column_bytes(prepared, column));
}

double postgresql_column_real(struct statement *prepared, int column)
{
    return postgresql_read_real(column_type(prepared, column), column_bytes(prepared, column));
}

text postgresql_column_text(struct statement *prepared, int column)
{
    assert(!postgresql_type_is_number(column_type(prepared, column)));
    return column_bytes(prepared, column);
}

text postgresql_column_blob(struct statement *prepared, int column)
{
    return postgresql_column_text(prepared, column);
}
