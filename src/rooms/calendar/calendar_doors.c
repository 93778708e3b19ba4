/* Room calendar: the tables of what it offers. */
#include "rooms/calendar/calendar.h"
#include "rooms/calendar/calendar_file_doors.h"

static const struct command calendar_commands[] = {
    { .name = "calendar", .verb = "read", .arguments = "FILE", .arguments_min = 1,
      .arguments_max = 1, .group = "Every week",
      .help = "Show the events of an iCalendar file, and what is wrong with it.",
      .run = calendar_read_run, .flags = COMMAND_WITHOUT_STORE },
    { .name = "calendar", .verb = "expand", .arguments = "", .group = "Every week",
      .help = "List when a recurrence rule falls, in UTC.", .option = calendar_expand_options,
      .run = calendar_expand_run, .flags = COMMAND_WITHOUT_STORE },
    { 0 },
};

const struct room calendar_room = {
    .name = "calendar",
    .label = "Calendar",
    .help = "The rhythm in people's calendars, and their calendars beside it.",
    .commands = calendar_commands,
};
