/* Room prompts: what the gate said, read back from its JSON and told to people and to CI. */
#ifndef RONDO_GATE_TOLD_H
#define RONDO_GATE_TOLD_H

#include "base/json.h"
#include "offers/command.h"

/*
 * From the JSON of gate_write_json, whoever computed it: this program or a
 * server. FAIL_BUSY when it is something else.
 */
bool gate_told_check(struct call *call, const struct json *told);

/* 0 pass, or blocked and waived; 1 blocked; 3 could not measure. */
enum exit_code gate_told_exit(const struct json *told);

void gate_told_terminal(const struct json *told, struct out *out);
void gate_told_markdown(const struct json *told, struct out *out); /* for a pull request */
void gate_told_junit(const struct json *told, struct out *out);

#endif
