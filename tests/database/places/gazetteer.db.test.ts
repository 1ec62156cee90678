import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { inexactWords } from "#core/records/tallies.ts";
import type { ActServices } from "#server/acts/services.ts";
import { doCommand } from "#server/app/do-command.ts";
import { ownerActor } from "#server/db/database.ts";
import { importGazetteerCommand } from "#server/places/commands/imports.ts";
import { fillPlaces } from "#server/places/load.ts";
import { readBatches } from "#server/records/batches.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import {
  openName,
  openNames,
  openNamesHeader,
  policeHeader,
  policeRow,
} from "#tests/support/gazetteer.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

onEachEngine(
  "a gazetteer",
  ({ db }) => {
    const folder = scratchFolder("gazetteer");
    let services: ActServices;
    let bench: ImportBench;
    beforeAll(async () => {
      services = await testServices(db());
      bench = await openImportBench(db());
    });
    afterAll(async () => {
      await services.solver.close();
      await bench.close();
    });
    afterEach(async () => {
      await bench.undoAll();
      await query("delete from gazetteer");
    });

    const query = <Row>(sql: string) => db().transaction(ownerActor, (tx) => tx.query<Row>(sql));
    const importNames = async (lines: readonly string[]) => {
      const path = join(folder, "names.csv");
      writeFileSync(path, lines.join("\n"));
      return importPath(path);
    };
    const importPath = async (path: string) => {
      const { json } = await runCommand(services, importGazetteerCommand, { positionals: [path] });
      return json as GazetteerResult;
    };
    const remove = (gazetteer: number) =>
      runCommand(services, doCommand, { positionals: [`DELETE /api/gazetteers/${gazetteer}`] });

    test("is kept with who, when and how many, and every name with its key, cell and borough", async () => {
      const result = await importNames([openNamesHeader, ...openNames]);
      expect(result).toEqual({
        gazetteer: result.gazetteer,
        fileName: "names.csv",
        format: "os-open-names",
        rows: 12,
        kept: 8,
        streets: 6,
        postcodes: 2,
        outside: 2,
        notKept: 2,
      });
      expect(await query("select person, file_name, row_count, kept from gazetteer")).toEqual([
        { person: "tester", file_name: "names.csv", row_count: 12, kept: 8 },
      ]);
      const names = await query<{ name_key: string; cell: string; lng: number; lat: number }>(
        `select name_key, to_hex(cell) as cell, st_x(at)::float8 as lng, st_y(at)::float8 as lat
         from gazetteer_name order by id`,
      );
      expect(names.map(({ name_key }) => name_key)).toEqual([
        "brettenham road",
        "fore street",
        "park road",
        "park road",
        "st anns road",
        "section lane",
        "N182TT",
        "N155AA",
      ]);
      for (const { cell, lng, lat } of names) expect(cell).toBe(cellAt([lng, lat], 10));
    });

    test("without boroughs gets those that hold its points", async () => {
      await importNames([policeHeader, policeRow("On or near Town Road", -0.0605, 51.6177)]);
      expect(await query("select borough from gazetteer_name")).toEqual([{ borough: "Enfield" }]);
    });

    test("comes in once: the same names again are refused, and after removal they come in", async () => {
      const { gazetteer } = await importNames(openNames);
      await expect(importNames([openNamesHeader, ...openNames])).rejects.toThrow(
        /was already imported/,
      );
      const { json } = await remove(gazetteer);
      expect(json).toEqual({ gazetteer, removed: 8 });
      expect(await query("select count(*)::int as n from gazetteer_name")).toEqual([{ n: 0 }]);
      expect((await importNames(openNames)).kept).toBe(8);
      await expect(remove(999)).rejects.toThrow(/no gazetteer 999/);
    });

    test.each([
      ["empty", "", /^The file is empty/],
      ["of events", "Date,Latitude,Longitude,Kind\n2021-11-05,51.6,-0.06,complaint\n", /neither/],
      ["headings alone", openNamesHeader, /no row below/],
      ["a spreadsheet", "PK\u0003\u0004whatever", /spreadsheet \(XLSX\)/],
    ])("that is %s is refused in one line, and nothing is kept", async (_, text, reason) => {
      await expect(importNames([text])).rejects.toThrow(reason);
      await expect(importNames([text])).rejects.toThrow(/Nothing was saved\.$/);
      expect(await query("select count(*)::int as n from gazetteer")).toEqual([{ n: 0 }]);
    });

    test("that is not there is refused by name", async () => {
      await expect(importPath(join(folder, "none.csv"))).rejects.toThrow(/no file .*none\.csv/);
    });

    describe("places the rows of a file", () => {
      const file = [
        "Date,Street,Borough,Kind,Category",
        "2021-11-05 22:10,12 Brettenham Rd,,complaint,asb",
        "2021-11-06 22:10,Park Road,Haringey,complaint,asb",
        "2021-11-07 22:10,Park Road,,complaint,asb",
        "2021-11-08 22:10,Nowhere Lane,,complaint,asb",
      ].join("\n");
      const choices = { map: { street: "Street", borough: "Borough" } };

      test("and keeps the cell and how it was found, and no word of the street anywhere", async () => {
        await importNames(openNames);
        const result = await bench.importText(file);
        expect(result.mapping).toMatchObject(choices.map);
        expect(result).toMatchObject({ rows: 4, accepted: 2, rejected: 2 });
        expect(result.places).toEqual({
          placed: { street: 1, street_in_borough: 1 },
          refused: { street_ambiguous: 1, street_unknown: 1 },
        });
        expect(await query("select placed_by from event order by id")).toEqual([
          { placed_by: "street" },
          { placed_by: "street_in_borough" },
        ]);
        const [listed] = await readBatches({ ...bench.services, actor: analyst });
        expect(listed?.placed).toEqual({ street: 1, street_in_borough: 1 });
        expect(inexactWords(listed?.placed ?? {})).toBe(
          "Not placed by a point: 1 by the street's name, 1 by the street's name and its borough.",
        );
        expect(await bench.dump()).not.toMatch(/Brettenham|Park Road|Nowhere/);
        expect(JSON.stringify(result)).not.toMatch(/Brettenham|Park Road|Nowhere/);
      });

      test("the same file again is known again, and nothing without a gazetteer", async () => {
        await expect(bench.importText(file, { choices })).rejects.toThrow(
          /no list of streets or postcodes/,
        );
        await importNames(openNames);
        expect((await bench.importText(file, { choices })).accepted).toBe(2);
        expect(await bench.importText(file, { choices })).toMatchObject({
          accepted: 0,
          duplicates: 2,
        });
      });

      test("and what it placed stays when it is removed", async () => {
        const { gazetteer } = await importNames(openNames);
        await bench.importText(file, { choices });
        await remove(gazetteer);
        expect((await bench.stored()).events).toBe(2);
      });
    });

    const real = "police_uk/2021-street-burglary.csv";
    test.skipIf(!hasSharedFile(real))(
      "of a real street file of data.police.uk: its streets, and rows placed by their names alone",
      async () => {
        const result = await importPath(sharedFile(real));
        expect(result).toMatchObject({ format: "police-uk-street", rows: 11_443, postcodes: 0 });
        expect(result.streets).toBeGreaterThan(4_000);
        const names = await query<{ name: string }>(
          "select distinct name from gazetteer_name limit 500",
        );
        const text = [
          "Date,Street,Kind",
          ...names.map(({ name }) => `2021-11-05,"${name}",complaint`),
        ].join("\n");
        const { places, rows } = await bench.importText(text, {
          choices: { map: { street: "Street" } },
        });
        const { street = 0 } = places.placed;
        const { street_ambiguous = 0 } = places.refused;
        expect(street + street_ambiguous).toBe(rows);
        expect(street).toBeGreaterThan(rows / 2);
      },
    );

    test("a name outside the area is not kept, whatever its file says", async () => {
      const rows = [...openNames, openName({ name: "Sea Road", east: 650_000, north: 150_000 })];
      expect((await importNames(rows)).outside).toBe(3);
    });
  },
  fillPlaces,
);
