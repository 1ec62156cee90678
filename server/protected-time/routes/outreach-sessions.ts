import { z } from "zod";
import * as wire from "#core/protected-time/wire/outreach.ts";
import { formatLocal, hourMs, minuteMs } from "#core/time/zone.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { countOutsideReader } from "#server/protected-time/footprint-views.ts";
import { keepingKeyOf } from "#server/protected-time/keeping-key.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { ownPlace } from "#server/protected-time/places.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { sessionReplies, toldSessions } from "#server/protected-time/replies.ts";
import { restoreDate } from "#server/protected-time/restore-date.ts";
import {
  answerSecondWord,
  cancelSession,
  moveDate,
  moveSession,
  ownSession,
  refuseUnseen,
  savedBefore,
  saveSession,
  sessionById,
} from "#server/protected-time/sessions.ts";

const audience = ["partner"] as const;
const params = z.strictObject({ id: z.uuid() });

const listSessions = defineRoute("GET /api/outreach/sessions", {
  summary: "Own sessions that go on, soonest first, with the times that police see",
  audience,
  audit: { verb: "consultation", act: "read own sessions", purpose: "safeguarding" },
  replySchema: wire.sessionsReply,
  handle: (context) =>
    asPartner(context, async (own) => {
      await countOutsideReader(own, context.asAt.date());
      const sessions = await loadSessions(own.tx, { partnerId: own.partnerId });
      const replies = await sessionReplies(own, sessions);
      const ahead = replies.filter((session) => session.next.length > 0);
      context.addDetail({ sessions: ahead.length });
      const soonest = (session: (typeof ahead)[number]) =>
        Date.parse(session.next[0]?.startsAt ?? "");
      return { sessions: ahead.sort((a, b) => soonest(a) - soonest(b)) };
    }),
});

/** What a page asks again and again while it waits for police to confirm. */
const listTold = defineRoute("GET /api/outreach/told", {
  summary: "When police were told of own late sessions and when they confirmed",
  audience,
  audit: {
    none: "it tells when police were told of own sessions, not what they are, and pages ask while they wait",
  },
  replySchema: wire.toldReply,
  handle: (context) => asPartner(context, (own) => toldSessions(own.tx, own, own.partnerId)),
});

const readKeepingKey = defineRoute("GET /api/outreach/keeping-key", {
  summary: "The key by which the caller's phone seals what it could not send",
  audience,
  audit: { none: "it opens what its own person left on their own phone, and nothing that is here" },
  replySchema: wire.keepingKeyReply,
  handle: async ({ config, actor, request }) => {
    const accountId = sessionOf(request)?.accountId ?? null;
    return { key: keepingKeyOf(config, { actor, accountId }).toString("hex") };
  },
});

const addSession = defineRoute("POST /api/outreach/sessions", {
  summary: "Save a single or repeating session; patrols in its way are withdrawn",
  audience,
  audit: { verb: "collection", act: "save a session", purpose: "safeguarding" },
  body: wire.sessionBody,
  replySchema: wire.outreachSession,
  handle: (context, { body }) =>
    savedOnce(context, body.key, async (own) => {
      refuseUnseen(own, body.rule);
      const place = await ownPlace(own.tx, own.partnerId, body.placeId);
      const draft = { ...body, partnerId: own.partnerId, placeId: place.id };
      const session = await saveSession(own.tx, own, draft);
      context.addDetail({ session: session.key });
      return oneReply(own, session);
    }),
});

const move = defineRoute("POST /api/outreach/sessions/:id/move", {
  summary: "End a session and save its new form in one step",
  audience,
  audit: { verb: "alteration", act: "move a session", purpose: "safeguarding" },
  params,
  body: wire.sessionBody,
  replySchema: wire.outreachSession,
  handle: (context, { params: { id }, body }) =>
    savedOnce(context, body.key, async (own) => {
      refuseUnseen(own, body.rule);
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      const place = await ownPlace(own.tx, own.partnerId, body.placeId);
      const draft = { ...body, partnerId: own.partnerId, placeId: place.id };
      const moved = await moveSession(own.tx, own, { session, draft });
      context.addDetail({ savedAs: moved.key });
      return oneReply(own, moved);
    }),
});

