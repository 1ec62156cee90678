import { expect, test } from "vitest";
import {
  asArea,
  asCircle,
  asRoute,
  attack,
  histories,
  type Saving,
  square,
} from "#tests/support/hunt/hatch-attack.ts";

/** As tests/property/protected-time/hatch-attack.prop.test.ts, in steps of 12 m. */
test.each(histories)(
  "from the hatch back to the venue, %s: 9 ha are left at the least",
  (name, savings) => {
    const found = attack(savings, { sideM: 2_400, stepM: 12 });
    process.stdout.write(`${name}: ${found.venues} venues, ${found.leastHa} ha left\n`);
    expect(found.venues).toBeGreaterThan(2_000);
    expect(found.leastHa).toBeGreaterThan(9);
  },
);

/**
 * What no circle of 400 m holds is known by its shape to the lattice. Somebody who knows that shape to the metre
 * beforehand finds where it lies far closer, as they would find it on any map; of a venue within it they learn nothing.
 */
const larger: readonly (readonly [name: string, savings: readonly Saving[]])[] = [
  ["a square of 700 m, and a place in it", [asArea(square(700)), asCircle(150)]],
  [
    "a route of 1,200 m, and a place on it, wider",
    [
      asRoute([
        [-600, 0],
        [600, 0],
      ]),
      asCircle(150, { isWide: true }),
    ],
  ],
];

test.each(larger)("of a shape that is known to the metre, %s: its figure", (name, savings) => {
  const found = attack(savings, { sideM: 2_000, stepM: 40 });
  process.stdout.write(`${name}: ${found.venues} venues, ${found.leastHa} ha left\n`);
  expect(found.venues).toBeGreaterThan(1_000);
});
