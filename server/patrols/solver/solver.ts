import { Worker } from "node:worker_threads";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { closeEnough } from "#core/patrols/ground/settings.ts";
import type { StreetNeeds, StreetNumbers } from "#core/patrols/ground/street-times.ts";
import type { SolveLimits, SolveProgress } from "#server/patrols/solver/highs.ts";
import type {
  SolvedPlan,
  SolverReply,
  SolverRequest,
  StreetAnswer,
} from "#server/patrols/solver/plan-job.ts";
import { createTally, type TallyCount } from "#server/tally.ts";

export interface SolveJob
  extends Pick<SolverRequest, "frame" | "from" | "timeZone" | "encounters"> {
  readonly limits?: SolveLimits;
  readonly signal?: AbortSignal;
  /** Absent: straight lines. */
  readonly street?: (needs: StreetNeeds) => Promise<StreetNumbers>;
  /** Receives a newly made forecast, to be cached. */
  readonly onDemand?: (demand: Demand) => void;
  readonly onFirst?: (plan: SolvedPlan) => void;
  readonly onProgress?: (progress: SolveProgress) => void;
}

/** One suggestion after the other, in a thread that starts with the first of them and ends when none has come for a while. */
export interface PlanSolver {
  /** Starts the thread while the caller is still reading: it takes a moment the first time. */
  readonly warm: () => void;
  /** Rejects with the signal's reason when it is cancelled. */
  readonly solve: (job: SolveJob) => Promise<SolvedPlan>;
  readonly pending: () => number;
  readonly load: () => TallyCount;
  readonly close: () => Promise<void>;
}

export const planLimits: SolveLimits = { gap: closeEnough, seconds: 10 };

const cancelGraceMs = 1_000;
/** It holds some 30 MB, of a server that nobody uses a quarter. */
const usualIdleMs = 300_000;

export function createPlanSolver({ idleMs = usualIdleMs } = {}): PlanSolver {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let pending = 0;
  const tally = createTally();
  const thread = () => {
    if (worker) return worker;
    const started = startThread();
    // Between jobs nothing else listens for errors; without a listener one would end this process.
    started.on("error", () => {
      if (worker === started) worker = null;
    });
    worker = started;
    return started;
  };
  const discard = () => {
    const gone = worker;
    worker = null;
    return gone?.terminate();
  };
  const endWhereIdle = () => {
    clearTimeout(idle);
    idle = setTimeout(() => void (pending === 0 && discard()), idleMs).unref();
  };
  return {
    warm: () => {
      thread();
      endWhereIdle();
    },
    solve: (job) => {
      pending += 1;
      const turn = queue.then(() => tally.count(() => runInThread(thread(), job, discard)));
      queue = turn
        .catch(() => undefined)
        .then(() => {
          pending -= 1;
          endWhereIdle();
        });
      return turn;
    },
    pending: () => pending,
    load: tally.now,
    close: async () => {
      clearTimeout(idle);
      await discard();
    },
  };
}

function startThread(): Worker {
  const worker = new Worker(new URL("./solver-thread.ts", import.meta.url));
  // An idle solver must not keep a command from ending.
  worker.unref();
  return worker;
}

function runInThread(worker: Worker, job: SolveJob, discard: () => unknown): Promise<SolvedPlan> {
  const { signal } = job;
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const leave = () => {
      clearTimeout(grace);
      worker.off("message", hear).off("error", fail).off("exit", end).unref();
      signal?.removeEventListener("abort", stop);
    };
    const settle = (reply: Extract<SolverReply, { type: "plan" | "failed" }>) => {
      leave();
      if (signal?.aborted) reject(reasonOf(signal));
      else if (reply.type === "plan") resolve(reply.plan);
      else reject(new Error(`The planner failed: ${reply.reason}`));
    };
    const hear = (reply: SolverReply) => {
      if (reply.type === "demand") job.onDemand?.(reply.demand);
      else if (reply.type === "needs") answer(reply.needs);
      else if (reply.type === "first") job.onFirst?.(reply.plan);
      else if (reply.type === "progress") job.onProgress?.(reply.progress);
      else settle(reply);
    };
    const answer = (needs: StreetNeeds) => {
      const send = (numbers: StreetNumbers | null) => {
        const message: StreetAnswer = { numbers };
        worker.postMessage(message);
      };
      job.street?.(needs).then(send, (error: unknown) => {
        if (signal?.aborted) send(null);
        else fail(error instanceof Error ? error : new Error(String(error)));
      });
    };
    const fail = (error: Error) => {
      leave();
      discard();
      reject(error);
    };
    const end = () => fail(new Error("The planner's thread ended"));
    const stop = () => {
      Atomics.store(cancel, 0, 1);
      // The thread checks it between steps; a long step is ended with its thread.
      grace = setTimeout(() => {
        leave();
        discard();
        reject(signal ? reasonOf(signal) : new Error("Cancelled"));
      }, cancelGraceMs);
    };
    worker.on("message", hear).on("error", fail).on("exit", end).ref();
    signal?.addEventListener("abort", stop);
    const { frame, from, timeZone, encounters = null, limits = planLimits } = job;
    const byStreet = job.street !== undefined;
    const rest = { timeZone, limits, byStreet, encounters, cancel };
    const request: SolverRequest = { frame, from, ...rest };
    worker.postMessage(request);
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("Cancelled");
}