const moveOneDate = defineRoute("POST /api/outreach/sessions/:id/move-date", {
  summary: "One date of a repeating session takes place at another time or place instead",
  audience,
  audit: { verb: "alteration", act: "move a date of a session", purpose: "safeguarding" },
  params,
  body: wire.moveDateBody,
  replySchema: wire.outreachSession,
  handle: (context, { params: { id }, body }) =>
    savedOnce(context, body.key, async (own) => {
      const { key, date, rule } = body;
      refuseUnseen(own, rule);
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      const place = await ownPlace(own.tx, own.partnerId, body.placeId);
      const draft = { key, partnerId: own.partnerId, placeId: place.id, rule };
      const moved = await moveDate(own.tx, own, { session, date, draft });
      context.addDetail({ savedAs: moved.key });
      return oneReply(own, moved);
    }),
});

const cancel = defineRoute("POST /api/outreach/sessions/:id/cancel", {
  summary: "Cancel one date or all to come; inside 24 hours police still stay away",
  audience,
  audit: { verb: "alteration", act: "cancel a session", purpose: "safeguarding" },
  params,
  body: wire.cancelBody,
  replySchema: wire.outreachSession,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async (own) => {
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      return oneReply(own, await cancelSession(own.tx, own, { session, date: body.date }));
    }),
});

const restore = defineRoute("POST /api/outreach/sessions/:id/restore", {
  summary: "A cancelled date more than 24 hours ahead takes place after all",
  audience,
  audit: { verb: "alteration", act: "restore a date of a session", purpose: "safeguarding" },
  params,
  body: wire.restoreBody,
  replySchema: wire.outreachSession,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async (own) => {
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      await restoreDate(own.tx, own, { session, date: body.date });
      return oneReply(own, await sessionById(own.tx, session.id));
    }),
});

const second = defineRoute("POST /api/outreach/sessions/:id/second", {
  summary: "A second person of the same partner says whether a large or long closure is right",
  audience,
  audit: { verb: "alteration", act: "answer as the second person", purpose: "safeguarding" },
  params,
  body: wire.secondWordBody,
  replySchema: wire.outreachSession,
  handle: (context, { params: { id }, body: { isRight } }) =>
    asPartner(context, async (own) => {
      context.addDetail({ session: id, right: isRight });
      const session = await ownSession(own.tx, own.partnerId, id);
      const answer = { session, isRight, person: own.person };
      return oneReply(own, await answerSecondWord(own.tx, own, answer));
    }),
});

const outNow = defineRoute("POST /api/outreach/out-now", {
  summary: "Out now for some hours at a saved place",
  audience,
  audit: { verb: "collection", act: "tell police to stay away now", purpose: "safeguarding" },
  body: wire.outNowBody,
  replySchema: wire.outreachSession,
  handle: (context, { body }) =>
    savedOnce(context, body.key, async (own) => {
      const place = await ownPlace(own.tx, own.partnerId, body.placeId);
      const start = Math.floor(own.now / minuteMs) * minuteMs;
      const [date = "", startTime = ""] = formatLocal(own.zone.toLocal(start)).split("T");
      const [, endTime = ""] = formatLocal(own.zone.toLocal(start + body.hours * hourMs)).split(
        "T",
      );
      const session = await saveSession(own.tx, own, {
        key: body.key,
        partnerId: own.partnerId,
        placeId: place.id,
        rule: {
          repeats: "once",
          everyWeeks: 1,
          firstDate: date,
          start: startTime,
          end: endTime,
          until: null,
        },
      });
      context.addDetail({ session: session.key });
      return oneReply(own, session);
    }),
});

export const outreachSessionRoutes: readonly Route[] = [
  listSessions,
  listTold,
  readKeepingKey,
  addSession,
  move,
  moveOneDate,
  cancel,
  restore,
  second,
  outNow,
];

/** What the page sent before under this key is told again, and nothing changes by it. */
function savedOnce(
  context: RequestContext,
  key: string | undefined,
  save: (own: Own) => ReturnType<typeof oneReply>,
) {
  return asPartner(context, async (own) => {
    const held = await savedBefore(own.tx, own.partnerId, key);
    if (!held) return save(own);
    context.addDetail({ session: held.key, again: true });
    return oneReply(own, held);
  });
}

async function oneReply(own: Own, session: SessionRow) {
  const [reply] = await sessionReplies(own, [session]);
  return reply;
}
