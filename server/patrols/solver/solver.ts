import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
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

/** One suggestion after the other, in a process that starts with the first of them and ends when none has come for a while. */
export interface PlanSolver {
  /** Starts the process while the caller is still reading: it takes a moment the first time. */
  readonly warm: () => void;
  /** Rejects with the signal's reason when it is cancelled. */
  readonly solve: (job: SolveJob) => Promise<SolvedPlan>;
  readonly pending: () => number;
  readonly load: () => TallyCount;
  readonly close: () => Promise<void>;
}

export const planLimits: SolveLimits = { gap: closeEnough, seconds: 10 };

/** It holds some 100 MB, as much again as a server that nobody uses. */
const usualIdleMs = 60_000;

export function createPlanSolver({ idleMs = usualIdleMs } = {}): PlanSolver {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let pending = 0;
  const tally = createTally();
  const running = () => {
    if (child) return child;
    const started = startProcess();
    const forget = () => {
      if (child === started) child = null;
    };
    // Between jobs nothing else listens for errors; without a listener one would end this process.
    started.on("error", forget).on("exit", forget);
    child = started;
    return started;
  };
  const discard = () => {
    const gone = child;
    child = null;
    gone?.kill("SIGKILL");
    return gone;
  };
  const endWhereIdle = () => {
    clearTimeout(idle);
    idle = setTimeout(() => void (pending === 0 && discard()), idleMs).unref();
  };
  return {
    warm: () => {
      running();
      endWhereIdle();
    },
    solve: (job) => {
      pending += 1;
      const turn = queue.then(() => tally.count(() => runIn(running(), job, discard)));
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
      const gone = discard();
      if (gone?.exitCode === null && gone.signalCode === null) await once(gone, "exit");
    },
  };
}

/** A process and no thread: what a thread took for a plan stays with its server for as long as that runs. */
function startProcess(): ChildProcess {
  const path = fileURLToPath(new URL("./solver-process.ts", import.meta.url));
  const child = fork(path, { serialization: "advanced" });
  // An idle solver must not keep a command from ending.
  keepAlive(child, false);
  return child;
}

function keepAlive(child: ChildProcess, isKept: boolean): void {
  if (isKept) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function runIn(child: ChildProcess, job: SolveJob, discard: () => unknown): Promise<SolvedPlan> {
  const { signal } = job;
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const leave = () => {
      child.off("message", hear).off("error", fail).off("exit", end);
      keepAlive(child, false);
      signal?.removeEventListener("abort", stop);
    };
    const fail = (error: Error) => {
      leave();
      discard();
      reject(error);
    };
    const end = () => fail(new Error("The planner's process ended"));
    // It blocks while it works and hears nothing: the next job starts another.
    const stop = () => fail(signal ? reasonOf(signal) : new Error("Cancelled"));
    const hear = (message: unknown) => {
      const reply = message as SolverReply;
      if (reply.type === "demand") job.onDemand?.(reply.demand);
      else if (reply.type === "needs") answer(reply.needs);
      else if (reply.type === "first") job.onFirst?.(reply.plan);
      else if (reply.type === "progress") job.onProgress?.(reply.progress);
      else settle(reply);
    };
    const settle = (reply: Extract<SolverReply, { type: "plan" | "failed" }>) => {
      leave();
      if (reply.type === "plan") resolve(reply.plan);
      else reject(new Error(`The planner failed: ${reply.reason}`));
    };
    const answer = (needs: StreetNeeds) => {
      const send = (numbers: StreetNumbers) => void child.send({ numbers } satisfies StreetAnswer);
      job.street?.(needs).then(send, (error: unknown) => {
        fail(error instanceof Error ? error : new Error(String(error)));
      });
    };
    child.on("message", hear).on("error", fail).on("exit", end);
    keepAlive(child, true);
    signal?.addEventListener("abort", stop);
    const { frame, from, timeZone, encounters = null, limits = planLimits } = job;
    const byStreet = job.street !== undefined;
    const request: SolverRequest = { frame, from, timeZone, limits, byStreet, encounters };
    child.send(request);
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("Cancelled");
}
