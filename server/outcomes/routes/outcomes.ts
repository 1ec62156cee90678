import { readTallyValue } from "#core/outcomes/tally-value.ts";
import {
  outcomesExportBody,
  outcomesExported,
  outcomesQuery,
  outcomesReply,
} from "#core/outcomes/wire/outcomes.ts";
import * as wire from "#core/outcomes/wire/tallies.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { outcomesOf, refuseWrongPeriod } from "#server/outcomes/outcomes.ts";
import {
  insertLawfulBasis,
  insertOwnContacts,
  loadLawfulBases,
  loadOwnContacts,
} from "#server/outcomes/queries/tallies.ts";
import { correctOne, enterTallies, readTallies } from "#server/outcomes/tallies.ts";
import { Problem } from "#server/problem.ts";
import { partnerOf } from "#server/protected-time/partners.ts";

const read = defineRoute("GET /api/outcomes", {
  summary:
    "Snapshot, charts, funnel and trends of a period; rounded by the 10-5 rule on request, and always for a presenter",
  audience: ["sergeant", "analyst", "auditor", "presenter"],
  audit: { verb: "consultation", act: "read outcomes", purpose: "assessment" },
  query: outcomesQuery,
  replySchema: outcomesReply,
  handle: (context, { query: { from, to, form } }) => {
    if ((from === undefined) !== (to === undefined)) {
      throw new Problem(422, "Half a period", "Give both days, from and to, or neither.");
    }
    const period = from === undefined || to === undefined ? null : { from, to };
    const isExact = form === "exact" && context.actor.role !== "presenter";
    const isReleasedOnly = context.actor.role === "presenter";
    return outcomesOf(context, { period, isExact, isReleasedOnly });
  },
});

/** Figures leave rounded alone: the page makes the file from what it was given in the form `shared`. */
const noteExport = defineRoute("POST /api/outcomes/exports", {
  summary: "Log that outcomes are being printed or downloaded; called before they are",
  audience: ["sergeant", "analyst", "auditor", "presenter"],
  audit: { verb: "disclosure", act: "download outcomes", purpose: "assessment" },
  body: outcomesExportBody,
  replySchema: outcomesExported,
  handle: async ({ asAt, addDetail, writeLine }, { body: { from, to, form } }) => {
    refuseWrongPeriod({ from, to }, asAt.date());
    addDetail({ from, to, form });
    await writeLine();
    return { ok: true as const };
  },
});

export const outcomeRoutes: readonly Route[] = [read, noteExport];

const list = defineRoute("GET /api/tallies", {
  summary: "Manual totals, exact, each with its period and every earlier value",
  audience: ["sergeant", "analyst", "auditor"],
  audit: { verb: "consultation", act: "read tallies", purpose: "assessment" },
  replySchema: wire.talliesReply,
  handle: ({ db, actor, zone, asAt, addDetail }) =>
    db.transaction(actor, async (tx) => {
      const reply = await readTallies(tx, { zone, asAt });
      addDetail({ tallies: reply.tallies.length });
      return reply;
    }),
});

const enter = defineRoute("POST /api/tallies", {
  summary: "Enter manual totals for exact periods, all or none",
  audience: ["analyst"],
  audit: { verb: "collection", act: "type tallies", purpose: "assessment" },
  body: wire.talliesBody,
  bodyLimit: 256 * 1024,
  replySchema: wire.talliesKept,
  handle: ({ db, actor, zone, asAt, addDetail }, { body }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ tallies: body.totals.length });
      return enterTallies(tx, { zone, asAt }, body);
    }),
});

const correct = defineRoute("PUT /api/tallies/:id", {
  summary: "Correct or withdraw a manual total, with a reason; the earlier value is kept",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "correct a tally", purpose: "assessment" },
  params: wire.tallyParams,
  body: wire.correctTallyBody,
  replySchema: wire.talliesReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { params, body }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ tally: params.id });
      await correctOne(tx, { zone, asAt }, { id: params.id, body });
      return readTallies(tx, { zone, asAt });
    }),
});

const listBases = defineRoute("GET /api/lawful-bases", {
  summary: "Lawful bases for entering sensitive breakdowns; no figures",
  audience: ["admin", "auditor", "analyst"],
  audit: { verb: "consultation", act: "read lawful bases", purpose: "administration" },
  replySchema: wire.lawfulBasesReply,
  handle: ({ db, actor, zone }) => db.transaction(actor, (tx) => basesReply(tx, zone)),
});

const recordBasis = defineRoute("POST /api/lawful-bases", {
  summary: "Record, or end, the lawful basis of a sensitive breakdown",
  audience: ["admin"],
  audit: { verb: "alteration", act: "record a lawful basis", purpose: "administration" },
  body: wire.lawfulBasisBody,
  replySchema: wire.lawfulBasesReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { body }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ breakdown: body.breakdown, inForce: body.inForce });
      await insertLawfulBasis(tx, { ...body, at: asAt.now(), by: actor.person });
      return basesReply(tx, zone);
    }),
});

async function basesReply(tx: Transaction, zone: Services["zone"]): Promise<wire.LawfulBasesReply> {
  const stored = await loadLawfulBases(tx);
  return {
    bases: stored.map(({ recordedAt, ...basis }) => ({
      ...basis,
      recordedAt: formatInstant(zone, recordedAt),
    })),
  };
}

const listOwn = defineRoute("GET /api/tallies/own", {
  summary:
    "A partner's own outreach contacts by period; only the partner reads them, and they are never added up",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own contacts", purpose: "safeguarding" },
  replySchema: wire.ownTalliesReply,
  handle: ({ db, actor, zone, asAt }) =>
    db.transaction(actor, async (tx) => {
      await partnerOf(tx, actor);
      return ownReply(tx, { zone, asAt });
    }),
});

const enterOwn = defineRoute("POST /api/tallies/own", {
  summary: "Enter a partner's own outreach contacts for an exact period; the latest entry counts",
  audience: ["partner"],
  audit: { verb: "collection", act: "type own contacts", purpose: "safeguarding" },
  body: wire.ownTallyBody,
  replySchema: wire.ownTalliesReply,
  handle: async ({ db, actor, zone, asAt }, { body }) => {
    const { from, to } = body;
    refuseWrongPeriod({ from, to }, asAt.date());
    const value = readTallyValue(body.value);
    if (!value.ok) {
      throw new Problem(422, "Not saved", value.reason, [{ field: "value", reason: value.reason }]);
    }
    return db.transaction(actor, async (tx) => {
      await partnerOf(tx, actor);
      const given = { from, to, value: value.value, at: asAt.now(), by: actor.person };
      await insertOwnContacts(tx, given);
      return ownReply(tx, { zone, asAt });
    });
  },
});

async function ownReply(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
): Promise<wire.OwnTalliesReply> {
  const stored = await loadOwnContacts(tx, asAt.date());
  return {
    contacts: stored.map(({ enteredAt, ...contacts }) => ({
      ...contacts,
      enteredAt: formatInstant(zone, enteredAt),
    })),
  };
}

export const tallyRoutes: readonly Route[] = [
  list,
  enter,
  correct,
  listBases,
  recordBasis,
  listOwn,
  enterOwn,
];
