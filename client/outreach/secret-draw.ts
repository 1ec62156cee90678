import { drawFootprint, type Venue } from "#core/blackouts/footprint.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/**
 * Draws footprints with one secret offset per venue: while a person tries radii the offset stays,
 * so that only one drawing of a venue can ever leave the browser.
 */
export function createSecretDraw(
  random: () => number = cryptoRandom,
): (venue: Venue) => readonly H3Cell[] {
  let drawnFor = "";
  let numbers: readonly number[] = [];
  return (venue) => {
    const key = venue.at.join();
    if (key !== drawnFor) {
      drawnFor = key;
      numbers = [random(), random()];
    }
    let next = 0;
    return drawFootprint(venue, () => {
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
