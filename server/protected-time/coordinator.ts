import type { CalendarKnowledge } from "#core/protected-time/freshness.ts";
import { isFresh } from "#core/protected-time/freshness.ts";
import type {
  CoordinatorReply,
  OwnObjectionsReply,
  PartnerState,
} from "#core/protected-time/wire/coordinator.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, formatInstant, hourMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { knownCalendars } from "#server/protected-time/calendars.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import * as sql from "#server/protected-time/queries/coordinator.ts";
import { leavingByPartner } from "#server/protected-time/queries/leaving.ts";

/** What is answered is erased so long after it. */
export const objectionKeptMs = 90 * dayMs;
const remindAgainMs = 20 * hourMs;

/**
 * All that the coordinator works with: who has confirmed, what was said. The keeper's door words it, for
 * the coordinator has no right to any session.
 */
export async function coordinatorView(
  tx: Transaction,
  moment: Moment,
  { withWords }: { readonly withWords: boolean },
): Promise<CoordinatorReply> {
  const { zone } = moment;
  const partners = await partnerStates(tx, moment);
  const came = await tx.through("keeper", sql.cameReports);
  const objections = await (withWords ? sql.loadObjections(tx) : sql.countedObjections(tx));
  return {
    sentence: sentenceOf(partners, {
      unread: came.filter(({ readAt }) => readAt === null).length,
      open: objections.filter(({ answeredAt }) => answeredAt === null).length,
    }),
    partners,
    came: came.map(({ key, partner, reportedAt, readAt }) => ({
      id: key,
      partner,
      reportedOn: zone.dateOf(reportedAt),
      readOn: readAt === null ? null : zone.dateOf(readAt),
    })),
    objections: objections.map((row) => ({ ...objectionReply(moment, row), partner: row.partner })),
  };
}

export async function ownObjections(tx: Transaction, moment: Moment): Promise<OwnObjectionsReply> {
  const rows = await sql.loadObjections(tx);
  return { objections: rows.map((row) => objectionReply(moment, row)) };
}

/** Once a day at most: a partner that is reminded by the hour stops reading. */
export async function remindPartner(
  tx: Transaction,
  moment: Moment,
  code: string,
): Promise<sql.CoordinatedPartner> {
  const partner = (await sql.coordinatedPartners(tx)).find((one) => one.code === code);
  if (!partner) throw new Problem(404, "No such partner", "There is no partner of this code.");
  const state = (await partnerStates(tx, moment)).find((one) => one.code === code)?.state;
  if (state === "confirmed") {
    throw new Problem(409, "Not reminded", `${partner.name} has confirmed its calendar.`);
  }
  if (moment.now - (partner.remindedAt ?? -Infinity) < remindAgainMs) {
    throw new Problem(409, "Not reminded", `${partner.name} was reminded less than a day ago.`);
  }
  await sql.putReminder(tx, { partnerId: partner.id, now: moment.now });
  return partner;
}

async function partnerStates(tx: Transaction, moment: Moment): Promise<PartnerState[]> {
  const { zone, now } = moment;
  const partners = await sql.coordinatedPartners(tx);
  const leaving = await leavingByPartner(tx);
  const { calendars, unseconded } = await tx.through("keeper", async (keeper) => ({
    calendars: await knownCalendars(keeper, moment),
    unseconded: await sql.unsecondedByPartner(keeper, now),
  }));
  return partners.map(({ id, code, name, remindedAt }) => ({
    code,
    name,
    ...calendarState(moment, calendars.get(id)?.report ?? null),
    remindedAt: remindedAt === null ? null : formatInstant(zone, remindedAt),
    unseconded: unseconded.get(id) ?? 0,
    erasedFrom: leaving.has(id) ? formatInstant(zone, leaving.get(id) ?? 0) : null,
  }));
}

function calendarState(
  { zone, now }: Moment,
  report: CalendarKnowledge["report"],
): Pick<PartnerState, "state" | "confirmedAt" | "pausedUntil"> {
  if (report === null) return { state: "never", confirmedAt: null, pausedUntil: null };
  if (report.state === "unreadable") {
    return { state: "unreadable", confirmedAt: null, pausedUntil: null };
  }
  const fresh = isFresh(zone, report, { planFrom: now, planTo: now + 1, now });
  return {
    state: fresh ? "confirmed" : "lapsed",
    confirmedAt: formatInstant(zone, report.at),
    pausedUntil: report.pausedUntil,
  };
}

function objectionReply({ zone }: Moment, row: sql.ObjectionRow) {
  return {
    id: row.key,
    about: row.about,
    words: row.words,
    raisedAt: formatInstant(zone, row.raisedAt),
    answer: row.answer,
    answeredAt: row.answeredAt === null ? null : formatInstant(zone, row.answeredAt),
  };
}

function sentenceOf(
  partners: readonly PartnerState[],
  { unread, open }: { readonly unread: number; readonly open: number },
): string {
  if (partners.length === 0) return "There is no outreach partner yet.";
  const confirmed = partners.filter(({ state }) => state === "confirmed").length;
  const parts = [`${confirmed} of ${partners.length} partners have confirmed their calendar`];
  const leaving = partners.filter(({ erasedFrom }) => erasedFrom !== null).length;
  if (leaving > 0) parts.push(`${leaving} asked to leave`);
  if (unread > 0) parts.push(`${formatQuantity(unread, "new report")} that police came`);
  if (open > 0)
    parts.push(`${formatQuantity(open, "objection waits", "objections wait")} for an answer`);
  return `${parts.join("; ")}.`;
}
