import { tenFiveRule } from "#core/disclosure/rule.ts";
import {
  type BreakdownName,
  breakdownOf,
  breakdowns,
  type FunnelStage,
  funnelStages,
  type MeasureName,
  measureOf,
  partLabel,
  type SensitiveBreakdown,
} from "#core/outcomes/measures.ts";
import {
  isSamePeriod,
  type Period,
  partsTyped,
  type TypedTally,
  tallyLabel,
  typedFor,
} from "#core/outcomes/typed-tally.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** One fault and its fix; rows count from 1. */
export interface TallyFault {
  readonly row: number;
  readonly field: "measure" | "breakdown" | "part" | "from" | "to" | "value";
  readonly reason: string;
}

export interface TallyGround {
  /** Every total typed so far, less the replaced ones. */
  readonly stored: readonly TypedTally[];
  /** `YYYY-MM-DD`, London. */
  readonly asAt: string;
  /** Breakdowns with a recorded lawful basis in force. */
  readonly bases: readonly SensitiveBreakdown[];
}

/** Checks each total alone and with all others; all or none are kept. */
export function checkTallies(
  given: readonly TypedTally[],
  ground: TallyGround,
): readonly TallyFault[] {
  const all = [...ground.stored, ...given];
  const told = new Set<string>();
  return given.flatMap((tally, at) => {
    const row = at + 1;
    const own = [
      ...periodFaults(tally, ground.asAt),
      ...partFaults(tally),
      ...sensitiveFaults(tally, ground),
    ];
    if (own.length > 0) return own.map((fault) => ({ row, ...fault }));
    // A whole and its parts, or two stages, disagree: one mistake, reported at its first line only.
    const shared = [...sumFaults(tally, all), ...funnelFaults(tally, all)].filter(({ reason }) => {
      const slip = `${tally.from} ${tally.to} ${reason}`;
      const isNew = !told.has(slip);
      told.add(slip);
      return isNew;
    });
    return shared.map((fault) => ({ row, ...fault }));
  });
}

type Fault = Omit<TallyFault, "row">;

function periodFaults({ from, to }: Period, asAt: string): Fault[] {
  if (to < from) {
    return [
      {
        field: "to",
        reason: `The period ends on ${formatDate(to)}, before it starts on ${formatDate(from)}. Change one of them.`,
      },
    ];
  }
  return to > asAt
    ? [
        {
          field: "to",
          reason: `The period ends on ${formatDate(to)}, after today, ${formatDate(asAt)}. Enter the total when its period is over.`,
        },
      ]
    : [];
}

function partFaults({ measure, breakdown, part }: TypedTally): Fault[] {
  if (breakdown === null && part === null) return [];
  if (breakdown === null || part === null) {
    return [{ field: "part", reason: "Give both a breakdown and a part, or neither." }];
  }
  const { label, breakdowns: own } = measureOf(measure);
  if (!own.includes(breakdown)) {
    const known = own.length === 0 ? "It has no breakdown." : `Breakdowns: ${own.join(", ")}.`;
    return [
      { field: "breakdown", reason: `“${label}” is not broken down by ${breakdown}. ${known}` },
    ];
  }
  if (partLabel(breakdown, part) !== null) return [];
  const parts = Object.keys(breakdownOf(breakdown).parts).join(", ");
  return [{ field: "part", reason: `“${part}” is not one of its parts. The parts are ${parts}.` }];
}

function sensitiveFaults(tally: TypedTally, { bases }: TallyGround): Fault[] {
  const { breakdown, from, to, value } = tally;
  if (breakdown === null || !isSensitive(breakdown)) return [];
  const label = breakdowns[breakdown].label;
  if (!bases.includes(breakdown)) {
    return [
      {
        field: "breakdown",
        reason: `${label} cannot be entered: no lawful basis is recorded. An administrator can record one under Accounts.`,
      },
    ];
  }
  if (!isWholeYear({ from, to })) {
    return [
      {
        field: "to",
        reason: `${label} needs a whole year: from ${formatDate(from)} to ${formatDate(yearFrom(from))}.`,
      },
    ];
  }
  return value < tenFiveRule.threshold
    ? [
        {
          field: "value",
          reason: `${label} is accepted only as totals of ${tenFiveRule.threshold} or more. Remove this part.`,
        },
      ]
    : [];
}

