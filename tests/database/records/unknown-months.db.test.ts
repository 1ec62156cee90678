import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { displacementQuery } from "#core/displacement/wire/displacement.ts";
import { backtestQuery } from "#core/patrols/wire/forecast-commands.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import type { Actor } from "#core/role.ts";
import { assess } from "#server/displacement/assess.ts";
import { runBacktest } from "#server/patrols/commands/backtest.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { readForecastRecord } from "#server/patrols/forecast-record.ts";
import { fillPlaces } from "#server/places/load.ts";
import { placesOf } from "#server/places/places.ts";
import { qualityOf } from "#server/records/quality.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";

const header = "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type";
const months = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, "0")}`);
const points = ["-0.0631,51.6179", "-0.0639,51.6158", "-0.1012,51.5953", "-0.0644,51.6147"];

/** Forty reports a month; of those of the bad month two have a point. */
function file(bad: string | null): string {
  const rows = months.flatMap((month) =>
    Array.from({ length: 40 }, (_, at) => {
      const point = month === bad && at > 1 ? "," : points[at % points.length];
      return `${month}-${at},${month},${point},On or near Fore Street,E01,Burglary`;
    }),
  );
  return [header, ...rows].join("\n");
}

const sentence = "Jun 2025 is left out: most of its reports had no place.";
const sergeant: Actor = { person: "sergeant-1", role: "sergeant", partner: null };
const publisher: Actor = { person: "nobody", role: "publisher", partner: null };

onEachEngine(
  "months in which most rows had no place",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    const unknownTo = (actor: Actor) =>
      db().transaction(actor, async (tx) => {
        const found = await loadUnknownMonths(tx, bench.services.zone, reportedKinds);
        return found.map(({ month }) => month);
      });

    test("are known to whoever forecasts or assesses, until the file comes in whole or is undone", async () => {
      const result = await bench.importText(file("2025-06"));
      expect(result).toMatchObject({ accepted: 442, rejected: 38 });
      expect(result.notes.join(" ")).toContain(
        "Most rows have no place in Jun 2025 (38 of 40 rows)",
      );
      for (const actor of [analyst, sergeant, publisher]) {
        expect(await unknownTo(actor)).toEqual(["2025-06"]);
      }
      expect(await bench.importText(file(null))).toMatchObject({ accepted: 38, duplicates: 442 });
      expect(await unknownTo(analyst)).toEqual([]);
    });

    test("are no more once their import is undone", async () => {
      const { batch } = await bench.importText(file("2025-06"));
      await db().transaction(analyst, (tx) =>
        tx.query("update batch set undone_at = now(), undone_by = person where id = $1::int", [
          batch,
        ]),
      );
      expect(await unknownTo(analyst)).toEqual([]);
    });

    describe("are left out and said", () => {
      test("by the forecast of a plan, whose level does not fall", async () => {
        const { services } = bench;
        const { command } = await placesOf(services);
        const reportsBefore = services.zone.startOfDate("2025-07-01");
        const demandOf = () =>
          services.db.transaction(sergeant, (tx) =>
            knownDemand(tx, { ...services, study: command }, reportsBefore),
          );
        const levelOf = ({ week }: Awaited<ReturnType<typeof demandOf>>) =>
          week.reduce((sum, hour) => sum + hour, 0);
        await bench.importText(file(null));
        const whole = await demandOf();
        expect(whole.method.leftOut).toBeUndefined();
        await bench.undoAll();
        await bench.importText(file("2025-06"));
        const cut = await demandOf();
        expect(cut.method.leftOut).toBe(sentence);
        expect(levelOf(cut) / levelOf(whole)).toBeGreaterThan(0.95);
      });

      test("by the backtest, and by the record of the forecast", async () => {
        await bench.importText(file("2025-06"));
        const asked = { from: "2025-03-01", to: "2025-11-30", method: "count-3" };
        const act = { ...bench.services, actor: analyst };
        const query = backtestQuery.parse({ ...asked, sources: "resident" });
        const reply = await runBacktest(act, query);
        expect(reply.leftOut).toBe(sentence);
        expect(reply.methods).toMatchObject([{ folds: 8 }]);
        expect(await readForecastRecord(act)).toMatchObject({ months: 11 });
      });

      test("by the quality of the records", async () => {
        await bench.importText(file("2025-06"));
        const { unknownMonths } = await qualityOf({ ...bench.services, actor: sergeant });
        expect(unknownMonths).toEqual(["2025-06"]);
      });

      test("by displacement, on both sides of the start", async () => {
        await bench.importText(file("2025-06"));
        const query = displacementQuery.parse({ area: "Enfield", start: "2025-08-01" });
        const { reply } = await assess({ ...bench.services, actor: sergeant }, query);
        expect(reply.notes).toContain(sentence);
        expect(reply.overall.series.map(({ month }) => month)).not.toContain("2025-06");
      });
    });
  },
  fillPlaces,
);
