/* See thread.h. */
#include "base/thread.h"

size_t thread_others(cpu_set_t *others)
{
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof *others, others) != 0)
        return 0;
    CPU_CLR((size_t)here, others);
    return (size_t)CPU_COUNT(others);
}

bool thread_start_on(const cpu_set_t *processors, void *(*work)(void *of), void *of,
                     pthread_t *thread)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool is_started =
        pthread_attr_setaffinity_np(&attributes, sizeof *processors, processors) == 0 &&
        pthread_create(thread, &attributes, work, of) == 0;
    pthread_attr_destroy(&attributes);
    return is_started;
}
