import { expect, test } from "vitest";
import { attack, histories } from "#tests/support/hunt/hatch-attack.ts";

/** Some of a cell is lost to the step between venues; what stuck out of the larger cells was 0.78 ha. */
test.each(histories)(
  "2,000 venues, %s: a whole lattice cell is left, whatever was saved beside it",
  (_name, savings) => {
    const { venues, leastHa } = attack(savings, { sideM: 3_000, stepM: 45 });
    expect(venues).toBeGreaterThan(1_000);
    expect(leastHa).toBeGreaterThan(8);
  },
);
