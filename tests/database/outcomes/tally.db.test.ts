import { expect, test } from "vitest";
import { type Tally, tally as tallySchema } from "#core/outcomes/wire/tallies.ts";
import { ownerActor } from "#server/db/database.ts";
import { addTally, loadTallies } from "#server/outcomes/tallies.ts";
import { onEachEngine } from "#tests/support/database.ts";

const cautions: Tally = {
  measure: "cautions",
  from: "2021-08-01",
  to: "2021-11-26",
  value: 43,
};

const whole = (tally: Tally) => ({ ...tally, breakdown: null, part: null });

onEachEngine("tallies", ({ rolledBack, db }) => {
  test("are shown for the exact period typed, never summed or split", () =>
    rolledBack(async (tx) => {
      const september = { ...cautions, from: "2021-09-01", to: "2021-09-30", value: 11 };
      await addTally(tx, cautions);
      await addTally(tx, september);
      expect(await loadTallies(tx, "2021-11-26")).toEqual([whole(cautions), whole(september)]);
    }));

  test("are not seen before their period has ended", () =>
    rolledBack(async (tx) => {
      await addTally(tx, cautions);
      expect(await loadTallies(tx, "2021-11-25")).toEqual([]);
      expect(await loadTallies(tx, "2021-11-26")).toEqual([whole(cautions)]);
    }));

  test("know who typed them", async () => {
    const analyst = { person: "a.analyst", role: "analyst", partner: null } as const;
    await db().transaction(analyst, (tx) => addTally(tx, { ...cautions, value: 0 }));
    const rows = await db().transaction(ownerActor, (tx) =>
      tx.query<{ by: string }>('select entered_by as "by" from tally'),
    );
    expect(rows).toEqual([{ by: "a.analyst" }]);
    await db().transaction(ownerActor, (tx) => tx.query("delete from tally"));
  });

  test.each([
    [{ value: -1 }, "23514", "tally_value_check"],
    [{ to: "2021-07-31" }, "23514", "tally_period_to_check"],
    [{ measure: "Cautions given" }, "23514", "tally_measure_check"],
  ])("a wrong one is refused by a named rule: %j", (wrong, code, constraint) =>
    rolledBack(async (tx) => {
      const failed = addTally(tx, { ...cautions, ...wrong } as Tally);
      await expect(failed).rejects.toMatchObject({ code, constraint });
    }),
  );

  test("a second figure for the same measure and period is refused, not added", () =>
    rolledBack(async (tx) => {
      await addTally(tx, cautions);
      await expect(addTally(tx, { ...cautions, value: 44 })).rejects.toMatchObject({
        code: "23505",
        constraint: "tally_measure_key",
      });
    }));
});

test("a tally is read strictly: whole numbers, known measures, days in order", () => {
  expect(tallySchema.safeParse(cautions).success).toBe(true);
  for (const wrong of [
    { value: 1.5 },
    { value: -1 },
    { measure: "nationality" },
    { to: "2021-07-31" },
    { from: "2021-02-31" },
    { person: "someone" },
  ]) {
    expect(tallySchema.safeParse({ ...cautions, ...wrong }).success, JSON.stringify(wrong)).toBe(
      false,
    );
  }
});
