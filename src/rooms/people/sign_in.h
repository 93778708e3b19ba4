/*
 * Room people: how somebody signs in with a browser. A password per person, sessions that end after
 * thirty idle days, and invitations, the only way to a password. Passwords and the digests of
 * secrets lie in plain tables, never in a record: so no JSON, export, history or audit can hold
 * one, and no undo brings back what was used or ended. The records beside them are what people may
 * see of it: who is signed in where, who was invited.
 */
#ifndef RONDO_SIGN_IN_H
#define RONDO_SIGN_IN_H

#include "catalog/row.h"
#include "catalog/table.h"

enum session_field { SESSION_NAME, SESSION_PERSON, SESSION_FIELDS };
enum invitation_field {
    INVITATION_NAME,
    INVITATION_PERSON,
    INVITATION_EXPIRES,
    INVITATION_USED,
    INVITATION_FIELDS
};

extern const struct record session_record, invitation_record;
extern const struct table password_table, session_key_table, invitation_key_table,
    sign_in_try_table;

enum { SESSION_IDLE_DAYS = 30, INVITATION_DAYS_DEFAULT = 7, INVITATION_DAYS_MAX = 90 };

/*
 * Acts as the person of that name, address or id, whose password it is; else one sentence whoever
 * is missing and whatever is wrong. `*is_too_often`: nothing was looked at, so many tries failed.
 */
bool sign_in(struct call *call, text word, text password, bool *is_too_often);

/* A session of the person who acts; `name` is what people know it by. The secret is shown once. */
bool session_open(struct call *call, text name, text *secret);

/* Acts as the person of a session, which is used by it; fails when it has ended. */
bool session_act(struct call *call, text secret);

/* Ends the session; one that there is not is no failure. */
bool session_end(struct call *call, text secret);

/*
 * Ends the sessions of who acts but that of the secret; TEXT_NONE: all. Inside the caller's change,
 * which sees all rows.
 */
bool session_end_others(struct call *call, text secret);

/*
 * Changes the password of who acts, who has to know the old one, and ends that person's other
 * sessions. Fails at `old_password` when it is wrong, at `password` when the new one is none;
 * `*is_too_often` as in sign_in. `session` is the secret of the session that stays.
 */
bool own_password_change(struct call *call, text old, text password, text session,
                         bool *is_too_often);

/* Who is invited: a person of the workspace, or a new one of that name, with roles in a team. */
struct invitation_wish {
    rid person; /* 0: a new one */
    text name, email;
    struct value roles; /* null: none are given; a new person is a member at least */
    rid team;
    int64_t days; /* 0: INVITATION_DAYS_DEFAULT */
};

/* Needs the role owner. The secret is shown once. */
bool invitation_make(struct call *call, const struct invitation_wish *wish, struct row *invitation,
                     text *secret);

/*
 * Makes it the password of who was invited, ends that person's sessions, and acts as that person.
 * `name` TEXT_NONE: it stays. An invitation is used once.
 */
bool invitation_accept(struct call *call, text secret, text name, text password);

#endif
