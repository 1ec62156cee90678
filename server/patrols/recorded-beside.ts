import { datesOfWeeks, weeksToTell, wholeWeeks } from "#core/patrols/positions/whole-weeks.ts";
import type { Visit } from "#core/patrols/window.ts";
import type { RecordedBeside } from "#core/patrols/wire/debrief.ts";
import { addDays, minuteMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { recordedByCell, recordedDates } from "#server/patrols/queries/position-dose.ts";

/** What devices recorded beside planned stops, on the recorded days of whole weeks; null where there is none. */
export interface Recorded {
  readonly days: number;
  readonly minutes: number;
  /** Of one cell, with what was planned there on the same days. */
  readonly of: (cell: string) => RecordedBeside;
}

/**
 * Recorded minutes of the whole weeks within these days, as sums over all of them: never by the hour, of no span that
 * gives a day when it is taken from another, and the same whatever was protected there (SAFEGUARDS 5).
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
  const dates = new Set(recorded.filter((date) => weeks.has(date)));
  if (dates.size === 0) return null;
  const rows = await recordedByCell(tx, [...dates]);
  const byCell = new Map(rows.map((row) => [row.cell as string, row]));
  const planned = new Map<string, number>();
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
