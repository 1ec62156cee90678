import { setImmediate as breathe } from "node:timers/promises";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { StreetNeeds, StreetNumbers } from "#core/patrols/ground/street-times.ts";
import {
  createStreetWays,
  type StreetWays,
  streetNumbers,
} from "#core/patrols/walk/street-ways.ts";
import type { Services } from "#server/acts/services.ts";
import type { OpenStreets } from "#server/places/streets/streets.ts";

const known = new WeakMap<OpenStreets, StreetWays>();

/** Null without streets or for a damaged file: plans then use straight lines. */
export async function streetWays({
  streets,
}: Pick<Services, "streets">): Promise<StreetWays | null> {
  const open = await streets.readable();
  if (!open) return null;
  const ways =
    known.get(open) ?? createStreetWays(open.router, patrolDefaults.modes, open.attribution);
  known.set(open, ways);
  return ways;
}

/** Yields to the rest of the process after this long. */
const stretchMs = 8;

/** Rejects with the signal's reason when the plan is no longer wanted. */
export async function answerNeeds(
  ways: StreetWays,
  needs: StreetNeeds,
  signal: AbortSignal | undefined,
): Promise<StreetNumbers> {
  const steps = streetNumbers(ways, needs);
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < stretchMs) continue;
    await breathe();
    signal?.throwIfAborted();
    since = performance.now();
  }
}
