import { expect, test } from "vitest";
import { engines, openFilled } from "#tests/support/database.ts";
import {
  attack,
  elsewhere,
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

/** One after the other, each in a database of its own. */
async function answersInTurn(world: World, plan: Parameters<typeof attack>[2]): Promise<string[]> {
  const { db, drop } = await openFilled("embedded", fillAttacked);
  try {
    return await attack(db, world, plan);
  } finally {
    await drop();
  }
}

test("a hostile sergeant learns no more than the hatch: two worlds behind one hatch answer alike to every try", async () => {
  const tries = { steps: 60, suggestions: 1, weeks: 1, daysOfWeek: 2 };
  const one = await answersInTurn(oneVan, tries);
  const two = await answersInTurn(twoVans, tries);
  expect(two).toEqual(one);
  // The tries reach what is closed: they are refused, offered other times and told no.
  const all = one.join("\n");
  expect(one.filter((line) => /^ask 200 .*"answer":"no"/.test(line)).length).toBeGreaterThan(3);
  expect(one.filter((line) => /^ask 200 .*"answer":"yes"/.test(line)).length).toBeGreaterThan(10);
  expect(one.filter((line) => /^drag 200 .*"ok":false/.test(line)).length).toBeGreaterThan(10);
  expect(all).toContain('"nearest":{"start"');
  expect(all).toMatch(/^week agreed 200 /m);
  // Units tap at stops, and late sessions take patrols from them, of which they say that they know.
  expect(all).toMatch(/^night agreed 200 /m);
  for (const name of ["sergeant", "warden"]) {
    expect(all).toMatch(new RegExp(`^${name}: stay 200 `, "m"));
    expect(all).toMatch(new RegExp(`^${name}: seen 200 `, "m"));
    expect(all).toMatch(new RegExp(`^${name}: seen 409 `, "m"));
  }
  // Their screens and phones are told, in as many messages.
  expect(all).toMatch(/^news: .*sergeant hears .*plan.*o\.phone 0 "0"/m);
  expect(all).toMatch(/^news: .*warden hears .*plan.*w\.phone 0 "0"/m);
  expect(all).not.toMatch(/van|elm|gate|lantern|harbour/i);
  // And the comparison can fail: behind another hatch the answers are others.
  // The same first tries.
  const shorter = { ...tries, steps: 20, weeks: 0 };
  const other = await answersInTurn(elsewhere, shorter);
  expect(other.slice(0, shorter.steps)).not.toEqual(one.slice(0, shorter.steps));
});
