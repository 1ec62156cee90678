import type { PlaceFaultKind } from "#core/places/place-fault.ts";
import { type EventKind, kinds } from "#core/records/kinds.ts";
import type { UnplacedEvent } from "#core/records/read-row.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

/** Rows of one kind in one local month, and those of them without a place that can be used. */
export interface MonthCount {
  readonly kind: EventKind;
  /** `YYYY-MM` */
  readonly month: string;
  readonly rows: number;
  readonly unplaced: number;
}

export interface MonthTally {
  readonly placed: (event: UnplacedEvent) => void;
  /** A row that lies outside the area has a place all the same. */
  readonly refused: (event: UnplacedEvent, place: PlaceFaultKind | undefined) => void;
  readonly counts: () => MonthCount[];
}

export function createMonthTally(zone: Zone): MonthTally {
  const counts = new Map<
    string,
    { kind: EventKind; month: string; rows: number; unplaced: number }
  >();
  const months = new Map<number, string>();
  const monthOf = (at: number) => {
    const hour = Math.floor(at / hourMs);
    const known = months.get(hour);
    if (known !== undefined) return known;
    const month = zone.dateOf(at).slice(0, 7);
    months.set(hour, month);
    return month;
  };
  const countOf = ({ kind, startsAt, endsAt }: UnplacedEvent) => {
    const month = monthOf((startsAt + endsAt) / 2);
    const key = `${kind} ${month}`;
    const known = counts.get(key);
    if (known) return known;
    const made = { kind, month, rows: 0, unplaced: 0 };
    counts.set(key, made);
    return made;
  };
  return {
    placed: (event) => {
      countOf(event).rows += 1;
    },
    refused: (event, place) => {
      const count = countOf(event);
      count.rows += 1;
      if (place !== "outside") count.unplaced += 1;
    },
    counts: () => [...counts.values()],
  };
}

/** Of so few rows nothing is said. */
const leastRows = 20;

/** Most of its rows have no place: what it holds says nothing of how much happened. */
export function isUnknown({ rows, unplaced }: Pick<MonthCount, "rows" | "unplaced">): boolean {
  return rows >= leastRows && unplaced * 2 > rows;
}

const listedMonths = 6;

/** Which months of a file of reports are unknown; nothing of what police do, which no forecast reads. */
export function monthNotes(counts: readonly MonthCount[]): string[] {
  const found = pooled(counts.filter(({ kind }) => kinds[kind].by !== "police")).filter(isUnknown);
  if (found.length === 0) return [];
  const listed = found
    .slice(0, listedMonths)
    .map(
      ({ month, rows, unplaced }) =>
        `${formatMonth(month)} (${formatCount(unplaced)} of ${formatCount(rows)} rows)`,
    );
  const more = found.length - listed.length;
  const months = more > 0 ? `${listed.join(", ")} and ${more} more` : listed.join(", ");
  const [what, it] = found.length === 1 ? ["this month", "it"] : ["these months", "them"];
  return [
    `Most rows have no place in ${months}: ${what} will count as unknown, not as quiet, and forecasts and displacement leave ${it} out.`,
  ];
}

/** Of all kinds together, in their order. */
export function pooled(
  counts: readonly MonthCount[],
): { month: string; rows: number; unplaced: number }[] {
  const months = new Map<string, { month: string; rows: number; unplaced: number }>();
  for (const { month, rows, unplaced } of counts) {
    const known = months.get(month) ?? { month, rows: 0, unplaced: 0 };
    known.rows += rows;
    known.unplaced += unplaced;
    months.set(month, known);
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}
