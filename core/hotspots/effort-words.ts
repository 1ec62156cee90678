/* What is said of rates of patrol: the page needs it before any rate is worked out (effort.ts). */

/** Less patrol than this in a place, and a rate says nothing of it. */
export const fewestMinutes = 60;

type EffortStatus =
  | "known"
  /** Police were there for less than an hour in all. */
  | "too_few"
  /** Records, but no logged patrol: how long police looked is unknown. */
  | "unknown";

export interface CellEffort {
  readonly status: EffortStatus;
  readonly records: number;
  /** Logged patrol minutes. */
  readonly minutes: number;
  /** Finds per patrol hour, shrunk to the overall rate where data is thin; null unless known. */
  readonly rate: number | null;
  /** Exact interval of the cell's own rate; null unless known. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Lower bounds of the five classes of finds an hour: the same for any dates and hours. */
export const effortBreaks: readonly number[] = [0, 0.25, 0.5, 1, 2];

export function describeEffort(): string {
  return `records of police per logged hour of patrol, empirical Bayes (Marshall 1991) over the cells with at least ${fewestMinutes} minutes; 95% exact Poisson interval of the cell's own rate; none where no patrol was logged`;
}
