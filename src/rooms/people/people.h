/*
 * Room people: who we are, who may do what, and who is there when. Persons, teams, memberships (a
 * set of roles per person and team), tokens, absences and public holidays. Every call acts as
 * somebody of this room; app asks it who.
 */
#ifndef RONDO_PEOPLE_H
#define RONDO_PEOPLE_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "catalog/row.h"
#include "offers/reply_schema.h"
#include "offers/room.h"

enum person_field {
    PERSON_NAME,
    PERSON_EMAIL,
    PERSON_ZONE,
    PERSON_WORKING_FROM,
    PERSON_WORKING_UNTIL,
    PERSON_WORKING_DAYS,
    PERSON_HOLIDAY_CALENDAR,
    PERSON_IS_ROBOT,
    PERSON_FIELDS
};
enum team_field { TEAM_NAME, TEAM_ZONE, TEAM_LEAD, TEAM_HOLIDAY_CALENDAR, TEAM_FIELDS };
enum membership_field {
    MEMBERSHIP_PERSON,
    MEMBERSHIP_TEAM,
    MEMBERSHIP_ROLES,
    MEMBERSHIP_NOTE,
    MEMBERSHIP_FIELDS
};
enum token_field {
    TOKEN_NAME,
    TOKEN_PERSON,
    TOKEN_SCOPES,
    TOKEN_EXPIRES,
    TOKEN_HASH,
    TOKEN_FIELDS
};

enum absence_field {
    ABSENCE_TITLE,
    ABSENCE_PERSON,
    ABSENCE_FIRST_DAY,
    ABSENCE_LAST_DAY,
    ABSENCE_KIND,
    ABSENCE_NOTE,
    ABSENCE_FIELDS
};
enum holiday_calendar_field { HOLIDAY_CALENDAR_NAME, HOLIDAY_CALENDAR_FIELDS };
enum holiday_field { HOLIDAY_NAME, HOLIDAY_DAY, HOLIDAY_TEAM, HOLIDAY_CALENDAR, HOLIDAY_FIELDS };

/* The cookie of a session. */
#define PEOPLE_COOKIE "rondo_session"

extern const struct record person_record, team_record, membership_record, token_record;
extern const struct record absence_record, holiday_calendar_record, holiday_record;
extern const struct room people_room;
extern const struct reply_schema people_replies[]; /* people_replies.c */

/*
 * Makes the workspace's first person with the roles owner and
 * member, unless there is a person already.
 */
bool people_found(struct call *call, text name, bool *is_new);

/*
 * Sets call->actor to that person: a name, an e-mail address or an
 * id. Fails when there is none, and for a robot.
 */
bool people_act_as(struct call *call, text word);

/*
 * Sets call->actor where nobody was named: to the one person of the workspace (robots do not
 * count), or of several to the one who has the role owner, while no password is set and nobody else
 * has a token. Else it fails and says how to name one. A store without persons is left with nobody.
 */
bool people_act_unnamed(struct call *call);

/*
 * Sets call->actor to the person of that number, with no more than these scopes: for work that was
 * begun by somebody and is done later. Fails when that person was dropped.
 */
bool people_act_for(struct call *call, rid person, unsigned scopes);

/*
 * Sets call->actor from a token. The sentence of a refusal does
 * not tell a wrong token from an expired one.
 */
bool people_sign_in(struct call *call, text token);

/* The same from a session, by its cookie. */
bool people_session(struct call *call, text secret);

/* Whose sessions were used last, the latest first; `*count` is at most `most`. */
bool people_lately_here(struct call *call, size_t most, rid *person, size_t *count);

/* The zone of a team, or the workspace's when it has none. `team` 0 is the workspace. */
bool people_team_zone(struct call *call, rid team, text *zone);

/* The roles that a person holds, in the workspace and in any team. */
bool people_roles(struct call *call, rid person, unsigned *roles);

/*
 * Who holds one of the roles anywhere, without that person (0: nobody is left out): their names for
 * sentences, "Priya Raman or Tomas Lind"; TEXT_NONE: there is nobody.
 */
bool people_with_role(struct call *call, unsigned roles, rid without, text *names);

/*
 * Whether the person is a member in that team. Of no team (0), and of one without members of its
 * own, every member is one.
 */
bool people_is_member(struct call *call, rid person, rid team, bool *is_member);

/* Who leads the team; 0: nobody, or somebody who was dropped. */
bool people_team_lead(struct call *call, rid team, rid *lead);

/* Whether there is that person, and has not been dropped. */
bool people_is_here(struct call *call, rid person, bool *is_here);

