import { afterAll, beforeAll, expect, test } from "vitest";
import { type BacktestReply, backtestReply } from "#core/patrols/wire/forecast-commands.ts";
import { methodNames } from "#core/patrols/wire/forecast-seals.ts";
import type { ActServices } from "#server/acts/services.ts";
import { backtestCommand } from "#server/patrols/commands/backtest.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "boxster backtest",
  ({ db }) => {
    let services: ActServices;
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(() => services.solver.close());

    const run = (values: Record<string, string>) =>
      runCommand(services, backtestCommand, { values });

    test("has every method at four shares of the area, with the tie range", async () => {
      const { json, text } = await run({ from: "2021-08-01", to: "2021-11-25", horizon: "14" });
      const reply = backtestReply.parse(json) as BacktestReply;
      expect(reply.methods.map(({ method }) => method)).toEqual(methodNames);
      expect(reply).toMatchObject({ horizon: 14, resolution: 10, cells: 8_304 });
      for (const { folds, shares } of reply.methods) {
        expect(folds).toBe(8);
        expect(shares.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1]);
        for (const { pai, paiLow, paiHigh, hitRate, pei } of shares) {
          expect(paiLow).toBeLessThanOrEqual(pai);
          expect(pai).toBeLessThanOrEqual(paiHigh);
          expect(hitRate).toBeLessThanOrEqual(1);
          expect(pei).toBeLessThanOrEqual(1);
        }
      }
      expect(text.join("\n")).toContain("8 periods of 14 days from 2021-08-01 to 2021-11-25");
      expect(text.join("\n")).not.toMatch(/NaN|undefined|Infinity/);
    });

    test("reads reported events alone unless told otherwise", async () => {
      const values = { from: "2021-08-01", to: "2021-10-31", method: "count-3" };
      const { json: reported } = await run(values);
      const { json: stops } = await run({ ...values, kinds: "stop_search" });
      expect((reported as BacktestReply).sources).toEqual(["resident", "partner"]);
      expect((stops as BacktestReply).sources).toEqual(["police"]);
      expect((stops as BacktestReply).reports).toBeLessThanOrEqual(141);
    });

    test.each([
      [{ from: "2021-08-01" }, "--to is missing."],
      [{ from: "2021-08-01", to: "2021-08-31", method: "luck" }, '"luck" is not a method'],
      [{ from: "2021-08-02", to: "2021-08-30" }, "there is no whole month"],
      [{ from: "2001-01-01", to: "2001-03-31" }, "there is no whole month with any"],
      [{ from: "2021-08-01", to: "2021-08-31", horizon: "0" }, "--horizon 0"],
    ])("%j is refused with its reason", async (values, reason) => {
      await expect(run(values as Record<string, string>)).rejects.toThrow(reason);
    });
  },
  fillDemo,
);
