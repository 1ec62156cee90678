import { expect, test } from "vitest";
import { attack, histories } from "#tests/support/hunt/hatch-attack.ts";

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
