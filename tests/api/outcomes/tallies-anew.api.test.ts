import { expect, test } from "vitest";
import type { MeasureName } from "#core/outcomes/measures.ts";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import type { StoredTallyReply, TalliesReply } from "#core/outcomes/wire/tallies.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

interface Days {
  readonly from: string;
  readonly to: string;
}
const may = { from: "2021-05-01", to: "2021-05-31" };
/** Two days fewer. */
const shorter = { from: "2021-05-03", to: "2021-05-31" };

onOneEngine(
  "a total that is withdrawn",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    const measure: MeasureName = "conditional_cautions";
    const type = async (days: Days, value: number, takenFrom: string) => {
      const totals = [{ measure, ...days, value, takenFrom }];
      const reply = await analyst.send("POST", "/api/tallies", { totals });
      expect(reply.statusCode, reply.body).toBe(200);
    };
    const stored = async ({ from }: Days): Promise<StoredTallyReply> => {
      const { tallies } = (await analyst.get("/api/tallies")).json<TalliesReply>();
      const own = tallies.find((tally) => tally.measure === measure && tally.from === from);
      if (!own) throw new Error(`Nothing is typed from ${from} on`);
      return own;
    };
    const correct = async (days: Days, value: number | null, reason: string) => {
      const { id, revision } = await stored(days);
      const reply = await analyst.send("PUT", `/api/tallies/${id}`, { revision, value, reason });
      expect(reply.statusCode, reply.body).toBe(200);
    };
    const given = async ({ from, to }: Days) => {
      const reply = await analyst.get(`/api/outcomes?from=${from}&to=${to}&form=shared`);
      return reply.json<OutcomesReply>().others.find((other) => other.measure === measure)?.count;
    };

    test("keeps its days: one of two days fewer does not leave after it", async () => {
      await type(may, 43, "Custody return");
      expect(await given(may)).toBe(45);
      await correct(may, null, "counted_twice");
      await type(shorter, 42, "Custody return");
      expect(await given(may)).toBeUndefined();
      expect(await given(shorter)).toBeUndefined();
    });

    test("typed again is read from its own return, takes nothing away, and no reason is made up", async () => {
      await type(may, 46, "Court list, May");
      expect(await given(may)).toBe(45);
      expect(await given(shorter)).toBeUndefined();
      const own = await stored(may);
      expect(own).toMatchObject({ value: 46, takenFrom: "Court list, May" });
      expect(own.changes.map(({ value, reason }) => [value, reason])).toEqual([
        [43, null],
        [null, "counted_twice"],
        [46, null],
      ]);
      await correct(may, 47, "mistyped");
      const corrected = await stored(may);
      expect(corrected).toMatchObject({ value: 47, takenFrom: "Court list, May" });
      expect(corrected.changes.at(-1)).toMatchObject({ value: 47, reason: "mistyped" });
    });
  },
  fillDemo,
);
