import { tenFiveRule } from "#core/disclosure/rule.ts";
import { longestAction } from "#core/place-plans/action.ts";
import { meetingCalendar } from "#core/place-plans/meeting/calendar.ts";
import {
  buildPack,
  type MeetingPack,
  mostDecisions,
  type PackComplaints,
} from "#core/place-plans/meeting/pack.ts";
import { checkSeries, meetingAmong, meetingDates } from "#core/place-plans/meeting/series.ts";
import type * as wire from "#core/place-plans/wire/meeting.ts";
import { commandId } from "#core/places/public-areas.ts";
import type { Actor } from "#core/role.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import { faultsOfSharedWords } from "#core/text/outreach-times.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import { databaseBehind, type Transaction } from "#server/db/database.ts";
import { refusePartnerNames } from "#server/place-plans/partner-names.ts";
import { refusedFields, responseOf } from "#server/place-plans/plans.ts";
import * as sql from "#server/place-plans/queries/meeting.ts";
import { loadActions } from "#server/place-plans/queries/place-actions.ts";
import { sharePartners } from "#server/place-plans/queries/place-plan-words.ts";
import { loadPlanHeads } from "#server/place-plans/queries/place-plans.ts";
import { Problem } from "#server/problem.ts";
import { standingRelease } from "#server/releases/serve.ts";

type MeetingServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

const shownMeetings = 6;

/** The series, the next meetings, and every pack that was issued. */
export async function readMeeting(
  services: MeetingServices,
  actor: Actor,
): Promise<wire.MeetingReply> {
  const { zone } = services;
  const asAt = services.asAt.date();
  return services.db.transaction(actor, async (tx) => {
    const series = await sql.loadSeries(tx);
    const packs = await sql.loadPackHeads(tx);
    services.addDetail({ packs: packs.length });
    return {
      ...{ asAt, series },
      next: series ? meetingDates(series, asAt, shownMeetings) : [],
      packs: packs.map((pack) => ({ ...pack, issuedAt: formatInstant(zone, pack.issuedAt) })),
    };
  });
}

/** Keeps when the partners meet; whoever read an older series is told. */
export async function putSeries(
  services: MeetingServices,
  actor: Actor,
  { revision, ...series }: wire.SeriesBody,
): Promise<{ revision: number }> {
  services.addDetail({ revision: revision + 1 });
  return services.db.transaction(actor, async (tx) => {
    const stored = await sql.loadSeries(tx);
    const faults = checkSeries(series, services.asAt.date(), stored?.firstOn ?? null);
    const refusal = refusedFields(faults);
    if (refusal) throw refusal;
    if ((stored?.revision ?? 0) !== revision) {
      throw new Problem(
        409,
        "Someone else saved first",
        "Someone changed the meeting dates since you opened them. Nothing was saved. Refresh and try again.",
      );
    }
    const by = { person: actor.person, now: services.asAt.now() };
    await sql.insertSeries(tx, { ...series, revision: revision + 1 }, by);
    return { revision: revision + 1 };
  });
}

/** The pack of a meeting as it would be now; kept nowhere. */
export async function draftPack(
  services: MeetingServices,
  actor: Actor,
  body: wire.PackBody,
): Promise<MeetingPack> {
  const input = await judged(services, body);
  return services.db.transaction(actor, (tx) => packOf(tx, input));
}

/** Makes the pack of a meeting and freezes it. */
export async function issuePack(
  services: MeetingServices,
  actor: Actor,
  body: wire.PackBody,
): Promise<wire.PackReply> {
  const input = await judged(services, body);
  services.addDetail({ meeting: body.meetingOn });
  return services.db.transaction(actor, async (tx) => {
    const content = await packOf(tx, input);
    if (actor.role === "coordinator") {
      const { plans, decisions, changes, overdue, due, later } = content;
      const read = [
        plans.map(({ name, response }) => [name, response]),
        decisions,
        changes,
        [...overdue, ...due, ...later].map(({ words }) => words),
      ];
      const advice = "Write “outreach” instead. No pack was made.";
      refusePartnerNames(await sharePartners(tx), read, advice);
    }
    const now = services.asAt.now();
    const { id, number } = await sql.insertPack(tx, content, { person: actor.person, now });
    services.addDetail({ pack: number });
    const issuedAt = formatInstant(services.zone, now);
    return { id, number, issuedAt, issuedBy: actor.person, content };
  });
}

