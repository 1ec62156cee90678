import { accountActs } from "#core/accounts/account-acts.ts";
import { openingCalls } from "#core/accounts/wire/openings.ts";
import { clearingCalls } from "#core/accounts/wire/second-factor.ts";
import { accountSession, throughGate } from "#server/accounts/routes/session-reply.ts";
import * as secondPerson from "#server/accounts/second-person.ts";
import { sql } from "#server/db/sql.ts";
import { type Route, serve } from "#server/http/route.ts";

const openedFor = ["partner", "sergeant", "coordinator", "admin", "auditor"] as const;
const clearers = ["admin", "auditor", "coordinator"] as const;
const alters = (act: string) => ({ verb: "alteration", act, purpose: "administration" }) as const;

export const openingRoutes: readonly Route[] = [
  serve(openingCalls.list, {
    summary:
      "Access given to accounts: new accounts, passwords, phones; those waiting for a second person first; sergeants read of police accounts",
    audience: openedFor,
    audit: { verb: "consultation", act: accountActs.openings, purpose: "oversight" },
    handle: (context) =>
      context.db.transaction(context.actor, async (tx) => {
        const reply = await secondPerson.readOpenings(context, tx);
        context.addDetail({ openings: reply.openings.length });
        return reply;
      }),
  }),
  serve(openingCalls.confirm, {
    summary: "Confirm, as a second person, access that someone else gave; it works from now on",
    audience: openedFor,
    fresh: true,
    audit: { verb: "alteration", act: accountActs.confirm, purpose: "safeguarding" },
    handle: (context, { id }) => secondPerson.answerOpening(context, id, "confirmed"),
  }),
  serve(openingCalls.refuse, {
    summary: "Refuse, as a second person, access that someone else gave",
    audience: openedFor,
    audit: { verb: "alteration", act: accountActs.refuse, purpose: "safeguarding" },
    handle: (context, { id }) => secondPerson.answerOpening(context, id, "refused"),
  }),
  serve(openingCalls.seen, {
    summary: "Dismiss notices of access given to oneself, at one's partner, or to police accounts",
    audience: "signed-in",
    audit: { none: "it records that a person has read a notice" },
    handle: async (context) => {
      const { accountId } = accountSession(context);
      const seen = sql`update account set openings_seen_at = clock_timestamp() where id = ${accountId}`;
      await throughGate(context, (gate) => gate.run(seen));
      return { seen: true };
    },
  }),
];

export const clearingRoutes: readonly Route[] = [
  serve(clearingCalls.list, {
    summary: "Second factor resets that an administrator requested and nobody has confirmed yet",
    audience: clearers,
    audit: { none: "it lists open requests; asking and answering are logged" },
    handle: (context) =>
      context.db.transaction(context.actor, (tx) => secondPerson.readClearings(context, tx)),
  }),
  serve(clearingCalls.ask, {
    summary: "Request a second factor reset for someone who lost theirs",
    audience: ["admin"],
    fresh: true,
    audit: alters(accountActs.askToClear),
    handle: (context, { id }) => secondPerson.askClearing(context, { id }),
  }),
  serve(clearingCalls.confirm, {
    summary: "Confirm a second factor reset that someone else requested",
    audience: clearers,
    fresh: true,
    audit: alters(accountActs.clearSecondFactor),
    handle: (context, { id }) => secondPerson.confirmClearing(context, id),
  }),
  serve(clearingCalls.refuse, {
    summary: "Refuse or withdraw a second factor reset",
    audience: clearers,
    audit: alters("turn down clearing a second factor"),
    handle: (context, { id }) => secondPerson.refuseClearing(context, id),
  }),
  serve(clearingCalls.told, {
    summary: "The owner has read that their second factor was reset, and by whom",
    audience: "signed-in",
    whileSettingUp: true,
    audit: alters("read that the own second factor was cleared"),
    handle: async (context) => {
      const { accountId } = accountSession(context);
      const told = sql`
        update second_factor_clearing set told_at = ${new Date()}
        where account_id = ${accountId} and cleared_at is not null and told_at is null`;
      await throughGate(context, (gate) => gate.run(told));
      return { told: true };
    },
  }),
];
