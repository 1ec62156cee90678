import { expect, test } from "vitest";
import { engines, openFilled } from "#tests/support/database.ts";
import {
  attack,
  fillAttacked,
  oneVan,
  twoVans,
  type World,
} from "#tests/support/hostile-sergeant.ts";

test.each(engines)(
  "10,000 tries of a hostile sergeant and a year of plans, briefings and calendar files tell no more than the hatch (%s)",
  async (engine) => {
    const answersIn = async (world: World) => {
      const { db, drop } = await openFilled(engine, fillAttacked);
      try {
        const tries = { steps: 10_000, suggestions: 50, weeks: 52, daysOfWeek: 7 };
        return await attack(db, world, tries);
      } finally {
        await drop();
      }
    };
    const [one, two] = await Promise.all([answersIn(oneVan), answersIn(twoVans)]);
    expect(one.length).toBeGreaterThan(10_000 + 4 * 52);
    // As many of each as are asked for of 200 tries would be 500 and 1,000.
    expect(one.filter((line) => /^ask 200 .*"answer":"no"/.test(line)).length).toBeGreaterThan(500);
    expect(one.filter((line) => /^ask 200 .*"answer":"yes"/.test(line)).length).toBeGreaterThan(
      500,
    );
    expect(one.filter((line) => /^drag 200 .*"ok":false/.test(line)).length).toBeGreaterThan(1_000);
    expect(two.filter((line, at) => line !== one[at]).slice(0, 3)).toEqual([]);
    expect(two.length).toBe(one.length);
  },
);
