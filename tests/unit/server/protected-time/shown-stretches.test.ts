import { expect, test } from "vitest";
import { addDays, createZone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { typedQueries } from "#server/db/rows.ts";
import { nothingSeen, shownStretches } from "#server/protected-time/protected-stretches.ts";

const zone = createZone("Europe/London");

test("fifteen days of protected time are read with the statements of one", async () => {
  const [one, fifteen] = [await statementsOf(1), await statementsOf(15)];
  expect(one).toBeGreaterThan(0);
  expect(fifteen).toBe(one);
});

async function statementsOf(days: number): Promise<number> {
  let count = 0;
  const query = async () => {
    count += 1;
    return [];
  };
  const tx: Transaction = {
    ...typedQueries(query, zone),
    query,
    tryQuery: async () => [],
    script: async () => undefined,
    commitWith: async () => [],
    through: (_, work) => work(tx),
  };
  const today = "2021-11-26";
  const from = zone.startOfDate(today);
  const to = zone.startOfDate(addDays(today, days));
  await shownStretches(tx, { zone, now: from, from, to, seen: nothingSeen() });
  return count;
}
