/*
 * Room people: who we are and who may do what. Persons, teams, memberships (a set of roles per
 * person and team) and tokens. Every call acts as somebody of this room; app asks it who.
 */
#ifndef RONDO_PEOPLE_H
#define RONDO_PEOPLE_H

#include "catalog/row.h"
#include "offers/room.h"

enum person_field { PERSON_NAME, PERSON_EMAIL, PERSON_ZONE, PERSON_IS_ROBOT, PERSON_FIELDS };
enum team_field { TEAM_NAME, TEAM_ZONE, TEAM_LEAD, TEAM_FIELDS };
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

/* The cookie of a session. */
#define PEOPLE_COOKIE "rondo_session"

extern const struct record person_record, team_record, membership_record, token_record;
extern const struct room people_room;

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

/* The zone of a person, or the workspace's. */
bool people_person_zone(struct call *call, rid person, text *zone);

/*
 * A new token for the row's person, whose scopes are among the actor's; `secret` is shown once and
 * not stored. Sets hash and id in `row`.
 */
bool people_token_create(struct call *call, struct row *row, text *secret);

#endif
