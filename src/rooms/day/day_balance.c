/* See day_balance.h. */
#include "rooms/day/day_balance.h"

#include "rooms/day/day.h"
#include "store/find.h"

/* The field that says whose the row is; -1: none. */
static int field_of_person(const struct record *record)
{
    static const char *const names[] = { "owner", "author", "decision_owner", "person" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int field = record_field(record, text_of(names[i]));
        if (field >= 0 && record->field[field].kind == FIELD_REF &&
            text_is(text_of(record->field[field].refers), "person"))
            return field;
    }
    return -1;
}

/* What the program makes, what comes by the thousand and what owners set up is no day's work. */
static bool is_work(const struct record *record)
{
    return !record->is_bulk && !record->made_by_program && record->writers != ROLE_OWNER;
}

struct period {
    stamp from, until;
};

static void count_row(const struct row *row, struct period period, struct day_share *share)
{
    if (row->created < period.from || row->created >= period.until)
        return;
    share->unsorted += row->dimensions == 0;
    for (int i = 0; i < DIMENSIONS; i++)
        share->count[i] += row->dimensions >> i & 1;
}

/* Rows of the person, of which nothing is read but when they were made and their dimensions. */
static bool query_of(struct call *call, const struct record *record, int field, rid person,
                     struct query *query)
{
    query_init(query, record);
    query->sort = FIND_CREATED;
    query->is_descending = true;
    query->left_out = record->readable ? 0 : UINT64_MAX;
    return query_add(call, query, field, FILTER_IS, value_ref(person));
}

