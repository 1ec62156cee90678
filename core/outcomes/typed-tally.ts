import {
  type BreakdownName,
  breakdownOf,
  type MeasureName,
  measureOf,
  partLabel,
} from "#core/outcomes/measures.ts";
import type { StoredTallyReply } from "#core/outcomes/wire/tallies.ts";

export interface TypedTally extends StandingTally {
  readonly value: number;
}

/** London dates, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Null once withdrawn. Its period stays taken, in its place in the order. */
export type StandingTally = Pick<
  StoredTallyReply,
  "measure" | "breakdown" | "part" | "from" | "to" | "value"
>;

export type TallyKey = Omit<StandingTally, "value">;

export function isInForce(tally: StandingTally): tally is TypedTally {
  return tally.value !== null;
}

export function isSamePeriod(a: Period, b: Period): boolean {
  return a.from === b.from && a.to === b.to;
}

export function isSameTally(a: TallyKey, b: TallyKey): boolean {
  return (
    a.measure === b.measure &&
    a.breakdown === b.breakdown &&
    a.part === b.part &&
    isSamePeriod(a, b)
  );
}

/** "Cautions"; "People identified by police as sex workers, where they live: outside the region" */
export function tallyLabel({ measure, breakdown, part }: Omit<TallyKey, "from" | "to">): string {
  const { label } = measureOf(measure);
  if (breakdown === null || part === null) return label;
  const by = breakdownOf(breakdown).label;
  return `${label}, ${lowered(by)}: ${lowered(partLabel(breakdown, part) ?? part)}`;
}

/** Within a sentence; names in it keep their capitals. */
function lowered(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** Typed for exactly this period and not withdrawn; else null. */
export function typedFor(
  tallies: readonly StandingTally[],
  { measure, breakdown, part }: Omit<TallyKey, "from" | "to">,
  { from, to }: Period,
): number | null {
  const key = { measure, breakdown, part, from, to };
  return tallies.find((tally) => isSameTally(tally, key))?.value ?? null;
}

/** By part name; parts not typed, or withdrawn, are missing. */
export function partsTyped(
  tallies: readonly StandingTally[],
  { measure, breakdown }: { readonly measure: MeasureName; readonly breakdown: BreakdownName },
  period: Period,
): Map<string, number> {
  return new Map(
    tallies.flatMap((tally) =>
      tally.measure === measure &&
      tally.breakdown === breakdown &&
      tally.part !== null &&
      isInForce(tally) &&
      isSamePeriod(tally, period)
        ? [[tally.part, tally.value] as const]
        : [],
    ),
  );
}
