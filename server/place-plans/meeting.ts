import { tenFiveRule } from "#core/disclosure/rule.ts";
import { longestAction } from "#core/place-plans/action.ts";
import { buildPack } from "#core/place-plans/meeting/pack.ts";
import { checkSeries, meetingAmong, meetingDates } from "#core/place-plans/meeting/series.ts";
import * as wire from "#core/place-plans/wire/meeting.ts";
import { sharedPlan } from "#core/place-plans/wire/place-plans.ts";
import { commandId } from "#core/places/public-areas.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import { faultsOfSharedWords } from "#core/text/outreach-times.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import { databaseBehind, type Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { loadActions } from "#server/place-plans/actions.ts";
import { refusePartnerNames, sharePartners } from "#server/place-plans/partner-names.ts";
import { planHeads, refuseFields, writtenBy } from "#server/place-plans/plans.ts";
import { insertSeries } from "#server/place-plans/store.ts";
import { Problem } from "#server/problem.ts";
import { standingRelease } from "#server/releases/serve.ts";

const shownMeetings = 6;

/** The series as it holds now; null while there is none. */
const loadSeries = (tx: Transaction) =>
  tx.maybe(
    wire.meetingSeries,
    sql`select ${columnsOf(wire.meetingSeries)} from meeting_series order by revision desc limit 1`,
  );

export function readMeeting(act: Act): Promise<wire.MeetingReply> {
  const asAt = act.asAt.date();
  return act.db.transaction(act.actor, async (tx) => {
    const series = await loadSeries(tx);
    const packs = await tx.rows(
      wire.packHead,
      sql`select ${columnsOf(wire.packHead)} from meeting_pack order by number desc`,
    );
    act.addDetail({ packs: packs.length });
    return { asAt, series, next: series ? meetingDates(series, asAt, shownMeetings) : [], packs };
  });
}

/** An outdated revision is refused. */
export function putSeries(
  act: Act,
  { revision, ...series }: wire.SeriesBody,
): Promise<{ revision: number }> {
  act.addDetail({ revision: revision + 1 });
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await loadSeries(tx);
    refuseFields(checkSeries(series, act.asAt.date(), stored?.firstOn ?? null));
    if ((stored?.revision ?? 0) !== revision) {
      const detail =
        "Someone changed the meeting dates since you opened them. Nothing was saved. Refresh and try again.";
      throw new Problem(409, "Someone else saved first", detail);
    }
    await insertSeries(tx, { ...series, revision: revision + 1 }, writtenBy(act));
    return { revision: revision + 1 };
  });
}

/** Freezes the pack. The unique number refuses a concurrent second one. */
export async function issuePack(act: Act, body: wire.PackBody): Promise<wire.PackReply> {
  const asAt = act.asAt.date();
  const decisions = body.decisions.map((words) => words.trim()).filter((words) => words !== "");
  const ground = { meetingOn: body.meetingOn, decisions };
  refuseFields(packFaults(ground, asAt));
  // The public figures open a transaction of their own.
  const complaints = await packComplaints(act);
  act.addDetail({ meeting: body.meetingOn });
  return act.db.transaction(act.actor, async (tx) => {
    const content = await packOf(tx, { ...ground, asAt, complaints });
    if (act.actor.role === "coordinator") {
      const { plans, changes, overdue, due, later } = content;
      const read = [
        plans.map(({ name, response }) => [name, response]),
        decisions,
        changes,
        [...overdue, ...due, ...later].map(({ words }) => words),
      ];
      const advice = "Write “outreach” instead. No pack was made.";
      refusePartnerNames(await sharePartners(tx), read, advice);
    }
    const { person, now } = writtenBy(act);
    const pack = await tx.one(
      wire.packReply,
      sql`insert into meeting_pack (number, meeting_on, as_at, issued_at, issued_by, content)
        select coalesce(max(number), 0) + 1, ${content.meetingOn}::date, ${asAt}::date,
          ${new Date(now)}::timestamptz, ${person}::text, ${JSON.stringify(content)}::jsonb
        from meeting_pack returning ${columnsOf(wire.packReply)}`,
    );
    act.addDetail({ pack: pack.number });
    return pack;
  });
}

const farthestMeetingDays = 92;

function packFaults({ meetingOn, decisions }: wire.PackBody, asAt: string): readonly WordsFault[] {
  const faults = decisions.flatMap((words, index) =>
    faultsOfSharedWords(`decisions.${index}`, words, { most: longestAction, isOptional: false }),
  );
  if (decisions.length > wire.mostDecisions) {
    const reason = `A meeting can have at most ${wire.mostDecisions} decisions.`;
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

const standingPack = wire.packHead.extend({ content: wire.packContent });

async function packOf(
  tx: Transaction,
  ground: wire.PackBody & Pick<wire.MeetingPack, "asAt" | "complaints">,
): Promise<wire.MeetingPack> {
  const series = await loadSeries(tx);
  const plans = (await planHeads(tx)).filter(({ isForMeeting }) => isForMeeting);
  const actions = (await loadActions(tx)).filter(({ isForMeeting }) => isForMeeting);
  const before = await tx.maybe(
    standingPack,
    sql`select ${columnsOf(standingPack)} from meeting_pack where meeting_on < ${ground.meetingOn}
      order by meeting_on desc, number desc limit 1`,
  );
  return buildPack({
    ...ground,
    ...meetingAmong(series, ground.meetingOn),
    before,
    plans: plans.map((plan) => sharedPlan.strip().parse(plan)),
    actions: actions.map((action) => wire.packAction.strip().parse(action)),
  });
}

export function readPack(act: Act, id: number): Promise<wire.PackReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const pack = await tx.maybe(
      wire.packReply,
      sql`select ${columnsOf(wire.packReply)} from meeting_pack where id = ${id}`,
    );
    if (!pack) {
      const detail = "There is no pack with this number. Refresh the list.";
      throw new Problem(404, "No such pack", detail);
    }
    act.addDetail({ pack: pack.number });
    return pack;
  });
}

/**
 * Complaints by residents in the whole command from the last valid release, none without one:
 * subtracting a release from a pack's own figures would reveal others. Call before a transaction.
 */
async function packComplaints({ db }: Pick<Services, "db">): Promise<wire.PackComplaints> {
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
    threshold,
    base,
  };
}
