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

// A process of its own: HiGHS blocks while it works, and its memory goes back with it.
const tell = process.send?.bind(process);
if (!tell) throw new Error("solver-process.ts is started by a server only");
const highs = loadHighs();
const zones = new Map<string, Zone>();

let hearNumbers: ((answer: StreetAnswer) => void) | null = null;

process.on("message", (request: SolverRequest | StreetAnswer) => {
  if ("numbers" in request) {
    hearNumbers?.(request);
    return;
  }
  const reply = (message: SolverReply) =>
    new Promise<void>((resolve) => {
      tell(message, undefined, undefined, () => resolve());
    });
  answer(request, reply).catch((error: unknown) => {
    void reply({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});

async function answer(
  { frame, from, timeZone, limits, byStreet, encounters = null }: SolverRequest,
  reply: (message: SolverReply) => Promise<void>,
): Promise<void> {
  const zone = zones.get(timeZone) ?? createZone(timeZone);
  zones.set(timeZone, zone);
  const clock = () => performance.now();
  const isMade = "rates" in from;
  const demand = isMade ? from : demandFor(from, zone);
  // It is large, and what follows is only sent at once where nothing waits ahead of it.
  if (!isMade) await reply({ type: "demand", demand });
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
      first: (first) => void reply({ type: "first", plan: first }),
      progress: (progress) => void reply({ type: "progress", progress }),
    },
  );
  await reply({ type: "plan", plan });
}

/** The street network stays with the server: this process requests numbers. */
async function streetsFor(
  demand: Demand,
  frame: PlanFrame,
  zone: Zone,
  reply: (message: SolverReply) => Promise<void>,
): Promise<{ readonly ground: PlanGround; readonly streets: StreetTimes }> {
  const settings = { ...patrolDefaults, ...frame.settings };
  const ground = planGround(demand, frame, zone, settings);
  const needs = streetNeeds(demand, frame, ground, settings);
  const { numbers } = await new Promise<StreetAnswer>((resolve) => {
    hearNumbers = resolve;
    void reply({ type: "needs", needs });
  });
  return { ground, streets: streetTimesOf(numbers) };
}
