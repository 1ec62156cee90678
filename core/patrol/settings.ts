/**
 * What the evidence of METHODS 2.9 asks for: stops of about 15 minutes (Koper 1995), at least two hours
 * apart, at most four a day, in an order that nobody can learn; sixteen a week, as in the London
 * Underground trial (4 x 15 minutes on four days).
 */
export interface PatrolSettings {
  readonly dwellMinutes: number;
  readonly visitsPerDay: number;
  /** Monday to Sunday. */
  readonly visitsPerWeek: number;
  /** From the end of one visit of a cell to the start of the next. */
  readonly revisitMinutes: number;
  /**
   * A stop reaches what is expected in its cell from its start until the next visit may come,
   * so that no expected report is counted twice.
   */
  readonly reachMinutes: number;
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
  /** Lengths that windows are cut from, before start and end are varied. */
  readonly blockMinutes: readonly number[];
  /** Starts and ends are moved inwards by up to this, from the seed. */
  readonly variationMinutes: number;
  readonly startStepMinutes: number;
  /** A unit needs this between two windows. */
  readonly travelMinutes: number;
  readonly walkingKmh: number;
  /** A window may hold no more than this beyond its stops and the walk between them. */
  readonly idleMinutes: number;
  /** A window reaches at least this share of the reports that the command expects in a week, */
  readonly leastShareOfWeek: number;
  /** or so many expected reports, where that is less. */
  readonly leastExpected: number;
  /** Its hours bring at least this many times what the mean hour of the week brings at its stops. */
  readonly leastTimesMeanHour: number;
}

export const patrolDefaults: PatrolSettings = {
  dwellMinutes: 15,
  visitsPerDay: 4,
  visitsPerWeek: 16,
  revisitMinutes: 120,
  reachMinutes: 120,
  shortestMinutes: 60,
  longestMinutes: 120,
  blockMinutes: [75, 105, 135],
  variationMinutes: 15,
  startStepMinutes: 30,
  travelMinutes: 15,
  walkingKmh: 4.8,
  idleMinutes: 20,
  leastShareOfWeek: 0.001,
  leastExpected: 1 / 52,
  leastTimesMeanHour: 1,
};

/** The hours of every evening that interviews keep out of, until a sergeant says others. */
export const usualCoreHours = "20:00-02:00";
