import type { Highs } from "highs";
import { createCredit } from "#core/patrols/candidates/credit.ts";
import { type Counts, demandEvents } from "#core/patrols/demand/demand-reports.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { defaultShifts, parseShift, shiftOccurrences } from "#core/patrols/ground/shift.ts";
import { demandFor, sightingsFor } from "#core/patrols/plan/plan.ts";
import type { EncounterWeight } from "#core/patrols/wire/encounters.ts";
import { encounterWeights } from "#core/patrols/wire/encounters.ts";
import { createRandom } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { isPatrolDemand, isSexWorkSighting } from "#core/records/event.ts";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { addDays, dayMs, tellsHour, type Zone } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { runPlanJob, type SolvedPlan } from "#server/patrols/solver/plan-job.ts";
import { planLimits } from "#server/patrols/solver/solver.ts";
import { placesOf } from "#server/places/places.ts";
import { loadEventColumns } from "#server/records/queries/events.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { atLeast, type BenchContext, type BenchLine, notAsked } from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";

/** Each is forecast from what was known at its start, and scored by what was then recorded. */
const months = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(
  (month) => `2021-${String(month).padStart(2, "0")}-01`,
);
const draws = 2_000;

interface Score {
  readonly coverage: number;
  /** While the patrol is there. */
  readonly encounters: number;
  /** From its arrival for as long as a stop has effect. */
  readonly near: number;
}

/** Weights on the demonstration's held-out months: what is given up, and what for. */
export async function benchEncounters({ say }: BenchContext): Promise<BenchLine[]> {
  const db = await openEmbedded({ folder: null, snapshot: await snapshotFile(say) });
  try {
    await migrate(db);
    const services = await testServices(db);
    await loadDemo(services, say);
    const { zone } = services;
    const { command: study } = await placesOf(services);
    const columns = await db.transaction(ownerActor, (tx) =>
      loadEventColumns(tx, { before: zone.startOfDate("2022-01-01") }),
    );
    const highs = await loadHighs();
    const told: Record<EncounterWeight, Score[]> = { none: [], some: [], strong: [] };
    const held: Record<EncounterWeight, Score[]> = { none: [], some: [], strong: [] };
    for (const month of months) {
      say(`Encounters: ${month}...`);
      const reports = { columns, asAt: zone.startOfDate(month), study };
      const forecasts = { demand: demandFor(reports, zone), seen: sightingsFor(reports, zone) };
      const after = {
        demand: recorded(columns, zone, month, isPatrolDemand),
        seen: recorded(columns, zone, month, isSexWorkSighting),
      };
      for (const weight of encounterWeights) {
        const plan = planOf(highs, zone, { month, weight, ...forecasts });
        told[weight].push(scoreOf(plan, zone, month, forecasts));
        held[weight].push(scoreOf(plan, zone, month, after));
      }
    }
    return (["some", "strong"] as const).flatMap((weight) => [
      line(`forecast, ${weight} weight`, told.none, told[weight], false),
      line(`held out, ${weight} weight`, held.none, held[weight], weight === "some"),
    ]);
  } finally {
    await db.close();
  }
}

type ByHour = Parameters<typeof createCredit>[0];

function planOf(
  highs: Highs,
  zone: Zone,
  given: {
    readonly month: string;
    readonly weight: EncounterWeight;
    readonly demand: ReturnType<typeof demandFor>;
    readonly seen: ReturnType<typeof demandFor>;
  },
): SolvedPlan {
  const { month, weight, demand, seen } = given;
  const frame = {
    request: { from: firstMonday(zone, month), days: 7, units: 2, shifts: shifts(), seed: 1 },
    earliest: 0,
    latest: null,
    closed: [],
    agreed: [],
    staffing: null,
    watch: [],
    settings: {},
    visits: [],
    history: { arrivals: [], halfHours: [] },
  };
  const encounters = weight === "none" ? null : { weight, sightings: seen };
  return runPlanJob(
    highs,
    { frame, demand, encounters },
    { zone, limits: planLimits, clock: () => performance.now() },
    { first: () => undefined, progress: () => undefined },
  );
}

