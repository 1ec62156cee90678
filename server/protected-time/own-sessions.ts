import type { AuditDetail } from "#core/audit.ts";
import type { Body, Query } from "#core/contract/call.ts";
import type { outreachCalls } from "#core/protected-time/wire/outreach.ts";
import { formatLocal, hourMs, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { countOutsideReader } from "#server/protected-time/footprint-views.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { ownPlace } from "#server/protected-time/places.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { occurrencesOf, sessionReplies, toldSessions } from "#server/protected-time/replies.ts";
import {
  answerSecondWord,
  cancelSession,
  moveDate,
  moveSession,
  ownSession,
  refuseUnseen,
  restoreDate,
  type SessionDraft,
  saveSession,
} from "#server/protected-time/sessions.ts";

type Calls = typeof outreachCalls;

/** Current ones, soonest first. */
export const listSessions = (act: Act) =>
  asPartner(act, async (own) => {
    await countOutsideReader(own, act.asAt.date());
    const sessions = await loadSessions(own.tx, { partnerId: own.partnerId });
    const replies = await sessionReplies(own, sessions);
    const ahead = replies.filter(({ next }) => next.length > 0);
    act.addDetail({ sessions: ahead.length });
    const soonest = ({ next }: (typeof ahead)[number]) => Date.parse(next[0]?.startsAt ?? "");
    return { sessions: ahead.sort((a, b) => soonest(a) - soonest(b)) };
  });

export const listTold = (act: Act) =>
  asPartner(act, async (own) => {
    const told = await toldSessions(own.tx, own, own.partnerId);
    return { sessions: told.filter(({ goesOn }) => goesOn).map(({ id, told }) => ({ id, told })) };
  });

export const listOccurrences = (act: Act, days: Query<Calls["occurrences"]>) =>
  asPartner(act, async (own) => {
    await countOutsideReader(own, act.asAt.date());
    const occurrences = await occurrencesOf(own, days);
    act.addDetail({ ...days, sessions: occurrences.length });
    return { occurrences };
  });

export const addSession = (act: Act, body: Body<Calls["addSession"]>) =>
  savedOnce(act, body.key, async (own) => {
    refuseUnseen(own, body.rule);
    const session = await saveSession(own.tx, own, await draftAt(own, body));
    act.addDetail({ session: session.key });
    return session;
  });

export const goOutNow = (act: Act, { hours, ...body }: Body<Calls["outNow"]>) =>
  savedOnce(act, body.key, async (own) => {
    const now = Math.floor(own.now / minuteMs) * minuteMs;
    const wall = (instant: number) => formatLocal(own.zone.toLocal(instant)).split("T");
    const [firstDate = "", start = ""] = wall(now);
    const [, end = ""] = wall(now + hours * hourMs);
    const rule = { repeats: "once", everyWeeks: 1, firstDate, start, end, until: null } as const;
    const session = await saveSession(own.tx, own, await draftAt(own, { ...body, rule }));
    act.addDetail({ session: session.key });
    return session;
  });

export const moveOwnSession = (act: Act, id: string, body: Body<Calls["moveSession"]>) =>
  movedOnce(act, id, body, (own, session, draft) => moveSession(own.tx, own, { session, draft }));

export const moveOwnDate = (act: Act, id: string, { date, ...body }: Body<Calls["moveDate"]>) =>
  movedOnce(act, id, body, (own, session, draft) =>
    moveDate(own.tx, own, { session, date, draft }),
  );

function movedOnce(
  act: Act,
  id: string,
  body: Omit<Body<Calls["moveDate"]>, "date">,
  move: (own: Own, session: SessionRow, draft: SessionDraft) => Promise<SessionRow>,
) {
  return savedOnce(act, body.key, async (own) => {
    refuseUnseen(own, body.rule);
    act.addDetail({ session: id });
    const session = await ownSession(own.tx, own.partnerId, id);
    const moved = await move(own, session, await draftAt(own, body));
    act.addDetail({ savedAs: moved.key });
    return moved;
  });
}

export const cancelOwn = (act: Act, id: string, date: string | undefined) =>
  change(act, id, (own, session) => cancelSession(own.tx, own, { session, date }));

export const restoreOwn = (act: Act, id: string, date: string) =>
  change(act, id, (own, session) => restoreDate(own.tx, own, { session, date }));

export const answerSecond = (act: Act, id: string, isRight: boolean) =>
  change(
    act,
    id,
    (own, session) => answerSecondWord(own.tx, own, { session, isRight, person: own.person }),
    { right: isRight },
  );

/** At an own place; another partner's counts as missing. */
async function draftAt<Given extends { readonly placeId: string }>(
  { tx, partnerId }: Own,
  given: Given,
) {
  return { ...given, partnerId, placeId: (await ownPlace(tx, partnerId, given.placeId)).id };
}

function change(
  act: Act,
  id: string,
  work: (own: Own, session: SessionRow) => Promise<SessionRow>,
  detail: AuditDetail = {},
) {
  return asPartner(act, async (own) => {
    act.addDetail({ session: id, ...detail });
    return oneReply(own, await work(own, await ownSession(own.tx, own.partnerId, id)));
  });
}

/** Idempotent by `key`: a repeat returns the first result. */
function savedOnce(act: Act, key: string | undefined, save: (own: Own) => Promise<SessionRow>) {
  return asPartner(act, async (own) => {
    const { tx, partnerId } = own;
    if (key === undefined) return oneReply(own, await save(own));
    // Of two identical parallel requests the second waits here, and finds the first's session.
    await lockOccupancy(tx);
    const [held] = await loadSessions(tx, { partnerId, key });
    if (!held) return oneReply(own, await save(own));
    act.addDetail({ session: held.key, again: true });
    return oneReply(own, held);
  });
}

async function oneReply(own: Own, session: SessionRow) {
  const [reply] = await sessionReplies(own, [session]);
  if (!reply) throw new Error("A session has no reply");
  return reply;
}
