import { parentPort } from "node:worker_threads";
import { demandFor } from "#core/patrols/plan.ts";
import { createZone, type Zone } from "#core/time/zone.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import {
  runPlanJob,
  type SolverReply,
  type SolverRequest,
} from "#server/patrols/solver/plan-job.ts";

/** HiGHS in a thread of its own: it blocks while it works, and nothing else may stand still. */
const port = parentPort;
if (!port) throw new Error("solver-thread.ts runs as a worker thread only");
const highs = loadHighs();
const zones = new Map<string, Zone>();

port.on("message", (request: SolverRequest) => {
  const reply = (message: SolverReply) => port.postMessage(message);
  answer(request, reply).catch((error: unknown) => {
    reply({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});

async function answer(
  { frame, from, timeZone, limits, cancel }: SolverRequest,
  reply: (message: SolverReply) => void,
): Promise<void> {
  const zone = zones.get(timeZone) ?? createZone(timeZone);
  zones.set(timeZone, zone);
  const clock = () => performance.now();
  const isMade = "rates" in from;
  const demand = isMade ? from : demandFor(from, zone);
  if (!isMade) reply({ type: "demand", demand });
  const plan = runPlanJob(
    await highs,
    { frame, demand },
    { zone, limits, clock },
    {
      first: (first) => reply({ type: "first", plan: first }),
      progress: (progress) => reply({ type: "progress", progress }),
      isCancelled: () => Atomics.load(cancel, 0) === 1,
    },
  );
  reply({ type: "plan", plan });
}