function shifts() {
  return defaultShifts.map((text) => {
    const shift = parseShift(text);
    if (!shift.ok) throw new TypeError(shift.reason);
    return shift.value;
  });
}

function firstMonday(zone: Zone, month: string): string {
  let day = month;
  while (zone.hourOfWeek(zone.startOfDate(day)) !== 0) day = addDays(day, 1);
  return day;
}

/** Of a month, as the mean of its weeks. */
function recorded(columns: EventColumns, zone: Zone, month: string, counts: Counts): ByHour {
  const from = zone.startOfDate(month);
  const to = zone.startOfDate(`${addDays(month, 31).slice(0, 8)}01`);
  const events = demandEvents(columns, zone, { from, to }, counts);
  const cells = [...new Set(events.map(({ cell }) => cell))];
  const place = new Map(cells.map((cell, at) => [cell, at] as const));
  const rates = new Float64Array(cells.length * hoursOfWeek);
  const weeks = (to - from) / (7 * dayMs);
  for (const { cell, start, end, weight } of events) {
    if (!tellsHour(zone, start, end)) continue;
    for (const [hour, share] of aoristicWeights(zone, start, end)) {
      const at = (place.get(cell) ?? 0) * hoursOfWeek + hour;
      rates[at] = (rates[at] ?? 0) + (share * weight) / weeks;
    }
  }
  return { cells, rates };
}

function scoreOf(
  { windows }: SolvedPlan,
  zone: Zone,
  month: string,
  by: { readonly demand: ByHour; readonly seen: ByHour },
): Score {
  const span = { from: firstMonday(zone, month), days: 7 };
  const occurrences = shiftOccurrences(zone, span, shifts());
  const context = {
    zone,
    closed: createClosedTime([]),
    reachMinutes: patrolDefaults.reachMinutes,
    start: Math.min(...occurrences.map(({ start }) => start)),
    end: Math.max(...occurrences.map(({ end }) => end)),
  };
  const [demand, seen] = [createCredit(by.demand, context), createCredit(by.seen, context)];
  const stops = windows.flatMap((window) => window.stops);
  const sum = (of: (stop: (typeof stops)[number]) => number) =>
    stops.reduce((all, stop) => all + of(stop), 0);
  return {
    coverage: sum(({ cell, arrive }) => demand.reachedFrom(cell, arrive)),
    encounters: sum(({ cell, arrive, depart }) => seen.expectedIn(cell, arrive, depart)),
    near: sum(({ cell, arrive }) => seen.reachedFrom(cell, arrive)),
  };
}

function line(
  name: string,
  without: readonly Score[],
  under: readonly Score[],
  isAsked: boolean,
): BenchLine {
  const changeOf = (of: keyof Score, rows: readonly number[]) => {
    const total = (scores: readonly Score[]) =>
      rows.reduce((all, row) => all + (scores[row]?.[of] ?? 0), 0);
    return 100 * (1 - total(under) / total(without));
  };
  const all = [...under.keys()];
  const random = createRandom(1);
  const told = (of: keyof Score) => {
    const drawn = Array.from({ length: draws }, () =>
      changeOf(
        of,
        all.map(() => random.integer(all.length)),
      ),
    ).sort((a, b) => a - b);
    const [low, high] = [drawn[0.025 * draws] ?? Number.NaN, drawn[0.975 * draws] ?? Number.NaN];
    return `${changeOf(of, all).toFixed(1)}% (${low.toFixed(1)} to ${high.toFixed(1)})`;
  };
  const fewer = changeOf("encounters", all);
  return {
    work: `encounters on ${under.length} months of the demonstration, ${name}`,
    measured: `${told("encounters")} fewer encounters, ${told("coverage")} less coverage, ${told("near")} fewer sightings within two hours`,
    beside: "the same plans without weight",
    ratio: (1 - fewer / 100).toFixed(2),
    figure: isAsked ? atLeast(fewer, "% fewer encounters", 40) : notAsked(fewer, "% fewer"),
  };
}
