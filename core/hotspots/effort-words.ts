/* What is said of rates of patrol: the page needs it before any rate is worked out (effort.ts). */

/** Less patrol than this in a place, and a rate says nothing of it. */
export const fewestMinutes = 60;

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

/** Lower bounds of the five classes of finds an hour: the same for any dates and hours. */
export const effortBreaks: readonly number[] = [0, 0.25, 0.5, 1, 2];

/** The statement that stands beside every rate. */
export function describeEffort(): string {
  return `records of police per logged hour of patrol, empirical Bayes (Marshall 1991) over the cells with at least ${fewestMinutes} minutes; 95% exact Poisson interval of the cell's own rate; none where no patrol was logged`;
}
