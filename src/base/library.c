/* See library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const struct library_function *function, size_t count, void *to)
{
    void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; handle && i < count; i++) {
        void *address = dlsym(handle, function[i].symbol);
        if (!address)
            return false;
        /* C has no cast from an object's address to a function's; POSIX has their bytes alike. */
        memcpy((char *)to + function[i].place, &address, sizeof address);
    }
    return handle != NULL;
}