static bool count_record(struct call *call, const struct record *record, int field,
                         struct period week, struct period day, struct day_balance *balance)
{
    struct query query;
    struct rows rows;
    stamp from = day.from < week.from ? day.from : week.from;
    if (!query_of(call, record, field, balance->person, &query) ||
        !query_add(call, &query, FIND_CREATED, FILTER_AT_LEAST, value_stamp(from)) ||
        !query_add(call, &query, FIND_CREATED, FILTER_LESS, value_stamp(week.until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        count_row(&rows.row[i], week, &balance->of_week);
        count_row(&rows.row[i], day, &balance->of_day);
    }
    return true;
}

/* Of these dimensions, when the one that is longest without a row had its last. */
static stamp oldest_of(const struct day_balance *balance, unsigned dimensions)
{
    stamp oldest = INT64_MAX;
    for (int bit = 0; bit < DIMENSIONS; bit++)
        if ((dimensions >> bit & 1) && balance->last[bit] < oldest)
            oldest = balance->last[bit];
    return oldest;
}

/* From row to row, each the newest that tells something of a dimension that none has told of. */
static bool find_last(struct call *call, const struct record *record, int field,
                      struct day_balance *balance)
{
    for (unsigned sought = DIMENSION_ALL; sought;) {
        struct query query;
        struct row row;
        if (!query_of(call, record, field, balance->person, &query) ||
            !query_add(call, &query, FIND_DIMENSIONS, FILTER_HAS, value_int(sought)) ||
            !query_add(call, &query, FIND_CREATED, FILTER_MORE,
                       value_stamp(oldest_of(balance, sought))) ||
            !find_first(call, &query, &row))
            return call->fail.kind == FAIL_NONE;
        for (int bit = 0; bit < DIMENSIONS; bit++)
            if ((row.dimensions >> bit & 1) && row.created > balance->last[bit])
                balance->last[bit] = row.created;
        sought &= ~row.dimensions;
    }
    return true;
}

static bool read_record(struct call *call, const struct record *record, struct period week,
                        struct period day, struct day_balance *balance)
{
    int field = field_of_person(record);
    return field < 0 || !is_work(record) ||
           (count_record(call, record, field, week, day, balance) &&
            find_last(call, record, field, balance));
}

bool day_balance_read(struct call *call, rid person, const iso_week *week, int64_t days,
                      struct day_balance *balance)
{
    struct period of_week, of_day;
    int64_t today;
    text zone;
    *balance = (struct day_balance){ .person = person, .days = days };
    if (!day_today(call, person, &today, &zone) ||
        !week_of_stamp(call, zone, call->now, &balance->week))
        return false;
    if (week)
        balance->week = *week;
    int64_t monday = week_monday_days(balance->week), sunday = monday + 6;
    balance->day = today < sunday ? today : sunday;
    if (!day_begin(call, zone, monday, &of_week.from) ||
        !day_begin(call, zone, monday + 7, &of_week.until) ||
        !day_begin(call, zone, balance->day, &of_day.from) ||
        !day_begin(call, zone, balance->day + 1, &of_day.until))
        return false;
    for (size_t i = 0; i < call->catalog->record_count; i++)
        if (!read_record(call, call->catalog->record[i], of_week, of_day, balance))
            return false;
    return true;
}

/* --- telling it --- */

static void put_share(const struct day_share *share, const char *key, struct json_writer *writer)
{
    struct dimensions_balance balance = dimensions_balance(share->count);
    json_key(writer, key);
    json_object(writer);
    json_key(writer, "counts");
    json_object(writer);
    for (int i = 0; i < DIMENSIONS; i++)
        json_put_int(writer, dimension_facts[i].word, (int64_t)share->count[i]);
    json_object_end(writer);
    json_key(writer, "shares");
    if (!balance.is_known) {
        json_null(writer);
    } else {
        json_object(writer);
        for (int i = 0; i < DIMENSIONS; i++)
            json_put_real(writer, dimension_facts[i].word, balance.share[i]);
        json_object_end(writer);
    }
    json_key(writer, "technical");
    balance.is_known ? json_real(writer, balance.technical) : json_null(writer);
    json_key(writer, "operational");
    balance.is_known ? json_real(writer, balance.operational) : json_null(writer);
    json_put_int(writer, "unsorted", share->unsorted);
    json_key(writer, "missing");
    json_list(writer);
    for (int i = 0; i < DIMENSIONS; i++)
        if (share->count[i] == 0)
            json_string(writer, dimension_facts[i].word);
    json_list_end(writer);
    json_object_end(writer);
}

/* Days without a row of the dimension: -1 when there never was one. */
static int64_t days_without(const struct call *call, const struct day_balance *balance, int bit)
{
    return balance->last[bit] ? (call->now - balance->last[bit]) / STAMP_DAY : -1;
}

static bool is_neglected(const struct call *call, const struct day_balance *balance, int bit)
{
    int64_t days = days_without(call, balance, bit);
    return days < 0 || days >= balance->days;
}

bool day_balance_write_json(struct call *call, const struct day_balance *balance,
                            struct json_writer *writer)
{
    char week[WEEK_TEXT_SIZE], day[DATE_TEXT_SIZE];
    week_write(balance->week, week);
    date_write(balance->day, day);
    json_object(writer);
    json_put_text(writer, "person",
                  find_title(call, catalog_record(call->catalog, TEXT("person")), balance->person));
    json_put_string(writer, "week", week);
    json_put_string(writer, "day", day);
    put_share(&balance->of_week, "of_week", writer);
    put_share(&balance->of_day, "of_day", writer);
    json_key(writer, "neglected");
    json_list(writer);
    for (int i = 0; i < DIMENSIONS; i++) {
        if (!is_neglected(call, balance, i))
            continue;
        int64_t days = days_without(call, balance, i);
        json_object(writer);
        json_put_string(writer, "dimension", dimension_facts[i].word);
        json_key(writer, "days");
        days < 0 ? json_null(writer) : json_int(writer, days);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool day_balance_write_words(struct call *call, const struct day_balance *balance, struct out *out)
{
    char week[WEEK_TEXT_SIZE];
    struct dimensions_balance shares = dimensions_balance(balance->of_week.count);
    week_write(balance->week, week);
    if (!shares.is_known)
        out_format(out, "%s: nothing with a dimension yet", week);
    else
        out_format(out, "%s: technical %.0f %%, operational %.0f %%", week,
                   100 * shares.technical, 100 * shares.operational);
    out_format(out, "; %lld unsorted\n", (long long)balance->of_week.unsorted);
    for (int i = 0; i < DIMENSIONS; i++) {
        int64_t days = days_without(call, balance, i);
        out_format(out, "  %-10s %3.0f", dimensions_label(i), balance->of_week.count[i]);
        if (is_neglected(call, balance, i) && days < 0)
            out_string(out, "  neglected: never");
        else if (is_neglected(call, balance, i))
            out_format(out, "  neglected: %lld days ago", (long long)days);
        out_char(out, '\n');
    }
    return !out->failed;
}
