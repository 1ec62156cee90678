import { drawGround, type Ground } from "#core/blackouts/ground.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/**
 * Draws footprints with one secret offset per place: while a person tries radii, or other corners
 * of an area or a route, the offset stays, so that only one drawing of it can ever leave the browser.
 */
export function createSecretDraw(
  random: () => number = cryptoRandom,
): (ground: Ground) => readonly H3Cell[] {
  let drawnFor = "";
  let numbers: readonly number[] = [];
  return (ground) => {
    const key = ground.kind === "circle" ? ground.at.join() : ground.kind;
    if (key !== drawnFor) {
      drawnFor = key;
      numbers = [random(), random()];
    }
    let next = 0;
    return drawGround(ground, () => {
      const value = numbers[next] ?? 0;
      next += 1;
      return value;
    });
  };
}

/** Uniform in [0, 1) with 53 bits, from the browser's cryptographic source. */
export function cryptoRandom(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}
