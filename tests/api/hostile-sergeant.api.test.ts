import { expect, test } from "vitest";
import { openFilled } from "#tests/support/database.ts";
import {
  attack,
  elsewhere,
  fillAttacked,
  oneVan,
  twoVans,
  type World,
} from "#tests/support/hostile-sergeant.ts";

/** One after the other, each in a database of its own. */
async function answersIn(world: World, plan: Parameters<typeof attack>[2]): Promise<string[]> {
  const { db, drop } = await openFilled("embedded", fillAttacked);
  try {
    return await attack(db, world, plan);
  } finally {
    await drop();
  }
}

test("a hostile sergeant learns no more than the hatch: two worlds behind one hatch answer alike to every try", async () => {
  // 10,000 of them and a year of whole weeks are in tests/slow.
  const tries = { steps: 60, suggestions: 1, weeks: 1, daysOfWeek: 2 };
  const one = await answersIn(oneVan, tries);
  const two = await answersIn(twoVans, tries);
  expect(two).toEqual(one);
  // The tries reach what is closed: they are refused, offered other times and told no.
  const all = one.join("\n");
  expect(one.filter((line) => /^ask 200 .*"answer":"no"/.test(line)).length).toBeGreaterThan(3);
  expect(one.filter((line) => /^ask 200 .*"answer":"yes"/.test(line)).length).toBeGreaterThan(10);
  expect(one.filter((line) => /^drag 200 .*"ok":false/.test(line)).length).toBeGreaterThan(10);
  expect(all).toContain('"nearest":{"start"');
  expect(all).toMatch(/^week agreed 200 /m);
  expect(all).not.toMatch(/van|elm|gate|lantern|harbour/i);
  // And the comparison can fail: behind another hatch the answers are others.
  // The same first tries.
  const shorter = { ...tries, steps: 20, weeks: 0 };
  expect(await answersIn(elsewhere, shorter)).not.toEqual(one.slice(0, shorter.steps));
}, 590_000);
