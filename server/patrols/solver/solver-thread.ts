import { parentPort } from "node:worker_threads";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { type StreetTimes, streetTimesOf } from "#core/patrols/ground/street-times.ts";
import { streetNeeds } from "#core/patrols/plan/needs.ts";
import { demandFor, type PlanFrame, sightingsFor } from "#core/patrols/plan/plan.ts";
import { type PlanGround, planGround } from "#core/patrols/plan/plan-ground.ts";
import { createZone, type Zone } from "#core/time/zone.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import {
  runPlanJob,
  type SolverReply,
  type SolverRequest,
  type StreetAnswer,
} from "#server/patrols/solver/plan-job.ts";

/** Own thread: HiGHS blocks while it works. */
const port = parentPort;
if (!port) throw new Error("solver-thread.ts runs as a worker thread only");
const highs = loadHighs();
const zones = new Map<string, Zone>();

let hearNumbers: ((answer: StreetAnswer) => void) | null = null;

port.on("message", (request: SolverRequest | StreetAnswer) => {
  if ("numbers" in request) {
    hearNumbers?.(request);
    return;
  }
  const reply = (message: SolverReply) => port.postMessage(message);
  answer(request, reply).catch((error: unknown) => {
    reply({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});

async function answer(
  { frame, from, timeZone, limits, byStreet, encounters = null, cancel }: SolverRequest,
  reply: (message: SolverReply) => void,
): Promise<void> {
  const zone = zones.get(timeZone) ?? createZone(timeZone);
  zones.set(timeZone, zone);
  const clock = () => performance.now();
  const isMade = "rates" in from;
  const demand = isMade ? from : demandFor(from, zone);
  if (!isMade) reply({ type: "demand", demand });
  const byWays = byStreet ? await streetsFor(demand, frame, zone, reply) : {};
  const asked = encounters && {
    weight: encounters.weight,
    sightings: sightingsFor(encounters.sightings, zone),
  };
  const plan = runPlanJob(
    await highs,
    { frame, demand, ...byWays, encounters: asked },
    { zone, limits, clock },
    {
      first: (first) => reply({ type: "first", plan: first }),
      progress: (progress) => reply({ type: "progress", progress }),
      isCancelled: () => Atomics.load(cancel, 0) === 1,
    },
  );
  reply({ type: "plan", plan });
}

/** The street network stays with the server: this thread requests numbers. */
async function streetsFor(
  demand: Demand,
  frame: PlanFrame,
  zone: Zone,
  reply: (message: SolverReply) => void,
): Promise<{ readonly ground: PlanGround; readonly streets: StreetTimes }> {
  const settings = { ...patrolDefaults, ...frame.settings };
  const ground = planGround(demand, frame, zone, settings);
  const needs = streetNeeds(demand, frame, ground, settings);
  const { numbers } = await new Promise<StreetAnswer>((resolve) => {
    hearNumbers = resolve;
    reply({ type: "needs", needs });
  });
  if (!numbers) throw new Error("Cancelled");
  return { ground, streets: streetTimesOf(numbers) };
}
