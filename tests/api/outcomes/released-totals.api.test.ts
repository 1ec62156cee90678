import { expect, test } from "vitest";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import type { TalliesReply } from "#core/outcomes/wire/tallies.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const autumn = "from=2021-08-01&to=2021-11-26";

onOneEngine(
  "what a presenter sees of totals",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");
    const presenter = app.caller("presenter");

    const figures = async (caller: TestCaller) =>
      (await caller.get(`/api/outcomes?${autumn}&form=shared`))
        .json<OutcomesReply>()
        .figures.map(({ count }) => count);
    const released = [65, 140, 45, 60, 40];

    test("SAFEGUARDS 7: stays as it was released, whatever is corrected: two looks give no count under 10", async () => {
      const { tallies } = (await analyst.get("/api/tallies")).json<TalliesReply>();
      const cautions = tallies.find(
        ({ measure, breakdown, from, to }) =>
          measure === "cautions" && breakdown === null && `from=${from}&to=${to}` === autumn,
      );
      expect(await figures(presenter)).toEqual(released);
      const reply = await analyst.send("PUT", `/api/tallies/${cautions?.id}`, {
        revision: cautions?.revision,
        value: 51,
        reason: "mistyped",
      });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(await figures(presenter)).toEqual(released);
      expect(await figures(analyst)).toEqual(released);
    });

    test("is nothing once the release is withdrawn", async () => {
      const notice = "A total was wrong.";
      const reply = await analyst.send("POST", "/api/releases/1/withdraw", { notice });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(await figures(presenter)).toEqual([null, null, null, null, null]);
      // What was public once stays linked with all that may leave.
      expect(await figures(analyst)).toEqual(released);
    });
  },
  fillDemo,
);
