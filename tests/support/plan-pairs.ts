import { createHash } from "node:crypto";
import type { Highs } from "highs";
import { type H3Cell, parentCell } from "#core/geo/cell.ts";
import { type Demand, forecastDemand } from "#core/patrols/demand/demand.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/ground/settings.ts";
import { shiftOccurrences } from "#core/patrols/ground/shift.ts";
import type { Squad } from "#core/patrols/ground/squad.ts";
import type { ClosedStretch, PatrolWindow } from "#core/patrols/ground/window.ts";
import { assignUnits, describeAssigned } from "#core/patrols/plan/finish.ts";
import { planForDemand } from "#core/patrols/plan/plan.ts";
import { varyArrivals } from "#core/patrols/plan/vary.ts";
import { unitOf } from "#core/patrols/wire/unit.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { type Closure, mergeClosures } from "#core/protected-time/protected.ts";
import { createRandom, type Random } from "#core/random.ts";
import {
  createZone,
  dayMs,
  formatInstant,
  formatLocalDate,
  hourMs,
  minuteMs,
  parseLocalDate,
} from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { type RawRow, typedQueries } from "#server/db/rows.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { lineOf } from "#server/patrols/replies.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { asStored } from "#tests/support/checker-session.ts";
import { brokenRules } from "#tests/support/plan-rules.ts";
import { scenarioColumns, scenarioStudy } from "#tests/support/plan-scenario.ts";
import { type RandomCalendar, randomCalendar } from "#tests/support/random-calendar.ts";

const london = createZone("Europe/London");

/** Many more windows, and so more to go wrong, than where each must be worth something. */
export const noFloor: PatrolSettings = {
  ...patrolDefaults,
  leastExpected: 0,
  leastTimesMeanHour: 0,
};

export interface PairSummary {
  /** Overlaps that the independent checker found, and broken rules: must be empty. */
  readonly faults: readonly string[];
  readonly plans: number;
  readonly windows: number;
  /** Of these, of patrol partners. */
  readonly ofPartners: number;
  /** Plans whose arrival times were varied, away from those of the weeks before. */
  readonly variedPlans: number;
  /** Plans that touch protected time when the planner is not told of it: shows that the check can fail. */
  readonly unprotectedOverlaps: number;
  /** Plans in whose time the clocks change. */
  readonly overClockChange: number;
  /** Of all windows that were planned. */
  readonly fingerprint: string;
}

let demand: Demand | null = null;

/** There are fewer calendars with partners, and some must be planned blindly. */
const blindEvery = ({ withPartners }: { readonly withPartners?: boolean }) =>
  withPartners ? 2 : 10;

/** Random calendars, a plan for each, and the independent checker over every window of it. */
export async function checkRandomPairs(
  range: { readonly from: number; readonly count: number; readonly withPartners?: boolean },
  highs: Highs,
): Promise<PairSummary> {
  demand ??= fewZonesDemand(6);
  const faults: string[] = [];
  let windows = 0;
  let ofPartners = 0;
  let variedPlans = 0;
  let unprotectedOverlaps = 0;
  let overClockChange = 0;
  const fingerprint = createHash("sha256");
  for (let seed = range.from; seed < range.from + range.count; seed += 1) {
    const calendar = randomCalendar(seed);
    const ask = randomAsk(createRandom(seed + 1_000_003), calendar);
    const closed = closedDuring(calendar, ask);
    const settings = seed % 5 === 1 ? patrolDefaults : noFloor;
    const staffing = range.withPartners ? partnersOnDuty(seed, ask) : null;
    const trial = { demand, ask, closed, settings, staffing };
    const plan = planFor({ ...trial, highs: seed % 20 < 2 ? highs : null });
    const agreed = plan.filter((_, index) => (index + seed) % 2 === 0);
    const again = seed % 4 === 0 ? planFor({ ...trial, agreed }) : [];
    faults.push(...labelled(`seed ${seed}`, await faultsOf(calendar, ask, plan, staffing)));
    const both = await faultsOf(calendar, ask, [...agreed, ...again], staffing);
    faults.push(...labelled(`seed ${seed}, planned again`, both));
    const varied = seed % 3 === 0 ? planFor({ ...trial, usual: plan }) : plan;
    faults.push(
      ...labelled(`seed ${seed}, varied`, await faultsOf(calendar, ask, varied, staffing)),
    );
    variedPlans += Number(timesOf(varied) !== timesOf(plan));
    windows += plan.length;
    ofPartners += plan.filter(({ patrolPartner }) => patrolPartner).length;
    fingerprint.update(JSON.stringify(plan.map(({ start, end, stops }) => [start, end, stops])));
    if (london.changes.some(({ at }) => at > ask.from && at < ask.to)) overClockChange += 1;
    unprotectedOverlaps += seed % blindEvery(range) === 0 ? await blindly(calendar, trial) : 0;
  }
  return {
    faults,
    plans: range.count,
    windows,
    ofPartners,
    variedPlans,
    unprotectedOverlaps,
    overClockChange,
    fingerprint: fingerprint.digest("hex"),
  };
}

