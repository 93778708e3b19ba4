/*
 * libfyaml, loaded when YAML is read: hardly any command needs it.
 */
#ifndef RONDO_FYAML_LIBRARY_H
#define RONDO_FYAML_LIBRARY_H

#include <libfyaml.h>
#include <stdbool.h>

/* The functions that are used, by their names without the library's fy_. */
#define FYAML_FUNCTIONS(each)                                                                      \
    each(diag_cfg_default) each(diag_create) each(diag_destroy) each(diag_errors_iterate)          \
        each(diag_set_collect_errors) each(document_build_from_string) each(document_destroy)      \
            each(document_root) each(node_get_scalar_token) each(node_get_style)                   \
                each(node_get_type) each(node_mapping_iterate) each(node_pair_key)                 \
                    each(node_pair_value) each(node_sequence_iterate)                              \
                        each(token_iter_chunk_next) each(token_iter_create)                        \
                            each(token_iter_destroy) each(token_start_mark)

struct fyaml_functions {
#define FYAML_MEMBER(name) __typeof__(fy_##name) *name;
    FYAML_FUNCTIONS(FYAML_MEMBER)
#undef FYAML_MEMBER
};

/* NULL: this machine has none that fits. Any thread, any time. */
const struct fyaml_functions *fyaml_library(void);

#endif
