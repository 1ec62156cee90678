import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { createZone, dayMs } from "#core/time/zone.ts";
import type { SolveProgress } from "#server/patrols/solver/highs.ts";
import type { SolvedPlan } from "#server/patrols/solver/plan-job.ts";
import { type PlanSolver, planLimits, type SolveJob } from "#server/patrols/solver/solver.ts";
import { runFolder, runVariable } from "#tests/support/run-names.ts";

/** What the planner's process told of one job, in its order. */
interface Told {
  readonly first: SolvedPlan | null;
  readonly progress: readonly SolveProgress[];
  readonly plan: SolvedPlan;
}

/** On a busy machine too a plan ends as it is close enough, and is the same one as on an idle one. */
const patient = { ...planLimits, seconds: 100 };

/**
 * Equal input gives an equal plan (tests/unit/server/patrols/solver.test.ts), so the same one is worked out once a run:
 * both engines ask for the same plans, and many tests for one and the same. A forecast is always made by the thread.
 */
export function keepAnswers(solver: PlanSolver): PlanSolver {
  return {
    ...solver,
    solve: async (asked) => {
      const job = { limits: patient, ...asked };
      // By street a plan depends on streets that no key holds.
      if (job.street) return solver.solve(job);
      const known = "rates" in job.from ? read(keyOf(job, job.from)) : null;
      return known ? tellAgain(known, job) : solveAndKeep(solver, job);
    },
  };
}

async function solveAndKeep(solver: PlanSolver, job: SolveJob): Promise<SolvedPlan> {
  const progress: SolveProgress[] = [];
  let first: SolvedPlan | null = null;
  let { from } = job;
  const plan = await solver.solve({
    ...job,
    onDemand: (demand) => {
      from = demand;
      job.onDemand?.(demand);
    },
    onFirst: (early) => {
      first = early;
      job.onFirst?.(early);
    },
    onProgress: (step) => {
      progress.push(step);
      job.onProgress?.(step);
    },
  });
  write(keyOf(job, from), { first, progress, plan });
  return plan;
}

async function tellAgain({ first, progress, plan }: Told, job: SolveJob): Promise<SolvedPlan> {
  job.signal?.throwIfAborted();
  if (first) job.onFirst?.(first);
  for (const step of progress) job.onProgress?.(step);
  return plan;
}

/** All that a plan depends on: where the database holds anything else, it is another job. */
function keyOf({ frame, timeZone, encounters, limits }: SolveJob, from: SolveJob["from"]): string {
  const agreed = frame.agreed.map((window) => ({ ...window, ...unread }));
  // By the clock of the machine; no window starts so early anyway.
  const begins = createZone(timeZone).startOfDate(frame.request.from) - dayMs;
  const earliest = frame.earliest < begins ? 0 : frame.earliest;
  const job = [{ ...frame, agreed, earliest }, from, timeZone, encounters ?? null, limits ?? null];
  return createHash("sha256").update(serialize(job)).digest("hex");
}

/** Of a stored window: the planner knows none of them (`PatrolWindow`). */
const unread = { id: null, planId: null, checkedAt: null };

const kept = new Map<string, Buffer>();

function read(key: string): Told | null {
  const file = fileOf(key);
  const octets = kept.get(key) ?? (file && existsSync(file) ? readFileSync(file) : null);
  return octets && deserialize(octets);
}

function write(key: string, told: Told): void {
  const octets = serialize(told);
  kept.set(key, octets);
  const file = fileOf(key);
  if (!file) return;
  writeFileSync(`${file}.${process.pid}`, octets);
  renameSync(`${file}.${process.pid}`, file);
}

/** For the other process of this run. */
function fileOf(key: string): string | null {
  const folder = process.env[runFolder];
  const run = process.env[runVariable];
  return folder && run ? join(folder, `plan-${run}-${key}`) : null;
}