async function blindly(calendar: RandomCalendar, trial: PlanTrial): Promise<number> {
  const overlaps = await overlapsOf(calendar, planFor({ ...trial, closed: [] }));
  return overlaps.length > 0 ? 1 : 0;
}

function labelled(label: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `${label}: ${fault}`);
}

async function faultsOf(
  calendar: RandomCalendar,
  { units }: Ask,
  plan: readonly PatrolWindow[],
  staffing: PlanStaffing | null,
): Promise<string[]> {
  const overlaps = await overlapsOf(calendar, plan);
  const { squads = [], duties = [] } = staffing ?? {};
  return [
    ...overlaps.map((id) => `window ${id} touches protected time`),
    // Gaps and caps hold over both kinds together.
    ...brokenRules(plan, {
      zone: london,
      units: Math.max(units, ...duties.map((one) => one.unit)),
    }),
    ...plan.flatMap((window) => brokenSquad(window, { units, squads, duties })),
  ];
}

/** A partner's window is of its own units and inside its own area, and no other is. */
function brokenSquad(
  { patrolPartner, unit, start, end, stops }: PatrolWindow,
  given: {
    readonly units: number;
    readonly squads: readonly Squad[];
    readonly duties: PlanStaffing["duties"];
  },
): string[] {
  const duty = given.duties.find((one) => one.unit === unit);
  if ((duty?.patrolPartner ?? null) !== (patrolPartner ?? null))
    return [`unit ${unit} is not theirs`];
  const isOn = !duty || (duty.from <= start && end <= duty.to);
  const cells = given.squads.find((one) => one.patrolPartner === patrolPartner)?.cells;
  return [
    ...(isOn ? [] : [`unit ${unit} is not on duty`]),
    ...stops.flatMap(({ cell }) => (!cells || cells.has(cell) ? [] : [`${cell} is outside`])),
  ];
}

/** Wardens with two units in a part of the area and marshals with one anywhere, each at its own pace. */
function partnersOnDuty(seed: number, { request, from, to }: Ask): PlanStaffing {
  const random = createRandom(seed + 2_000_003);
  const zones = [...new Set(demand?.cells.map((cell) => parentCell(cell, 9)))];
  const own = new Set(zones.filter(() => random.next() < 0.6));
  const cells = new Set(demand?.cells.filter((cell) => own.has(parentCell(cell, 9))));
  const squads = [
    { patrolPartner: "wardens", number: 1, kmh: 3 + random.integer(3), cells },
    { patrolPartner: "marshals", number: 2, kmh: 4, cells: null },
  ];
  const duties = ["wardens", "wardens", "marshals"].map((patrolPartner, at) => {
    const span = { from: from + random.integer(2) * hourMs, to };
    return {
      date: request.from,
      mode: "foot" as const,
      patrolPartner,
      unit: unitOf(patrolPartner === "marshals" ? 2 : 1, at + 1),
      ...span,
      free: [span],
    };
  });
  return { dates: [], duties, squads };
}

export interface Ask {
  readonly request: {
    readonly from: string;
    readonly days: number;
    readonly units: number;
    readonly shifts: readonly { readonly startMinute: number; readonly endMinute: number }[];
    readonly seed: number;
  };
  readonly units: number;
  readonly from: number;
  readonly to: number;
}

/** A shift of three to five hours: mostly around some session's visit, else any time of that week. */
export function randomAsk(random: Random, calendar: RandomCalendar): Ask {
  const visit = randomVisit(random, calendar);
  const local = visit
    ? london.toLocal(visit.startsAt) - random.integer(4 * 60) * minuteMs
    : parseLocalDate(calendar.week) + random.integer(7 * 24) * hourMs;
  const startMinute = Math.floor((((local % dayMs) + dayMs) % dayMs) / minuteMs / 15) * 15;
  const endMinute = (startMinute + (3 + random.integer(3)) * 60) % 1440;
  const request = {
    from: formatLocalDate(local),
    days: 1,
    units: 1 + random.integer(3),
    shifts: [{ startMinute, endMinute }],
    seed: random.integer(1_000_000),
  };
  const occurrences = shiftOccurrences(london, request, request.shifts);
  const from = Math.min(...occurrences.map((one) => one.start));
  const to = Math.max(...occurrences.map((one) => one.end)) + 2 * hourMs;
  return { request, units: request.units, from, to };
}

function randomVisit(random: Random, { week, partners }: RandomCalendar): Occurrence | undefined {
  const from = london.startOfDate(week);
  const visits = partners
    .flatMap((partner) => partner.places)
    .flatMap((place) => place.sessions)
    .flatMap((session) => occurrencesBetween(london, session, { from, to: from + 8 * dayMs }));
  return random.next() < 0.9 ? visits[random.integer(visits.length)] : undefined;
}

/** What the server would read from the stored sessions, merged as it merges them. */
export function closedDuring(calendar: RandomCalendar, span: Ask): ClosedStretch[] {
  const closures: Closure[] = [];
  for (const { cells, sessions } of calendar.partners.flatMap((partner) => partner.places)) {
    for (const session of sessions) {
      for (const visit of occurrencesBetween(london, session, span)) {
        closures.push({ cells, from: visit.closedFrom, to: visit.closedTo });
      }
    }
  }
  return mergeClosures(closures, span);
}