/*
 * Fails at the field when a row newly names a person there who was dropped. What was right when it
 * was written stays right.
 */
bool people_check_here(struct call *call, const struct row *before, const struct row *after,
                       int field);

/*
 * The same for a row that gives the person something to do, and tells (call_warn) when the person
 * is away today.
 */
bool people_check_assigned(struct call *call, const struct row *before, const struct row *after,
                           int field);

/* The zone of a person, or the workspace's. */
bool people_person_zone(struct call *call, rid person, text *zone);

/* --- who is there when: people_presence.c --- */

/*
 * Days are numbers since 1970-01-01 and are those of the person's zone. Everybody may ask about
 * everybody: that somebody is away is no secret, why is (absence_record).
 */

/* What a day is for a person; the first that holds. */
enum people_day {
    PEOPLE_DAY_ABSENT,  /* in an absence, its first and last day included */
    PEOPLE_DAY_HOLIDAY, /* a public holiday that the person follows */
    PEOPLE_DAY_OFF,     /* a day of the week on which the person does not work */
    PEOPLE_DAY_WORKING,
};

/*
 * Without working days of the person's own, Monday to Friday are. A person who follows a holiday
 * calendar has its holidays off, else those of the person's teams and of what they follow; days
 * that are everybody's holiday are off in both cases. Fails when there is no such person; one that
 * was dropped is still told of.
 */
bool people_day(struct call *call, rid person, int64_t day, enum people_day *kind);

/* Whether that holiday is one of the person's, both as rows; teams as people_is_member has it. */
bool people_has_holiday(struct call *call, const struct row *person, const struct row *holiday,
                        bool *has);

/* Whether the person works on that day at all. */
bool people_is_there(struct call *call, rid person, int64_t day, bool *is_there);

/*
 * Whether the person is absent on that day, and until when (`until`, the last day away): absences
 * with no working day between them are one. Public holidays and days off alone are no absence.
 */
bool people_away_until(struct call *call, rid person, int64_t day, bool *is_away, int64_t *until);

/*
 * Tells (call_warn) when the person is away on the day of the instant `due`; today where it is past
 * or null. Nothing is told of what a program brings in.
 */
bool people_warn_away(struct call *call, rid person, struct value due);

/* The same, today, of everybody with one of the roles, as people_with_role has them. */
bool people_warn_role_away(struct call *call, unsigned roles, rid without);

/*
 * The end of the last of that many working days of the person after the day of `at`: weekdays off
 * and public holidays do not count, days away do, since others count on them. Nobody (0, or who was
 * dropped) works from Monday to Friday.
 */
bool people_after_working_days(struct call *call, rid person, stamp at, int days, stamp *end);

enum people_presence {
    PRESENCE_ABSENT,
    PRESENCE_HOLIDAY,
    PRESENCE_DAY_OFF,
    PRESENCE_OFF_HOURS, /* a working day, before or after the hours */
    PRESENCE_WORKING,
    PRESENCE_UNKNOWN, /* a working day, and nobody said at which hours */
};

/* "absent", "holiday", "day_off", "off_hours", "working", "unknown". */
const char *people_presence_word(enum people_presence presence);

/*
 * Whether the person works at an instant: hours are those of the clock where the person is, from <=
 * time < until, whatever the clock was changed by. Hours that end before they begin go over
 * midnight and belong to the day on which they begin: that day must be a working day.
 */
bool people_working_at(struct call *call, rid person, stamp at, enum people_presence *presence);

/* The day that it is for the person at an instant. */
bool people_day_at(struct call *call, rid person, stamp at, int64_t *day);

/* Somebody who is away, on days on end as people_away_until has them. */
struct people_away {
    rid person;
    text name;
    int64_t first_day, last_day; /* all of it, also outside of what was asked for */
};

/*
 * Who is absent on any of the days from..to, by the first day: the members of the team (0: of any),
 * as people_is_member has it; robots and who was dropped are left out.
 */
bool people_away_between(struct call *call, rid team, int64_t from, int64_t to,
                         struct people_away **away, size_t *count);

/* [{"id", "person", "first_day", "last_day"}] */
void people_away_write_json(struct call *call, const struct people_away *away, size_t count,
                            struct json_writer *writer);

/* "- Bert: 2026-11-30 to 2026-12-04", a line for each. */
void people_away_write_lines(const struct people_away *away, size_t count, struct out *out);

/*
 * A new token for the row's person, whose scopes are among the actor's; `secret` is shown once and
 * not stored. Sets hash and id in `row`.
 */
bool people_token_create(struct call *call, struct row *row, text *secret);

#endif
