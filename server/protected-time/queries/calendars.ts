import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import type { CalendarKnowledge } from "#core/protected-time/freshness.ts";
import { addDays, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";

interface When {
  readonly zone: Zone;
  readonly now: number;
}

/** By partner. */
export async function knownCalendars(
  tx: Transaction,
  moment: When,
): Promise<Map<string, CalendarKnowledge>> {
  const rows = await loadCalendars(tx, moment, sql`partner.left_at is null`);
  return new Map(rows.map((row) => [row.partnerId, row]));
}

export async function calendarOf(
  tx: Transaction,
  moment: When,
  partnerId: string,
): Promise<CalendarKnowledge> {
  const ofPartner = sql`partner.left_at is null and partner.id = ${partnerId}`;
  const [row] = await loadCalendars(tx, moment, ofPartner);
  return row ?? { report: null, knownUntil: null };
}

const calendarRow = z.object({
  partnerId: z.string(),
  knownUntil: date.nullable(),
  report: z
    .object({
      state: z.enum(["confirmed", "unreadable"]),
      at: z.number(),
      pausedUntil: date.nullable(),
    })
    .nullable(),
});

/**
 * Last statement on each partner's calendar that day: confirmations later on the as-at day count,
 * as the demonstration repeats its day; ties go by order of entry.
 */
function loadCalendars(tx: Transaction, { zone, now }: When, condition: Sql) {
  const endOfDay = new Date(zone.startOfDate(addDays(zone.dateOf(now), 1)));
  return tx.rows(
    calendarRow,
    sql`select partner.id as partner_id, calendar_known_until as known_until,
        report.state as report_state, reported_at as report_at, paused_until as report_paused_until
      from partner
      left join lateral (
        select state, reported_at, paused_until from calendar_report
        where calendar_report.partner_id = partner.id and reported_at < ${endOfDay}
        order by calendar_report.id desc limit 1
      ) as report on true
      where ${condition}
      order by partner.id`,
  );
}