/** Nobody said who is on duty, no edge is watched, nothing else is asked for. */
export const plain = { staffing: null, watch: [], settings: {} };

interface PlanTrial {
  readonly demand: Demand;
  readonly ask: Ask;
  readonly closed: readonly ClosedStretch[];
  readonly settings: PatrolSettings;
  /** Null or absent: the greedy plan alone. */
  readonly highs?: Highs | null;
  readonly agreed?: readonly PatrolWindow[];
  readonly staffing?: PlanStaffing | null;
  /** What patrols did at these times in weeks before: arrival times are then varied away from them. */
  readonly usual?: readonly PatrolWindow[];
}

function timesOf(windows: readonly PatrolWindow[]): string {
  return JSON.stringify(windows.flatMap(({ stops }) => stops));
}

function planFor({
  demand,
  ask: { request },
  closed,
  settings,
  highs = null,
  agreed = [],
  staffing = null,
  usual,
}: PlanTrial): readonly PatrolWindow[] {
  const visits = agreed.flatMap((window) => window.stops);
  const stops = usual?.flatMap((window) => window.stops) ?? [];
  const history = usual ? { arrivals: [...stops, ...stops], halfHours: [] } : null;
  const given = { request, earliest: 0, latest: null, closed, agreed, visits, history };
  const input = { ...given, ...plain, staffing };
  const prepared = planForDemand(demand, input, london, settings);
  const quiet = () => undefined;
  const limits = { gap: 0.01, seconds: 600 };
  const chosen = highs
    ? solvePlan(highs, prepared, limits, quiet, () => performance.now()).chosen
    : prepared.greedy;
  const assigned = assignUnits(prepared, chosen);
  const { variation, travel } = prepared;
  const varied = variation ? varyArrivals(assigned, variation, travel) : assigned;
  return describeAssigned(prepared, varied, london).windows;
}

export async function overlapsOf(
  calendar: RandomCalendar,
  windows: readonly PatrolWindow[],
): Promise<readonly (string | number)[]> {
  if (windows.length === 0) return [];
  const stored = calendar.partners
    .flatMap((partner) => partner.places)
    .flatMap(({ cells, sessions }) => sessions.map((session) => asStored(session, cells)));
  const tx: Transaction = {
    ...typedQueries(async () => stored as unknown as RawRow[], london),
    query: async <Row>() => stored as Row[],
    tryQuery: async <Row>() => stored as Row[],
    commitWith: async <Row>() => stored as Row[],
    script: async () => undefined,
    through: (_door, work) => work(tx),
  };
  const verdict = await checkPlan(tx, london.name, {
    windows: windows.map(({ start, end, stops, legs }, id) => ({
      id,
      start: formatInstant(london, start),
      end: formatInstant(london, end),
      stops: stops.map(({ cell }) => ({ cell })),
      ...(legs ? { legs: legs.map(({ line }) => ({ line: lineOf(line) })) } : {}),
    })),
  });
  return verdict.overlaps;
}

/** The busiest zones only: a plan among them is made in milliseconds. */
export function fewZonesDemand(count: number): Demand {
  const asAt = london.startOfDate("2021-11-26");
  const demand = forecastDemand(scenarioColumns(london, { seed: 7, count: 600, asAt }), {
    zone: london,
    asAt,
    study: scenarioStudy(),
  });
  const rateOf = (index: number) =>
    demand.rates
      .subarray(index * hoursOfWeek, (index + 1) * hoursOfWeek)
      .reduce((all, rate) => all + rate, 0);
  const zones = new Map<H3Cell, number>();
  demand.cells.forEach((cell, index) => {
    const zone = parentCell(cell, 9);
    zones.set(zone, (zones.get(zone) ?? 0) + rateOf(index));
  });
  const kept = new Set(
    [...zones]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([zone]) => zone),
  );
  const indices = [...demand.cells.keys()].filter((index) =>
    kept.has(parentCell(demand.cells[index] as H3Cell, 9)),
  );
  const { spread, ...byCell } = demand.doubt;
  const ofKept = (values: Float64Array) =>
    Float64Array.from(indices, (index) => values[index] as number);
  return {
    ...demand,
    doubt: {
      spread,
      support: ofKept(byCell.support),
      ownHours: ofKept(byCell.ownHours),
      nearHours: ofKept(byCell.nearHours),
      borrowed: ofKept(byCell.borrowed),
    },
    cells: indices.map((index) => demand.cells[index] as H3Cell),
    rates: Float64Array.from(
      indices.flatMap((index) => [
        ...demand.rates.subarray(index * hoursOfWeek, (index + 1) * hoursOfWeek),
      ]),
    ),
    recent: Uint32Array.from(indices, (index) => demand.recent[index] ?? 0),
    known: Uint32Array.from(indices, (index) => demand.known[index] ?? 0),
  };
}
