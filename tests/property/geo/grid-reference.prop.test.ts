import fc from "fast-check";
import { expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import {
  centreOfSquare,
  lettersOfSquare,
  parseGridReference,
  positionOfGrid,
} from "#core/geo/national-grid.ts";
import { readGridReference } from "#core/places/place.ts";
import { testSetting } from "#tests/support/import.ts";

/** As a person would write it, from metres. */
function write(east: number, north: number, figures: number, gap: string): string {
  const part = (metres: number) =>
    String(Math.floor(metres) % 100_000)
      .padStart(5, "0")
      .slice(0, figures);
  return [lettersOfSquare({ east, north }), part(east), part(north)].filter(Boolean).join(gap);
}

const anywhere = {
  east: fc.integer({ min: 0, max: 699_999 }),
  north: fc.integer({ min: 0, max: 1_299_999 }),
};
const gap = fc.constantFrom("", " ", "  ");
const figures = fc.integer({ min: 0, max: 5 });

test("grid references round trip: the metres lie in the square that is read back", () => {
  fc.assert(
    fc.property(
      anywhere.east,
      anywhere.north,
      figures,
      gap,
      fc.boolean(),
      (east, north, count, space, small) => {
        const text = write(east, north, count, space);
        const read = parseGridReference(small ? text.toLowerCase() : text);
        if (!read.ok) throw new Error(`${text}: ${read.reason}`);
        const { side } = read.value;
        expect(side).toBe(10 ** (5 - count));
        const centre = centreOfSquare(read.value);
        expect(Math.abs(centre.east - (east + 0.5))).toBeLessThanOrEqual(side / 2);
        expect(Math.abs(centre.north - (north + 0.5))).toBeLessThanOrEqual(side / 2);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("in the study area the place is within half a diagonal of the point, and coarse squares never come in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 525_000, max: 540_000 }),
      fc.integer({ min: 186_000, max: 204_000 }),
      figures,
      gap,
      (east, north, count, space) => {
        const read = readGridReference(write(east, north, count, space), testSetting.region);
        expect(read.ok).toBe(count >= 3);
        if (!read.ok) return;
        const off = metresBetween(read.value.position, positionOfGrid(east + 0.5, north + 0.5));
        expect(off).toBeLessThanOrEqual((read.value.side / 2) * Math.SQRT2 * 1.001);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("any text is read or refused in words, and never throws", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const read = readGridReference(text, testSetting.region);
      if (!read.ok) expect(read.reason.reason.length).toBeGreaterThan(5);
    }),
    { numRuns: 2_000 },
  );
});
