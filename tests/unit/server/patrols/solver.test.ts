import { createHook } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Highs } from "highs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lpText, type Packing, packingValue } from "#core/patrols/solve/packing.ts";
import { createRandom } from "#core/random.ts";
import { createZone } from "#core/time/zone.ts";
import { loadHighs, solvePacking } from "#server/patrols/solver/highs.ts";
import type { SolvedPlan } from "#server/patrols/solver/plan-job.ts";
import { createPlanSolver, type PlanSolver, planLimits } from "#server/patrols/solver/solver.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const exact = { gap: 0, seconds: 20 };
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

function bestOfPacking({ values, rows }: Packing): number {
  let best = 0;
  for (let bits = 0; bits < 1 << values.length; bits += 1) {
    const isIn = (option: number) => (bits & (1 << option)) !== 0;
    if (rows.some(({ limit, members }) => members.filter(isIn).length > limit)) continue;
    best = Math.max(best, packingValue({ values, rows }, [...values.keys()].filter(isIn)));
  }
  return best;
}

describe("the solver", () => {
  test("finds what trying everything finds, on 25 random packings", () => {
    const random = createRandom(11);
    for (let round = 0; round < 25; round += 1) {
      const count = 3 + random.integer(9);
      const values = Float64Array.from({ length: count }, () => (1 + random.integer(99)) / 100);
      const rows = Array.from({ length: 1 + random.integer(6) }, () => ({
        limit: 1 + random.integer(2),
        members: [...values.keys()].filter(() => random.next() < 0.5),
      }));
      const packing = { values, rows: rows.filter((row) => row.members.length > 0) };
      const solved = solvePacking(highs, packing, [], exact);
      expect(solved.objective, `round ${round}`).toBeCloseTo(bestOfPacking(packing), 6);
      expect(solved.bound).toBeCloseTo(solved.objective, 6);
      expect(solved.stopped).toBe("optimal");
    }
  });

  test("an empty model has an empty plan", () => {
    const none = { values: new Float64Array(0), rows: [] };
    expect(solvePacking(highs, none, [], exact)).toEqual({
      chosen: [],
      objective: 0,
      bound: 0,
      stopped: "optimal",
    });
  });

  test("the LP text names each option once, in order, with short lines", () => {
    const values = Float64Array.from({ length: 40 }, (_, option) => option + 1);
    const text = lpText({ values, rows: [{ limit: 2, members: [0, 39] }] });
    expect(text).toMatch(/^Maximize\n value:\n \+ 1\.000000 x0 \+ 2\.000000 x1/);
    expect(text).toContain(" r0:\n + x0 + x39\n <= 2\n");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(400);
    const bounds = text.slice(text.indexOf("Bounds")).match(/x\d+/g);
    expect(bounds).toEqual(Array.from({ length: 40 }, (_, option) => `x${option}`));
  });
});

const oracle = "../shared/oracles/patrol_small.json";
interface Schedule {
  readonly slots: number;
  readonly cells: readonly string[];
  readonly travel_slots: Readonly<Record<string, number>>;
  readonly reward: Readonly<Record<string, readonly number[]>>;
  readonly blocked: readonly (readonly [string, number])[];
  readonly max_visits_per_cell: number;
  readonly min_gap_slots: number;
  readonly optimum: number;
}

function readOracle(): Schedule | null {
  try {
    return (JSON.parse(readFileSync(oracle, "utf8")) as { schedule: Schedule }).schedule;
  } catch {
    return null;
  }
}

/** The schedule of the oracle as rows: one unit, travel, blackout, visits and gap. */
function packingOfSchedule(schedule: Schedule) {
  const blocked = new Set(schedule.blocked.map(([cell, slot]) => `${cell} ${slot}`));
  const visits = schedule.cells.flatMap((cell) =>
    (schedule.reward[cell] ?? []).flatMap((reward, slot) =>
      blocked.has(`${cell} ${slot}`) || reward === 0 ? [] : [{ cell, slot, reward }],
    ),
  );
  const travel = (a: string, b: string) =>
    schedule.travel_slots[`${a}-${b}`] ?? schedule.travel_slots[`${b}-${a}`] ?? 0;
  const rows: { limit: number; members: number[] }[] = schedule.cells.map((cell) => ({
    limit: schedule.max_visits_per_cell,
    members: [...visits.keys()].filter((index) => visits[index]?.cell === cell),
  }));
  visits.forEach((a, i) => {
    visits.forEach((b, j) => {
      if (j <= i) return;
      const apart = Math.abs(a.slot - b.slot);
      const between = a.cell === b.cell ? schedule.min_gap_slots : travel(a.cell, b.cell);
      const needed = 1 + between;
      if (apart < needed) rows.push({ limit: 1, members: [i, j] });
    });
  });
  return { values: Float64Array.from(visits, (visit) => visit.reward), rows };
}

