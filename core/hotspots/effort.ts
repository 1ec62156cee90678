import type { StudySet } from "#core/places/study-set.ts";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { poissonInterval } from "#core/stats/interval.ts";

/** Less patrol than this in a place, and a rate says nothing of it. */
export const fewestMinutes = 60;
/** Two-sided, of the interval. */
const intervalLevel = 0.05;

type EffortStatus =
  /** A rate can be told. */
  | "known"
  /** Police were there for less than an hour in all. */
  | "too_few"
  /** Records, but no logged patrol: nobody knows how long police looked. */
  | "unknown";

/** What police found in a cell against how long they were there. */
export interface CellEffort {
  readonly status: EffortStatus;
  readonly records: number;
  /** Logged patrol minutes. */
  readonly minutes: number;
  /** Per hour of patrol, drawn towards the rate of all where there is little to go by; null unless known. */
  readonly rate: number | null;
  /** Exact interval of the cell's own rate; null unless known. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Null for cells with neither records nor patrol. */
export function effortByCell(
  study: StudySet,
  records: ArrayLike<number>,
  minutes: ArrayLike<number>,
): readonly (CellEffort | null)[] {
  const hours = Float64Array.from(minutes, (value) => (value < fewestMinutes ? 0 : value / 60));
  const rates = empiricalBayesRates(records, hours);
  return study.cells.map((_, cell) => {
    const own = { records: records[cell] as number, minutes: minutes[cell] as number };
    if (own.minutes === 0) {
      return own.records === 0 ? null : { ...own, ...untold, status: "unknown" };
    }
    if (own.minutes < fewestMinutes) return { ...own, ...untold, status: "too_few" };
    const { low, high } = poissonInterval(own.records, intervalLevel);
    const ownHours = hours[cell] as number;
    return {
      ...own,
      status: "known",
      rate: rates[cell] ?? null,
      low: low / ownHours,
      high: high / ownHours,
    };
  });
}

const untold = { rate: null, low: null, high: null } as const;

/** Lower bounds of the five classes of finds an hour: the same for any dates and hours. */
export const effortBreaks: readonly number[] = [0, 0.25, 0.5, 1, 2];

/** The statement that stands beside every rate. */
export function describeEffort(): string {
  return `records of police per logged hour of patrol, empirical Bayes (Marshall 1991) over the cells with at least ${fewestMinutes} minutes; 95% exact Poisson interval of the cell's own rate; none where no patrol was logged`;
}
