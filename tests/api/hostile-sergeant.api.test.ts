import { expect, test } from "vitest";
import { openTestDatabase } from "#tests/support/database.ts";
import { attack, elsewhere, oneVan, twoVans, type World } from "#tests/support/hostile-sergeant.ts";

/** One after the other, each in a database of its own. */
async function answersIn(world: World, plan: Parameters<typeof attack>[2]): Promise<string[]> {
  const { db, drop } = await openTestDatabase("embedded");
  try {
    return await attack(db, world, plan);
  } finally {
    await drop();
  }
}

test("a hostile sergeant learns no more than the hatch: two worlds behind one hatch answer alike to every try", async () => {
  const tries = { steps: 200, suggestions: 2, weeks: 1 };
  const one = await answersIn(oneVan, tries);
  const two = await answersIn(twoVans, tries);
  expect(two).toEqual(one);
  // The tries reach what is closed: they are refused, offered other times and told no.
  const all = one.join("\n");
  expect(one.filter((line) => /^ask 200 .*"answer":"no"/.test(line)).length).toBeGreaterThan(10);
  expect(one.filter((line) => /^ask 200 .*"answer":"yes"/.test(line)).length).toBeGreaterThan(10);
  expect(one.filter((line) => /^drag 200 .*"ok":false/.test(line)).length).toBeGreaterThan(20);
  expect(all).toContain('"nearest":{"start"');
  expect(all).toMatch(/^week agreed 200 /m);
  expect(all).not.toMatch(/van|elm|gate|lantern|harbour/i);
  // And the comparison can fail: behind another hatch the answers are others.
  // The same first hundred tries: a suggestion opens each hundred.
  const shorter = { steps: 100, suggestions: 1, weeks: 0 };
  expect(await answersIn(elsewhere, shorter)).not.toEqual(one.slice(0, shorter.steps));
}, 590_000);
