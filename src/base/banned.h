/* Functions that have hurt every C programmer once. Included by text.h, hence by every file. */
#ifndef RONDO_BANNED_H
#define RONDO_BANNED_H

#ifndef __cplusplus
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets
#pragma GCC poison gmtime localtime ctime asctime mktime atoi atol atoll atof
#endif

#endif