export function isSensitive(breakdown: BreakdownName): breakdown is SensitiveBreakdown {
  return "isSensitive" in breakdowns[breakdown];
}

export function isWholeYear({ from, to }: Period): boolean {
  return to === yearFrom(from);
}

function yearFrom(from: string): string {
  const next = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
  // As the database adds a year: from 29 February it ends on 27 February, after 365 days.
  return from.endsWith("-02-29") ? `${next.slice(0, 4)}-02-27` : addDays(next, -1);
}

/** A whole is at least the sum of its parts; a sensitive breakdown leaves no small remainder. */
function sumFaults(tally: TypedTally, all: readonly TypedTally[]): Fault[] {
  const { measure } = tally;
  const wanted = tally.breakdown === null ? measureOf(measure).breakdowns : [tally.breakdown];
  const whole = typedFor(all, { measure, breakdown: null, part: null }, tally);
  if (whole === null) return [];
  return wanted.flatMap((breakdown): Fault[] => {
    const parts = partsTyped(all, { measure, breakdown }, tally);
    if (parts.size === 0) return [];
    const sum = [...parts.values()].reduce((total, value) => total + value, 0);
    if (sum > whole)
      return [{ field: "value", reason: sumWords({ measure, breakdown }, whole, sum) }];
    const left = whole - sum;
    return isSensitive(breakdown) && left > 0 && left < tenFiveRule.threshold
      ? [
          {
            field: "value",
            reason: `The parts by ${breakdownOf(breakdown).label.toLowerCase()} leave a count under ${tenFiveRule.threshold} of “${measureOf(measure).label}”. Remove one more part.`,
          },
        ]
      : [];
  });
}

function sumWords(
  { measure, breakdown }: { readonly measure: MeasureName; readonly breakdown: BreakdownName },
  whole: number,
  sum: number,
): string {
  const by = breakdownOf(breakdown).label.toLowerCase();
  return `“${measureOf(measure).label}” is ${whole}, but its parts by ${by} add up to ${sum}. Correct one of them.`;
}

function funnelFaults(tally: TypedTally, all: readonly TypedTally[]): Fault[] {
  const at = funnelStages.indexOf(tally.measure as FunnelStage);
  if (at === -1) return [];
  return funnelStages.flatMap((stage, other): Fault[] => {
    const value = typedFor(all, { measure: stage, breakdown: null, part: null }, tally);
    if (value === null || other === at) return [];
    const isTooMany = other < at ? tally.value > value : tally.value < value;
    if (!isTooMany) return [];
    const [later, earlier] =
      other < at ? [tally, { measure: stage, value }] : [{ measure: stage, value }, tally];
    return [
      {
        field: "value",
        reason: `${later.value} ${stageWord(later.measure)}, but only ${earlier.value} ${stageWord(earlier.measure)} in the same period. A stage cannot exceed the one before.`,
      },
    ];
  });
}

/** "booked" */
function stageWord(measure: MeasureName): string {
  return measure.split("_").at(-1) ?? measure;
}

export function doubledFaults(given: readonly TypedTally[]): readonly TallyFault[] {
  return given.flatMap((tally, at) => {
    const first = given.findIndex(
      (other) => tallyLabel(other) === tallyLabel(tally) && isSamePeriod(other, tally),
    );
    return first === at
      ? []
      : [
          {
            row: at + 1,
            field: "measure" as const,
            reason: `The same total is already in line ${first + 1}.`,
          },
        ];
  });
}
