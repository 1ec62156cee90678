import type { PatrolMode } from "#core/patrols/wire/plan.ts";

export interface Movement {
  readonly kmh: number;
  /** Locking a cycle, parking a vehicle: once for each way. */
  readonly setUpMinutes: number;
}

/**
 * From the evidence on hot-spot patrols: stops of about 15 minutes (Koper 1995), at least two hours
 * apart, at most four a day, unpredictably ordered; sixteen a week, as in the London Underground
 * trial (4 x 15 minutes on four days).
 */
export interface PatrolSettings {
  readonly dwellMinutes: number;
  readonly visitsPerDay: number;
  /** Monday to Sunday. */
  readonly visitsPerWeek: number;
  /** From the end of one visit of a cell to the start of the next. */
  readonly revisitMinutes: number;
  /**
   * A stop covers the reports expected in its cell from its start until the next visit may come, so
   * that none is counted twice.
   */
  readonly reachMinutes: number;
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
  /** Lengths that windows are cut from, before start and end are varied. */
  readonly blockMinutes: readonly number[];
  /** Starts and ends are moved inwards by up to this, from the seed. */
  readonly variationMinutes: number;
  readonly startStepMinutes: number;
  /** Between two windows of one unit, besides travel: notes, water, a look at the radio. */
  readonly restMinutes: number;
  readonly modes: Readonly<Record<PatrolMode, Movement>>;
  /** Factor of street distance over the straight line between windows. */
  readonly detour: number;
  /** To and from a fixed task or an interview, whose place is unknown. */
  readonly travelMinutes: number;
  /**
   * Loss of the second, third and fourth visit of a cell in one shift, as shares of a visit's
   * average worth there in that shift: most people whom a visit can reach see the first.
   */
  readonly repeatLoss: readonly number[];
  /** Most time in a window beyond its stops and the way between them. */
  readonly idleMinutes: number;
  /** Least expected reports of a window, */
  readonly leastExpected: number;
  /** or this share of the best window's, if less. */
  readonly leastOfBest: number;
  /** Least ratio of its hours to the mean hour of the week at its stops. */
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
  restMinutes: 10,
  modes: {
    foot: { kmh: 4.8, setUpMinutes: 0 },
    cycle: { kmh: 12, setUpMinutes: 1 },
    vehicle: { kmh: 20, setUpMinutes: 3 },
  },
  detour: 1.3,
  travelMinutes: 15,
  repeatLoss: [0.25, 0.5, 0.75],
  idleMinutes: 20,
  leastExpected: 1 / 52,
  leastOfBest: 1 / 4,
  leastTimesMeanHour: 1,
};

/** Accepted gap to the proven bound. */
export const closeEnough = 0.01;

/** Evening hours without interviews, until a sergeant sets others. */
export const usualCoreHours = "20:00-02:00";

/** A patrol that begins within these hours is tonight's: its loss is called off on screens, and phones are told. */
export const tonightHours = 12;
