import { expect, test } from "vitest";
import { backtestReply } from "#core/patrols/wire/forecast-commands.ts";
import { type ForecastRecordReply, methodNames } from "#core/patrols/wire/forecast-seals.ts";
import { backtestCommand } from "#server/patrols/commands/backtest.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "how the forecast did",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    test("has the forecast and each count over the last 24 months, the same for all who ask", async () => {
      const [one, other] = await Promise.all([
        analyst.get("/api/forecast-record"),
        analyst.get("/api/forecast-record"),
      ]);
      expect(one.statusCode, one.body).toBe(200);
      expect(other.body).toBe(one.body);
      const record = one.json<ForecastRecordReply>();
      expect(record).toMatchObject({ to: "2021-10-31" });
      expect(record.methods.map(({ method }) => method)).toEqual(methodNames);
    });

    test("of one method asked for in boxster backtest stands beside the counts all the same", async () => {
      const values = { from: "2021-01-01", to: "2021-10-31", method: "forecast" };
      const { json } = await runCommand(app.services, backtestCommand, { values });
      const { methods } = backtestReply.parse(json);
      expect(methods.map(({ method }) => method)).toEqual(["forecast"]);
      expect(methods[0]?.shares.every(({ toBestCount }) => toBestCount !== null)).toBe(true);
    });
  },
  fillDemo,
);
