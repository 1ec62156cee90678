import {
  type PlaceFaultKind,
  type PlaceMethod,
  placeFaultKinds,
  placeFaultWords,
  placeMethods,
  placeMethodWords,
} from "#core/places/place-fault.ts";
import { type EventKind, kinds } from "#core/records/kinds.ts";
import type { UnplacedEvent } from "#core/records/read-row.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

export interface PlaceCounts {
  readonly placed: Readonly<Partial<Record<PlaceMethod, number>>>;
  readonly refused: Readonly<Partial<Record<PlaceFaultKind, number>>>;
}

/** In words; empty where every row had a point. */
export function placeNotes({ placed, refused }: PlaceCounts): string[] {
  const because = placeFaultKinds.filter((kind) => refused[kind]);
  const reasons = because.map(
    (kind) => `${formatCount(refused[kind] ?? 0)} ${placeFaultWords[kind]}`,
  );
  const isInexact = placeMethods.some((method) => method !== "point" && placed[method]);
  return [
    ...(isInexact ? [`Placed: ${methodWords(placed, placeMethods)}.`] : []),
    ...(reasons.length > 0 ? [`Refused for their place: ${reasons.join(", ")}.`] : []),
  ];
}

/** Stored events without a point; null where each had one. */
export function inexactWords(placed: PlaceCounts["placed"]): string | null {
  const words = methodWords(
    placed,
    placeMethods.filter((method) => method !== "point"),
  );
  return words === "" ? null : `Not placed by a point: ${words}.`;
}

const methodWords = (placed: PlaceCounts["placed"], methods: readonly PlaceMethod[]) =>
  methods
    .filter((method) => placed[method])
    .map((method) => `${formatCount(placed[method] ?? 0)} ${placeMethodWords[method]}`)
    .join(", ");

export interface MonthCount {
  readonly kind: EventKind;
  /** `YYYY-MM` */
  readonly month: string;
  readonly rows: number;
  readonly unplaced: number;
}

export function createMonthTally(zone: Zone) {
  const counts = new Map<string, { -readonly [Name in keyof MonthCount]: MonthCount[Name] }>();
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
    placed: (event: UnplacedEvent) => {
      countOf(event).rows += 1;
    },
    /** A row outside the area still has a place. */
    refused: (event: UnplacedEvent, place: PlaceFaultKind | undefined) => {
      const count = countOf(event);
      count.rows += 1;
      if (place !== "outside") count.unplaced += 1;
    },
    counts: (): MonthCount[] => [...counts.values()],
  };
}

/** With fewer rows, no statement. */
const leastRows = 20;

/** Most rows have no place: their number says nothing about the month's events. */
export function isUnknown({ rows, unplaced }: Pick<MonthCount, "rows" | "unplaced">): boolean {
  return rows >= leastRows && unplaced * 2 > rows;
}

const listedMonths = 6;

/** Unknown months in a file of reports; police kinds are ignored, as no forecast reads them. */
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

function pooled(counts: readonly MonthCount[]): Omit<MonthCount, "kind">[] {
  const months = new Map<string, Omit<MonthCount, "kind">>();
  for (const { month, ...count } of counts) {
    const { rows, unplaced } = months.get(month) ?? { rows: 0, unplaced: 0 };
    const both = { rows: rows + count.rows, unplaced: unplaced + count.unplaced };
    months.set(month, { month, ...both });
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}
