import { expect, test } from "vitest";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { attack, oneVan, twoVans, type World } from "#tests/support/hostile-sergeant.ts";

test.each(engines)(
  "10,000 tries of a hostile sergeant and a year of plans, briefings and calendar files tell no more than the hatch (%s)",
  async (engine) => {
    const answersIn = async (world: World) => {
      const { db, drop } = await openTestDatabase(engine);
      try {
        return await attack(db, world, { steps: 10_000, suggestions: 50, weeks: 52 });
      } finally {
        await drop();
      }
    };
    const [one, two] = await Promise.all([answersIn(oneVan), answersIn(twoVans)]);
    expect(one.length).toBeGreaterThan(10_000 + 4 * 52);
    expect(two.filter((line, at) => line !== one[at]).slice(0, 3)).toEqual([]);
    expect(two.length).toBe(one.length);
  },
);
