import { expect, test } from "vitest";
import { forecastChoices } from "#core/patrols/forecast/choice.ts";
import { forecastChoiceReply, forecastRecordReply } from "#core/patrols/wire/forecast-choice.ts";
import { backtestReply } from "#core/patrols/wire/forecast-commands.ts";
import { backtestCommand } from "#server/patrols/commands/backtest.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "the forecast that Plan uses",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    const choose = (body: unknown, caller = analyst) =>
      caller.send("PUT", "/api/forecast-choice", body as Record<string, unknown>);
    const read = async () =>
      forecastChoiceReply.parse((await analyst.get("/api/forecast-choice")).json()).chosen;

    test("is nobody's choice at first, then the analyst's, with who and when", async () => {
      expect(await read()).toBeNull();
      const reply = await choose({ choice: "blend-12-3", instead: "forecast" });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(await read()).toMatchObject({ choice: "blend-12-3", chosenOn: "2021-11-26" });
      expect((await read())?.chosenBy).not.toBe("");
    });

    test.each([
      [{ choice: "density" }],
      [{ choice: "count-6" }],
      [{ choice: "blend-12-10" }],
      [{ choice: "blend-12-0" }],
      [{}],
      [{ choice: "count-12", person: "x" }],
      [{ choice: "count-12", instead: "x" }],
      [{ choice: "count-12" }],
    ])("%j is refused with its reason, and changes nothing", async (body) => {
      const before = await read();
      const reply = await choose(body);
      expect(reply.statusCode).toBe(400);
      expect(reply.body).toMatch(/choice|person|instead/);
      expect(await read()).toEqual(before);
    });

    test("where somebody chose meanwhile it says who and what, and changes nothing", async () => {
      const before = await read();
      const reply = await choose({ choice: "count-12", instead: "forecast" });
      expect(reply.statusCode).toBe(409);
      expect(reply.json()).toMatchObject({ title: "Somebody else chose first" });
      expect(reply.json().detail).toContain(
        `${before?.chosenBy} chose meanwhile: 30% count of the last 12 months`,
      );
      expect(await read()).toEqual(before);
    });

    test("a sergeant cannot change it", async () => {
      const sergeant = await app.as("sergeant");
      expect(
        (await choose({ choice: "count-12", instead: "blend-12-3" }, sergeant)).statusCode,
      ).toBe(403);
    });

    test("its record has every choice over the last 24 months, the same for all who ask", async () => {
      const [one, other] = await Promise.all([
        analyst.get("/api/forecast-choice/record"),
        analyst.get("/api/forecast-choice/record"),
      ]);
      expect(one.statusCode, one.body).toBe(200);
      expect(other.body).toBe(one.body);
      const record = forecastRecordReply.parse(one.json());
      expect(record).toMatchObject({ to: "2021-10-31" });
      expect(record.choices.map(({ choice }) => choice)).toEqual(forecastChoices);
    });

    test("boxster backtest has it among its methods and says that Plan uses it", async () => {
      const values = { from: "2021-09-01", to: "2021-10-31" };
      const { json, text } = await runCommand(app.services, backtestCommand, { values });
      const reply = backtestReply.parse(json);
      expect(reply.usedByPlan).toBe("blend-12-3");
      expect(reply.methods.at(-1)?.method).toBe("blend-12-3");
      expect(text.join("\n")).toContain(
        "blend-12-3: 30% count of the last 12 months, 70% average of 60 methods.",
      );
      expect(text[2]).toBe("Plan uses: blend-12-3.");
      // One alone is beside the counts all the same.
      const alone = await runCommand(app.services, backtestCommand, {
        values: { from: "2020-10-01", to: "2021-10-31", method: "blend-12-3" },
      });
      const [only, ...others] = backtestReply.parse(alone.json).methods;
      expect(others).toEqual([]);
      expect(only?.shares[0]?.toBestCount).not.toBeNull();
    });
  },
  fillDemo,
);
