import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { date } from "#core/contract/fields.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { datesOfWeeks, weeksToTell, wholeWeeks } from "#core/patrols/positions/whole-weeks.ts";
import type { RecordedBeside } from "#core/patrols/wire/debrief.ts";
import { addDays, minuteMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

/** What devices recorded beside planned stops, on the recorded days of whole weeks; null where there is none. */
export interface Recorded {
  readonly days: number;
  readonly minutes: number;
  /** Of one cell, with what was planned there on the same days. */
  readonly of: (cell: H3Cell) => RecordedBeside;
}

/**
 * Recorded minutes of the whole weeks within these days, as sums over all of them: never by the
 * hour, nor over a span that gives a day by subtraction, and independent of protected time
 * (SAFEGUARDS 5).
 */
export async function recordedBeside(
  tx: Transaction,
  zone: Zone,
  asked: { readonly from: string; readonly days: number; readonly asAt: string },
  stops: readonly Visit[],
): Promise<Recorded | null> {
  const span = { from: asked.from, before: addDays(asked.from, asked.days) };
  const recorded = await recordedDates(tx, span);
  const weeks = new Set(datesOfWeeks(weeksToTell(wholeWeeks(asked), recorded)));
  const dates = new Set(recorded.filter((day) => weeks.has(day)));
  if (dates.size === 0) return null;
  const rows = await recordedByCell(tx, [...dates]);
  const byCell = new Map(rows.map((row) => [row.cell, row]));
  const planned = new Map<H3Cell, number>();
  for (const { cell, arrive, depart } of stops) {
    if (!dates.has(zone.dateOf(arrive))) continue;
    planned.set(cell, (planned.get(cell) ?? 0) + (depart - arrive) / minuteMs);
  }
  return {
    days: dates.size,
    minutes: Math.round(rows.reduce((sum, { minutes }) => sum + minutes, 0)),
    of: (cell) => {
      const { minutes = 0, low = 0, high = 0 } = byCell.get(cell) ?? {};
      return {
        minutes: Math.round(minutes),
        low: Math.floor(low),
        high: Math.ceil(high),
        plannedMinutes: Math.round(planned.get(cell) ?? 0),
      };
    },
  };
}

const minutes = z.number();
const recordedCell = z.object({ cell: eventCell, minutes, low: z.number(), high: z.number() });

/**
 * Recorded minutes by cell of these days together. Bands of days and imports are independent, so their
 * squares add up; the upper one is never cut, and tells the width.
 */
function recordedByCell(tx: Transaction, dates: readonly string[]) {
  const sum = sql`sum(minutes::float8)`;
  const width = sql`sqrt(sum((high - minutes)::float8 ^ 2))`;
  return tx.rows(
    recordedCell,
    sql`select cell, ${sum} as minutes, greatest(0, ${sum} - ${width}) as low, ${sum} + ${width} as high
      from position_dose where day = any (${dates}::date[]) group by cell order by cell`,
  );
}

interface DateSpan {
  readonly from: string;
  readonly before: string;
}

const within = ({ from, before }: DateSpan) => sql`day >= ${from} and day < ${before}`;

/** Days that any import recorded. */
async function recordedDates(tx: Transaction, span: DateSpan): Promise<string[]> {
  const rows = await tx.rows(
    z.object({ day: date }),
    sql`select distinct day from position_day where ${within(span)} order by day`,
  );
  return rows.map(({ day }) => day);
}

/** Days before a date, and imports that have no day left; how many days went. */
export async function deleteOldPositionDays(tx: Transaction, before: string): Promise<number> {
  const gone = await tx.rows(
    z.object({}),
    sql`delete from position_day where day < ${before} returning 1`,
  );
  await tx.run(
    sql`delete from position_import
      where not exists (select from position_day where import_id = position_import.id)`,
  );
  return gone.length;
}
