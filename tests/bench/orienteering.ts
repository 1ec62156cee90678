import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { H3Cell } from "#core/geo/cell.ts";
import { planOptions } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { SearchedPlan } from "#core/patrols/plan/plan.ts";
import { createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { planRows } from "#core/patrols/solve/rows.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { planLimits } from "#server/patrols/solver/solver.ts";
import {
  atLeast,
  type BenchContext,
  type BenchLine,
  processorTime as clock,
  notAsked,
} from "#tests/bench/timing.ts";

/** A folder with the instances (`c101.txt`, ...) and `best-known.csv`: name, then the best value of 1, 2, 3 and 4 paths. */
const folder = process.env["BOXSTER_TOPTW"];
const usual = ["c101", "r101", "rc101"];

/** The planner beside published values of the team orienteering problem with time windows. */
export async function benchOrienteering({ say }: BenchContext): Promise<BenchLine[]> {
  const work = "planner beside the best known of Solomon's instances";
  if (!folder) {
    const measured = "skipped: BOXSTER_TOPTW names no folder";
    return [{ work, measured, beside: "", ratio: "", figure: notAsked(null, "of the best") }];
  }
  const best = bestKnown(await readFile(path.join(folder, "best-known.csv"), "utf8"));
  const highs = await loadHighs();
  const lines: BenchLine[] = [];
  for (const instance of await readOrienteering(folder)) {
    if (!usual.includes(instance.name)) continue;
    for (const paths of [1, 2, 3, 4]) {
      say(`Plan: ${instance.name} with ${paths} paths...`);
      const known = best.get(instance.name)?.[paths - 1] ?? Number.NaN;
      const plan = orienteeringPlan(instance, paths, { step: 1, seed: 1 });
      const limits = { gap: 0, seconds: planLimits.seconds };
      const { chosen, objective } = solvePlan(highs, plan, limits, () => undefined, clock);
      if (plan.crewPlan.clash(chosen) !== null) throw new Error("More paths than there are");
      lines.push({
        work: `${work}: ${instance.name}, ${paths} paths`,
        measured: `${objective}`,
        beside: `${known}`,
        ratio: (objective / known).toFixed(3),
        figure: atLeast(objective / known, "of the best", 0.95),
      });
    }
  }
  return lines;
}

function bestKnown(text: string): Map<string, readonly number[]> {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return new Map(rows.map(([name = "", ...values]) => [name, values.map(Number)]));
}

const london = createZone("Europe/London");
/** A customer is never visited again. */
const settings = { ...patrolDefaults, revisitMinutes: 10_000, restMinutes: 0 };
const onceEach = {
  zone: london,
  credit: { reachedFrom: () => 0, expectedIn: () => 0 },
  dose: createDoseLedger([], london, settings),
  settings,
};

/** A place to be visited once: times in the instance's units, which stand for minutes. */
interface Customer {
  readonly x: number;
  readonly y: number;
  readonly stay: number;
  readonly score: number;
  /** Earliest and latest start of the visit. */
  readonly opens: number;
  readonly closes: number;
}

interface Orienteering {
  readonly name: string;
  /** Where every path begins and ends: it closes when the last one must be back. */
  readonly depot: Customer;
  readonly customers: readonly Customer[];
}

/** Solomon's instances in the form of Righini and Salani (2009): number, x, y, stay, score, ..., opens, closes. */
async function readOrienteering(folder: string): Promise<Orienteering[]> {
  const names = (await readdir(folder)).filter((name) => /^r?c?\d+\.txt$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const lines = (await readFile(path.join(folder, name), "utf8")).trim().split(/\r?\n/);
      const [depot, ...customers] = lines.slice(2).map(customerOf);
      if (!depot || customers.some(({ closes }) => !(closes >= 0))) {
        throw new TypeError(`${name} is no instance of the team orienteering problem`);
      }
      return { name: path.basename(name, ".txt"), depot, customers };
    }),
  );
}

function customerOf(line: string): Customer {
  const fields = line.trim().split(/\s+/).map(Number);
  const [, x = Number.NaN, y = Number.NaN, stay = 0, score = 0] = fields;
  const [opens = Number.NaN, closes = Number.NaN] = fields.slice(-2);
  return { x, y, stay, score, opens, closes };
}

/** Euclidean, rounded down to the first decimal, as all who published values did. */
function way(a: Customer, b: Customer): number {
  return Math.floor(Math.hypot(a.x - b.x, a.y - b.y) * 10 + 1e-9) / 10;
}

/**
 * The instance as a prepared plan: a customer is a zone, each start of a visit an option, and every path a unit.
 * Starts are those of a grid of `step`, so that a plan is also one of the instance, never the other way round.
 */
function orienteeringPlan(
  { depot, customers }: Orienteering,
  paths: number,
  { step, seed }: { readonly step: number; readonly seed: number },
): SearchedPlan {
  const crew: Crew = {
    mode: "foot",
    units: Array.from({ length: paths }, (_, unit) => unit + 1),
    from: 0,
    to: depot.closes * minuteMs,
    busy: [],
  };
  const placeOf = new Map(customers.map((customer) => [cellOf(customer), customer] as const));
  const travel = travelBetween(placeOf);
  const shift = { date: "2021-11-29", start: crew.from, end: crew.to };
  const options = planOptions(
    customers.flatMap((customer) =>
      startsOf(customer, depot, step).map((at) => {
        const [start, end] = [at * minuteMs, (at + customer.stay) * minuteMs];
        const zone = cellOf(customer);
        const stops = [{ cell: zone, arrive: start, depart: end }];
        return { zone, shift, start, end, mode: crew.mode, stops, value: customer.score };
      }),
    ),
    [crew],
    travel,
  );
  const packing = {
    values: Float64Array.from(options, ({ candidate }) => candidate.value),
    rows: planRows(options, onceEach),
  };
  const crewPlan = createCrewPlan(options, packing.values, travel);
  const minutes = Float64Array.from(
    options,
    ({ candidate: { zone } }) => placeOf.get(zone)?.stay ?? 1,
  );
  return {
    options,
    crewPlan,
    travel,
    packing,
    minutes,
    greedy: addGreedily(packing, minutes, [], crewPlan.admission([])),
    seed,
  };
}

function cellOf(customer: Customer): H3Cell {
  return `${customer.x} ${customer.y}` as H3Cell;
}

/** On the grid, from when it can be reached until one could not be back in time. */
function startsOf(customer: Customer, depot: Customer, step: number): number[] {
  const out = way(depot, customer);
  const first = Math.max(customer.opens, out);
  const last = Math.min(customer.closes, depot.closes - customer.stay - out);
  const starts: number[] = [];
  for (let at = Math.ceil(first / step - 1e-9) * step; at <= last + 1e-9; at += step)
    starts.push(at);
  return starts;
}

function travelBetween(placeOf: ReadonlyMap<H3Cell, Customer>): Travel {
  const minutes: Travel["minutes"] = (from, to) => {
    const [a, b] = [placeOf.get(from), placeOf.get(to)];
    return a && b ? way(a, b) : Number.POSITIVE_INFINITY;
  };
  const mayFollow: Travel["mayFollow"] = (before, next) =>
    minutes(before.zone, next.zone, "foot") * minuteMs <= next.start - before.end;
  return {
    restMinutes: 0,
    minutes,
    mayFollow,
    mayShare: (a, b, mode) => (a.start <= b.start ? mayFollow(a, b, mode) : mayFollow(b, a, mode)),
  };
}
