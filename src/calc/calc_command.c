/* See calc_command.h. The inputs come from standard input, or stand behind --json. */
#include "calc/calc_command.h"

#include "calc/calc.h"

#include <errno.h>

enum { INPUTS_BYTES_MAX = 64 * 1024 * 1024, READ_BYTES = 64 * 1024 };

static bool read_inputs(struct call *call, text *inputs)
{
    char piece[READ_BYTES];
    struct out all;
    size_t size;
    out_init(&all, call);
    while ((size = fread(piece, 1, sizeof piece, stdin)) > 0) {
        if (all.size + size > INPUTS_BYTES_MAX)
            return fail(call, FAIL_TOO_LARGE, "the inputs are larger than %d MiB",
                        INPUTS_BYTES_MAX / 1024 / 1024);
        out_text(&all, (text){ piece, size });
    }
    if (ferror(stdin))
        return fail(call, FAIL_STORE, "cannot read standard input: %s", strerror(errno));
    *inputs = out_view(&all);
    return inputs->at != NULL;
}

/* --- --list --- */

static void list_line(struct out *out, const struct calc_function *function)
{
    out_format(out, "%s  %s  ", function->name, function->kind);
    for (const struct calc_input *input = function->input; input->name; input++) {
        out_format(out, "%s%s %s", input == function->input ? "" : ", ", input->name,
                   calc_type_words(input));
        if (input->fallback)
            out_format(out, " = %s", input->fallback);
    }
    out_string(out, "  -> ");
    for (size_t i = 0; function->output[i]; i++)
        out_format(out, "%s%s", i ? ", " : "", function->output[i]);
    out_char(out, '\n');
}

static void list_object(struct json_writer *writer, const struct calc_function *function)
{
    json_object(writer);
    json_put_string(writer, "name", function->name);
    json_put_string(writer, "kind", function->kind);
    json_key(writer, "inputs");
    json_list(writer);
    for (const struct calc_input *input = function->input; input->name; input++) {
        json_object(writer);
        json_put_string(writer, "name", input->name);
        json_put_string(writer, "type", calc_type_words(input));
        if (input->fallback) {
            json_key(writer, "default");
            json_raw(writer, text_of(input->fallback));
        }
        json_object_end(writer);
    }
    json_list_end(writer);
    json_key(writer, "outputs");
    json_list(writer);
    for (size_t i = 0; function->output[i]; i++)
        json_string(writer, function->output[i]);
    json_list_end(writer);
    json_object_end(writer);
}

static void list_functions(struct invocation *invocation)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, false);
    if (invocation->as_json)
        json_list(&writer);
    for (size_t i = 0; calc_groups[i]; i++)
        for (const struct calc_function *function = calc_groups[i]; function->name; function++) {
            if (invocation->as_json)
                list_object(&writer, function);
            else
                list_line(invocation->out, function);
        }
    if (invocation->as_json) {
        json_list_end(&writer);
        out_char(invocation->out, '\n');
    }
}

/* --- the command --- */

static bool run_calc(struct call *call, struct invocation *invocation)
{
    if (option_flag(invocation, "list")) {
        if (invocation->argument_count)
            return fail(call, FAIL_USAGE, "--list names every function: it takes no argument");
        list_functions(invocation);
        return true;
    }
    if (invocation->argument_count == 0)
        return fail(call, FAIL_USAGE, "calc needs the name of a function: see 'rondo calc --list'");
    text name = invocation->argument[0], inputs;
    const struct calc_function *function = calc_find(name);
    if (!function)
        return fail(call, FAIL_USAGE, "there is no function '%.*s': see 'rondo calc --list'",
                    TEXT_FMT(name));
    if (invocation->argument_count == 2)
        inputs = invocation->argument[1];
    else if (!read_inputs(call, &inputs))
        return false;
    return calc_run(call, function, text_trim(inputs), invocation->out);
}

static const struct option calc_options[] = {
    { .name = "list", .kind = OPTION_FLAG, .help = "Name every function, its inputs and outputs." },
    { 0 },
};

const struct command calc_commands[] = {
    { .name = "calc",
      .arguments = "[NAME [--json INPUTS]]",
      .arguments_min = 0,
      .arguments_max = 2,
      .help = "Compute a number that Rondo shows, from inputs of your own.",
      .group = "Evals",
      .option = calc_options,
      .note = "The inputs are one JSON object, from standard input or behind --json; the result is "
              "one too: echo '{\"successes\":7,\"n\":10}' | rondo calc wilson",
      .run = run_calc,
      .flags = COMMAND_WITHOUT_STORE | COMMAND_WITHOUT_PERSON },
    { 0 },
};
