/* See eval_head.h. */
#include "importers/eval_head.h"

text head_trim(text head)
{
    if (text_starts(head, TEXT("\xEF\xBB\xBF")))
        head = text_from(head, 3);
    if (head.size && memchr(head.at, '\0', head.size))
        return TEXT_NONE;
    return text_trim(head);
}

bool head_name_ends(const char *file_name, text ending)
{
    text name = text_of(file_name);
    if (text_ends(name, TEXT(".gz")))
        name = text_until(name, name.size - 3);
    return name.size >= ending.size &&
           text_same_word(text_from(name, name.size - ending.size), ending);
}

bool head_has_key(text head, text quoted)
{
    size_t at;
    while ((at = text_find(head, quoted)) != SIZE_MAX) {
        head = text_from(head, at + quoted.size);
        if (text_starts(text_trim(text_until(head, 64)), TEXT(":")))
            return true;
    }
    return false;
}

bool head_is_object_with(text head, const char *const *quoted)
{
    head = head_trim(head);
    if (!text_starts(head, TEXT("{")))
        return false;
    for (; *quoted; quoted++)
        if (!head_has_key(head, text_of(*quoted)))
            return false;
    return true;
}
