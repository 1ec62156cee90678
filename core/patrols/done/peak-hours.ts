import type { Interval } from "#core/patrols/ground/closed-time.ts";
import { hoursSpan } from "#core/patrols/ground/shift.ts";
import type { TaskKind } from "#core/patrols/wire/staffing.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { weekdayName } from "#core/time/words.ts";
import { addDays, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** What the team's time went to in a month, beside patrol by place. */
export interface TeamMonth {
  /** The different peak hours that held in the month. */
  readonly peakHours: readonly string[];
  /** Minutes of all units inside peak hours: due at approved stops, and spent on visits. */
  readonly peak: { readonly planned: number; readonly done: number };
  /** Minutes of all units on duty. */
  readonly duty: number;
  readonly tasks: readonly { readonly kind: TaskKind; readonly minutes: number }[];
}

interface DatedHours {
  /** A London date. */
  readonly date: string;
  readonly hours: string;
}

/** Fridays and Saturdays from `from` to `to`, at the core hours that held then; `core` by date. */
export function peakEvenings(
  zone: Zone,
  { from, to }: { readonly from: string; readonly to: string },
  { core, usual }: { readonly core: readonly DatedHours[]; readonly usual: string },
): (Interval & { readonly hours: string })[] {
  const found: (Interval & { readonly hours: string })[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (!["Friday", "Saturday"].includes(weekdayName(parseLocalDate(date)))) continue;
    const hours = core.findLast((row) => row.date <= date)?.hours ?? usual;
    const span = hoursSpan(zone, date, hours);
    if (span !== null) found.push({ ...span, hours });
  }
  return found;
}

export function minutesInside(stays: readonly Interval[], within: readonly Interval[]): number {
  const shared = stays.flatMap((stay) =>
    within.map(({ from, to }) => Math.min(to, stay.to) - Math.max(from, stay.from)),
  );
  return sumOf(shared.map((ms) => Math.max(0, ms) / minuteMs));
}

export function minutesOf(zone: Zone, rows: readonly DatedHours[]): number {
  const spans = rows.map(({ date, hours }) => hoursSpan(zone, date, hours));
  return sumOf(spans.map((span) => (span === null ? 0 : (span.to - span.from) / minuteMs)));
}