const schedule = readOracle();
test.skipIf(schedule === null)(
  `the blackout schedule of the oracle has its optimum${schedule ? "" : " (skipped: oracles not found)"}`,
  () => {
    if (!schedule) return;
    const packing = packingOfSchedule(schedule);
    expect(solvePacking(highs, packing, [], exact).objective).toBe(schedule.optimum);
  },
);

function kill(pid = Number.NaN): void {
  process.kill(pid, "SIGKILL");
}

describe("the solver's process", () => {
  let solver: PlanSolver;
  beforeAll(() => {
    solver = createPlanSolver();
  });
  afterAll(() => solver.close());
  const input = scenarioInput(zone, { days: 1, units: 1, count: 300 });
  const job = (of = input) => ({ frame: of, from: of, timeZone: zone.name });

  test("gives a first plan at once, then progress, then a proven plan that is no worse", async () => {
    const seen: string[] = [];
    let first: SolvedPlan | null = null;
    const plan = await solver.solve({
      ...job(),
      limits: { ...planLimits, seconds: 600 },
      onFirst: (early) => {
        first = early;
        seen.push("first");
      },
      onProgress: () => seen.push("progress"),
    });
    expect(seen[0]).toBe("first");
    expect(seen).toContain("progress");
    const early = first as SolvedPlan | null;
    expect(early?.objective).toBe(plan.greedy);
    expect(plan.objective).toBeGreaterThanOrEqual(plan.greedy);
    expect(plan.bound).toBeGreaterThanOrEqual(plan.objective);
    expect(plan.gap).toBeLessThanOrEqual(0.01);
    expect(plan.stopped).not.toBe("time");
    const reached = plan.windows.reduce((all, window) => all + window.expected, 0);
    expect(reached).toBeCloseTo(plan.objective, 5);
  });

  test("equal input and seed give an equal plan; another seed another one", async () => {
    const run = async (seed: number) => {
      const request = { ...input.request, seed };
      return (await solver.solve(job({ ...input, request }))).windows;
    };
    const one = await run(1);
    expect(await run(1)).toEqual(one);
    expect(await run(2)).not.toEqual(one);
  });

  test("a cancelled suggestion ends early with the caller's reason, and the next one still works", async () => {
    const stop = new AbortController();
    const gone = new Error("The caller went away");
    const long = scenarioInput(zone, { days: 3, units: 4, count: 900 });
    const running = solver.solve({
      ...job(long),
      // More than this test may take.
      limits: { gap: 0, seconds: 600 },
      signal: stop.signal,
      onFirst: () => stop.abort(gone),
    });
    await expect(running).rejects.toBe(gone);
    expect(solver.pending()).toBe(0);
    await expect(solver.solve(job())).resolves.toHaveProperty("windows");
  });

  test("a suggestion that waits is cancelled before it starts", async () => {
    const stop = new AbortController();
    const ahead = solver.solve(job());
    const behind = solver.solve({ ...job(), signal: stop.signal });
    expect(solver.pending()).toBe(2);
    stop.abort();
    await expect(behind).rejects.toThrow();
    await ahead;
  });

  test("out of time it answers with what it has, and says so", async () => {
    const plan = await solver.solve({
      ...job(scenarioInput(zone, { days: 4, units: 4, count: 900 })),
      limits: { gap: 0, seconds: 0.1 },
    });
    expect(plan.stopped).toBe("time");
    expect(plan.objective).toBeGreaterThanOrEqual(plan.greedy);
    expect(plan.bound).toBeGreaterThanOrEqual(plan.objective);
  });

  test("input that cannot be planned fails with a reason and leaves the process alive", async () => {
    await expect(solver.solve({ ...job(), timeZone: "Nowhere/Atall" })).rejects.toThrow(
      /planner failed/,
    );
    await expect(solver.solve(job())).resolves.toHaveProperty("windows");
  });

  test("after it was left alone or killed, the next suggestion starts another", async () => {
    const started: { readonly pid?: number }[] = [];
    const hook = createHook({
      init: (_, type, _trigger, resource) => {
        if (type === "PROCESSWRAP") started.push(resource);
      },
    });
    hook.enable();
    const brief = createPlanSolver({ idleMs: 200 });
    try {
      await Promise.all([brief.solve(job()), brief.solve(job())]);
      expect(started).toHaveLength(1);
      await wait(1_000);
      await expect(brief.solve(job())).resolves.toHaveProperty("windows");
      expect(started).toHaveLength(2);
      const killed = brief.solve({ ...job(), onFirst: () => kill(started[1]?.pid) });
      await expect(killed).rejects.toThrow("The planner's process ended");
      await expect(brief.solve(job())).resolves.toHaveProperty("windows");
    } finally {
      hook.disable();
      await brief.close();
    }
  });
});
