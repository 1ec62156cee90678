import { type Admission, addGreedily } from "#core/patrol/greedy.ts";
import { type Packing, packingValue } from "#core/patrol/packing.ts";
import type { Random } from "#core/random.ts";

export interface ImproveGiven {
  readonly packing: Packing;
  readonly minutes: Float64Array;
  readonly start: readonly number[];
  readonly admission: (kept: readonly number[]) => Admission;
  /** How far apart two options are, by time or by place: what goes together is taken out together. */
  readonly distances: readonly ((a: number, b: number) => number)[];
  readonly mostRemoved: number;
  readonly random: Random;
  readonly rounds: number;
}

/**
 * Takes a few windows that lie close together out of a plan and fills the room again in an order that is partly
 * chance, over and over; what is no worse stays (ruin and recreate, Schrimpf et al. 2000). The same seed
 * makes the same plan.
 */
export function improved(given: ImproveGiven): number[] {
  const { packing, start, rounds } = given;
  let current = [...start];
  let value = packingValue(packing, current);
  for (let round = 0; round < rounds && current.length > 0; round += 1) {
    const kept = ruined(given, current);
    const next = addGreedily(packing, shaken(given), kept, given.admission(kept));
    const worth = packingValue(packing, next);
    if (worth >= value) {
      current = next;
      value = worth;
    }
  }
  return current;
}

function ruined(
  { random, distances, mostRemoved }: ImproveGiven,
  current: readonly number[],
): number[] {
  const middle = current[random.integer(current.length)] ?? 0;
  const distance = distances[random.integer(distances.length)] ?? (() => 0);
  const away = new Map(current.map((option) => [option, distance(middle, option)] as const));
  const near = [...current].sort((a, b) => (away.get(a) ?? 0) - (away.get(b) ?? 0) || a - b);
  const gone = new Set(near.slice(0, 1 + random.integer(mostRemoved)));
  return current.filter((option) => !gone.has(option));
}

/** Now by value and now by value per minute, and never quite the same. */
function shaken({ minutes, random }: ImproveGiven): Float64Array {
  const isByValue = random.next() < 0.5;
  return minutes.map((one) => (isByValue ? 100 : one) * (0.7 + 0.6 * random.next()));
}
