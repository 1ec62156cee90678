import { afterAll, afterEach, beforeAll, test } from "vitest";
import { fillPlaces } from "#server/places/load.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { expectEqualFormats, formatCases } from "#tests/support/format-cases.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { runsOf } from "#tests/support/runs.ts";

const most = runsOf(Number.POSITIVE_INFINITY, 300);
/** The whole files take minutes. */
const timeout = runsOf(3_600_000, 120_000);

onEachEngine(
  "one table as CSV, workbook and GeoJSON",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    for (const one of formatCases) {
      test.skipIf(!one.isThere)(
        `${one.title}: the same events by command and by page`,
        () => expectEqualFormats(bench, one, most),
        timeout,
      );
    }
  },
  fillPlaces,
);
