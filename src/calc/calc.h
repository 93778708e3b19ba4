/*
 * `rondo calc NAME`: every number and rule that Rondo shows, as a function that anybody can call
 * with numbers of their own. A function is a row: its inputs with their types, its outputs, and
 * what it runs, which is the same code that the rooms run. The walk over the rows reads and checks
 * the inputs, so that a function sees only what its row allows. Pure: no clock, no store, no
 * environment.
 */
#ifndef RONDO_CALC_H
#define RONDO_CALC_H

#include "base/json.h"
#include "base/json_write.h"

/* What an input may be; what each type is called and refuses stands in calc_read.c. */
enum calc_type {
    CALC_NUMBER,
    CALC_AMOUNT,      /* 0 or more */
    CALC_POSITIVE,    /* above 0 */
    CALC_COUNT,       /* a whole number, 0 or more */
    CALC_PROBABILITY, /* 0 to 1 */
    CALC_SHARE,       /* strictly between 0 and 1 */
    CALC_BOOL,
    CALC_TEXT,
    CALC_CHOICE, /* one of the input's `choices` */
    CALC_LABEL,  /* a number or a text */
    CALC_NUMBERS,
    CALC_AMOUNTS,
    CALC_COUNTS,
    CALC_PROBABILITIES,
    CALC_TEXTS,
    CALC_LABELS,
    CALC_OBJECT,  /* with the input's `members`; without: any object */
    CALC_OBJECTS, /* a list of such */
    CALC_ANY,     /* the function checks it itself */
    CALC_TYPES,
};

struct calc_input {
    const char *name; /* NULL ends the table */
    enum calc_type type;
    const char *fallback;   /* JSON; NULL: it must be given; "null": it may be missing */
    const char *pairs_with; /* the earlier list that has as many items, or NULL */
    const char *within;     /* the input, list beside list too, that it may not exceed, or NULL */
    const struct calc_input *members;
    const char *const *choices; /* zero-ended */
    bool takes_null;   /* null, also in a list's place, is a value with a meaning of its own */
    const char *words; /* what --list says of the type where the type's own is too little */
};

/* A row of such a table: CALC_INPUT("n", CALC_COUNT, .fallback = "1"). */
#define CALC_INPUT(input_name, input_type, ...)                                                    \
    {                                                                                              \
        .name = input_name, .type = input_type, __VA_ARGS__                                        \
    }

enum { CALC_INPUTS_MAX = 24, CALC_OUTPUTS_MAX = 24 };

/* An object's inputs, each as given or as its fallback says. */
struct calc_values {
    const struct calc_input *input;
    const struct json *value[CALC_INPUTS_MAX];
    text where; /* "suspects[2].", before the names in sentences */
};

struct calc_function {
    const char *name; /* NULL ends the table */
    const char *kind; /* "method", or "format" for a reading or writing rule */
    const char *help; /* what it is, without a full stop */
    const struct calc_input *input;
    const char *output[CALC_OUTPUTS_MAX + 1]; /* zero-ended; { "value" } for a single result */
    /* Writes the members of the result in the order of `output`; the braces are the walk's. */
    bool (*run)(struct call *call, const struct calc_values *in, struct json_writer *out);
};

/* Where a group's functions stand in several files: each file's are declared by
 * CALC_DECLARE(planning, velocity), and CALC_ROW(planning, velocity, "what it is", outputs...) is
 * the row of the group's table. */
#define CALC_DECLARE(group, name)                                                                  \
    extern const struct calc_input calc_##group##_##name##_inputs[];                               \
    bool calc_##group##_##name(struct call *call, const struct calc_values *in,                    \
                               struct json_writer *out)
#define CALC_ROW(group, name, help, ...)                                                           \
    {                                                                                              \
#name, "method", help, calc_##group##_##name##_inputs,                                     \
            { __VA_ARGS__ }, calc_##group##_##name                                                 \
    }

/* --- for functions: what was given, by name; a name that the row lacks is our own mistake --- */

const struct json *calc_json(const struct calc_values *in, const char *name);
bool calc_given(const struct calc_values *in, const char *name);  /* not null */
double calc_real(const struct calc_values *in, const char *name); /* NAN for null */
int64_t calc_count(const struct calc_values *in, const char *name);
bool calc_bool(const struct calc_values *in, const char *name);
text calc_text(const struct calc_values *in, const char *name);   /* TEXT_NONE for null */
size_t calc_size(const struct calc_values *in, const char *name); /* items of a list */

/* Which of the choices, from 0. */
int calc_choice(const struct calc_values *in, const char *name);

/* A list's numbers or counts; NAN for null items. NULL: the call has failed. */
double *calc_reals(struct call *call, const struct calc_values *in, const char *name);
int64_t *calc_counts(struct call *call, const struct calc_values *in, const char *name);

/*
 * Labels as numbers from 0, equal labels alike, in the order in which they first stand in `known`,
 * which starts empty and may go on from one list to the next; 1 and "1" are not equal.
 */
struct calc_labels {
    const struct json **label;
    uint32_t count;
    size_t room;
};
uint32_t *calc_label_numbers(struct call *call, const struct calc_values *in, const char *name,
                             struct calc_labels *known);

/* The members of an object, or of item i of a list of objects. */
bool calc_object(struct call *call, const struct calc_values *in, const char *name,
                 struct calc_values *members);
bool calc_item(struct call *call, const struct calc_values *in, const char *name, size_t i,
               struct calc_values *members);

/* Refuses the input: "'NAME' ..." with a sentence that goes on from the name. Always false. */
bool calc_refuse(struct call *call, const struct calc_values *in, const char *name,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What is not known, or not finite, is null. */
void calc_put_real(struct json_writer *out, const char *key, bool is_known, double value);
void calc_put_reals(struct json_writer *out, const char *key, const double *value, size_t count);
void calc_put_counts(struct json_writer *out, const char *key, const int64_t *value, size_t count);

/* --- for the command and the tests --- */

/* Reads and checks an object of these inputs; fails with "invalid", naming the field. */
bool calc_read(struct call *call, const struct calc_input *input, const struct json *object,
               text where, struct calc_values *values);

/* The word of the type in --list: "number", "list of numbers". */
const char *calc_type_words(const struct calc_input *input);

/* The groups, each a table ended by one without a name. */
extern const struct calc_function calc_eval_functions[];
extern const struct calc_function calc_drift_functions[];
extern const struct calc_function calc_experiment_functions[];
extern const struct calc_function calc_triage_functions[];
extern const struct calc_function calc_slo_functions[];
extern const struct calc_function calc_operations_functions[];
extern const struct calc_function calc_planning_functions[];
extern const struct calc_function calc_format_functions[];

/* All of them, ended by NULL. */
extern const struct calc_function *const calc_groups[];

/* NULL when there is none of that name. */
const struct calc_function *calc_find(text name);

/* Reads `inputs` as JSON, runs the function and writes its result with a newline. */
bool calc_run(struct call *call, const struct calc_function *function, text inputs,
              struct out *out);

#endif