interface PackGround extends wire.PackBody {
  readonly asAt: string;
  readonly complaints: MeetingPack["complaints"];
}

/** Dates and decisions are looked at first; the public figures open a transaction of their own. */
async function judged(services: MeetingServices, body: wire.PackBody): Promise<PackGround> {
  const asAt = services.asAt.date();
  const decisions = body.decisions.map((words) => words.trim()).filter((words) => words !== "");
  const refusal = refusedFields(packFaults({ meetingOn: body.meetingOn, decisions }, asAt));
  if (refusal) throw refusal;
  const complaints = await packComplaints(services);
  return { meetingOn: body.meetingOn, decisions, asAt, complaints };
}

const farthestMeetingDays = 92;

function packFaults({ meetingOn, decisions }: wire.PackBody, asAt: string): readonly WordsFault[] {
  const faults = decisions.flatMap((words, index) =>
    faultsOfSharedWords(`decisions.${index}`, words, { most: longestAction, isOptional: false }),
  );
  if (decisions.length > mostDecisions) {
    const reason = `A meeting can have at most ${mostDecisions} decisions.`;
    faults.push({ field: "decisions", reason });
  }
  if (meetingOn < asAt) {
    faults.push({ field: "meetingOn", reason: "This meeting is over. Choose the next one." });
  }
  if (meetingOn > addDays(asAt, farthestMeetingDays)) {
    const reason = "This meeting is more than three months ahead. Make its pack nearer the date.";
    faults.push({ field: "meetingOn", reason });
  }
  return faults;
}

async function packOf(tx: Transaction, ground: PackGround): Promise<MeetingPack> {
  const series = await sql.loadSeries(tx);
  const plans = (await loadPlanHeads(tx)).filter(({ isForMeeting }) => isForMeeting);
  const actions = (await loadActions(tx)).filter(({ isForMeeting }) => isForMeeting);
  return buildPack({
    ...ground,
    ...meetingAmong(series, ground.meetingOn),
    before: await sql.packBefore(tx, ground.meetingOn),
    plans: plans.map(({ id, name, state, reviewOn, ...plan }) => ({
      ...{ id, name, state, reviewOn },
      response: responseOf(plan),
    })),
    actions: actions.map(({ id, words, owner, dueOn, state, closedOn, plan }) => ({
      ...{ id, words, owner, dueOn, state, closedOn, plan },
    })),
  });
}

/** A pack as it was issued. */
export async function readPack(
  services: MeetingServices,
  actor: Actor,
  id: number,
): Promise<wire.PackReply> {
  const pack = await services.db.transaction(actor, async (tx) => {
    const found = await sql.loadPack(tx, id);
    if (!found) {
      throw new Problem(
        404,
        "No such pack",
        "There is no pack with this number. Refresh the list.",
      );
    }
    services.addDetail({ pack: found.number });
    return found;
  });
  const { number, issuedBy, content } = pack;
  return { id, number, issuedBy, content, issuedAt: formatInstant(services.zone, pack.issuedAt) };
}

/** The series as a calendar file, from the next meeting on. */
export async function seriesCalendar(services: MeetingServices, actor: Actor): Promise<string> {
  const series = await services.db.transaction(actor, async (tx) => {
    const found = await sql.loadSeries(tx);
    services.addDetail({ revision: found?.revision ?? 0 });
    return found;
  });
  if (!series) {
    throw new Problem(
      404,
      "No meeting dates yet",
      "First set the day of the month on which partners meet.",
    );
  }
  return meetingCalendar(series, {
    at: services.asAt.now(),
    sequence: series.revision,
    from: services.asAt.date(),
    zone: services.zone,
    madeUp: services.asAt.demo,
  });
}

/**
 * Complaints by residents in the whole command as the last standing release has them, and none without one: a pack
 * with figures of its own could be taken from a release. Ask before a transaction.
 */
async function packComplaints({ db }: Pick<Services, "db">): Promise<PackComplaints> {
  const standing = await standingRelease(databaseBehind(db));
  if (standing === null) return { months: [], ...tenFiveRule };
  const { months, values, threshold, base } = standing.release;
  const countOf = new Map(
    values
      .filter(({ area, measure }) => area === commandId && measure === "resident_complaints")
      .map(({ month, count }) => [month, count]),
  );
  return {
    months: months.map((month) => ({ month, count: countOf.get(month) ?? null })),
    ...{ threshold, base },
  };
}
