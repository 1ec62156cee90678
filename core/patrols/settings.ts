import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/** How a unit gets from one place to the next. */
export interface Movement {
  readonly kmh: number;
  /** Locking a cycle, parking a vehicle: once for each way. */
  readonly setUpMinutes: number;
}

/**
 * What the evidence on hot-spot patrols asks for: stops of about 15 minutes (Koper 1995), at least two hours
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
  /** Between two windows of one unit, beside the way: notes, water, a look at the radio. */
  readonly restMinutes: number;
  readonly modes: Readonly<Record<PatrolMode, Movement>>;
  /** Streets are longer than the straight line between two windows by this. */
  readonly detour: number;
  /** To and from a fixed task or an interview, whose place nobody said. */
  readonly travelMinutes: number;
  /**
   * What the second, third and fourth visit of a cell in one shift lose, as shares of what a visit is
   * worth there in that shift on average: the first visit is seen by most of those it is to be seen by.
   */
  readonly repeatLoss: readonly number[];
  /** A window may hold no more than this beyond its stops and the way between them. */
  readonly idleMinutes: number;
  /** A window reaches at least so many expected reports, */
  readonly leastExpected: number;
  /** or this share of what the best window reaches, where that is less. */
  readonly leastOfBest: number;
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

/** A plan that is proven to be within this share of the best is good enough. */
export const closeEnough = 0.01;

/** The hours of every evening that interviews keep out of, until a sergeant says others. */
export const usualCoreHours = "20:00-02:00";
