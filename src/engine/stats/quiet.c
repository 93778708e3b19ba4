/* See quiet.h. */
#include "engine/stats/quiet.h"

#include <gsl/gsl_errno.h>

void quiet_gsl(void)
{
    gsl_set_error_handler_off();
}
