/*
 * The whole program with one room more: the test catalogue's records, a gadget with every kind of
 * field among them. The pages know no record by name; against this program it is seen whether they
 * keep to that. It only replaces the list of rooms: see src/app/rooms.c.
 */
#include "app/cli.h"
#include "app/rooms.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/metrics/metrics.h"
#include "support/test_catalog.h"

/* Its header has fields of the same names as the test catalogue's. */
extern const struct room people_room;

/* Without its persons and teams: the house has them. */
static const struct record *const records[] = {
    &gadget_record, &gizmo_record, &diary_record, &plan_item_record, NULL,
};

static const struct room every_kind_room = {
    .name = "every_kind", .label = "Every kind", .help = "Records with every kind of field.",
    .records = records,
};

const struct room *const rooms[] = {
    &evals_room, &actions_room, &metrics_room, &people_room, &every_kind_room, NULL,
};

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
