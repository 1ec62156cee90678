import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { BoundaryKind } from "#core/places/wire/imports.ts";
import type { Area } from "#core/places/wire/places.ts";
import type { Actor } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import { deleteAreas, loadAreas, loadEdges, loadFineAreas } from "#server/places/areas.ts";
import {
  importBoundaries,
  listBoundarySets,
  removeBoundaries,
} from "#server/places/import-boundaries.ts";
import { fillPlaces, loadPack } from "#server/places/load.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { addEvents } from "#tests/support/layers.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

interface TestArea {
  readonly code: string;
  readonly name: string;
  readonly ring: readonly (readonly [number, number])[];
  readonly lad?: string;
}

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };

/** In Edmonton, so well inside the command. */
const square = ring([-0.07, 51.62], [-0.06, 51.62], [-0.06, 51.63], [-0.07, 51.63]);
const bowTie = ring([-0.07, 51.63], [-0.06, 51.64], [-0.06, 51.63], [-0.07, 51.64]);
const flat = ring([-0.07, 51.62], [-0.06, 51.62], [-0.05, 51.62]);
const farAway = ring([-1.5, 53.3], [-1.4, 53.3], [-1.4, 53.4], [-1.5, 53.4]);

const hole = ring([-0.064, 51.624], [-0.063, 51.624], [-0.063, 51.625], [-0.064, 51.625]);
const tiny = ring([-0.08, 51.61], [-0.07999, 51.61], [-0.07999, 51.61001], [-0.08, 51.61001]);

function feature(properties: object, coordinates: unknown) {
  return { type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } };
}

function ring(...corners: (readonly [number, number])[]): TestArea["ring"] {
  return [...corners, corners[0] as readonly [number, number]];
}

onEachEngine(
  "import of boundaries",
  ({ db, once }) => {
    const folder = scratchFolder("boundaries");
    const path = join(folder, "areas.geojson");
    const act = async () => ({ ...(await testServices(db())), actor: analyst });
    const importFile = async (file: string, kind: BoundaryKind, dryRun = false) =>
      importBoundaries(await act(), { source: await fileSource(file), choices: { kind }, dryRun });
    const importAreas = (areas: readonly TestArea[], kind: BoundaryKind = "ward") => {
      const features = areas.map(({ ring: corners, ...properties }) => ({
        type: "Feature",
        properties,
        geometry: { type: "Polygon", coordinates: [corners] },
      }));
      writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features }));
      return importFile(path, kind);
    };
    const wards = async () =>
      (await db().transaction(ownerActor, loadAreas)).filter((area) => area.kind === "ward");

    const fine = () => db().transaction(ownerActor, loadFineAreas);
    const sets = () => db().transaction(analyst, listBoundarySets);
    const remove = async (kind: BoundaryKind) => removeBoundaries(await act(), kind);

    afterEach(() =>
      db().transaction(ownerActor, async (tx) => {
        await deleteAreas(tx, ["ward", "lsoa", "beat"]);
        await tx.query("delete from boundary_set");
        await tx.query("delete from batch");
      }),
    );

    once("wards of the command are kept, others counted as outside", async () => {
      const result = await importAreas([
        { code: "W1", name: "Town", ring: square },
        { code: "W9", name: "Elsewhere", ring: farAway },
      ]);
      expect(result).toMatchObject({
        kind: "ward",
        features: 2,
        kept: 1,
        outside: 1,
        repaired: [],
        overlaps: [],
        codeProperty: "code",
        nameProperty: "name",
      });
      expect(await wards()).toMatchObject([{ code: "W1", name: "Town", inCommand: false }]);
    });

    test("a line that crosses itself is put right and named", async () => {
      const result = await importAreas([
        { code: "W1", name: "Town", ring: square },
        { code: "W2", name: "Bow tie", ring: bowTie },
      ]);
      expect(result).toMatchObject({
        kept: 2,
        repaired: [
          { name: "Bow tie", fault: "Self-intersection", at: "-0.06500, 51.63500", before: 0 },
        ],
      });
      // Two triangles, half of the square of 77 hectares.
      expect(Math.abs((result.repaired[0]?.after ?? 0) / 385_000 - 1)).toBeLessThan(0.01);
      const mended = (await wards()).find((ward) => ward.code === "W2");
      expect(mended?.polygons).toHaveLength(2);
    });

    test("a shape without an area refuses the file, and the old wards stay", async () => {
      await importAreas([{ code: "W1", name: "Town", ring: square }]);
      const run = importAreas([
        { code: "W3", name: "New", ring: square },
        { code: "W4", name: "Flat", ring: flat },
      ]);
      await expect(run).rejects.toThrow(/"Flat" cannot be repaired near -?[\d.]+, [\d.]+/);
      expect((await wards()).map((ward) => ward.code)).toEqual(["W1"]);
    });

    once("a second ward set takes the place of the first", async () => {
      await importAreas([{ code: "W1", name: "Town", ring: square }]);
      await importAreas([{ code: "W2", name: "Bow tie", ring: bowTie }]);
      expect((await wards()).map((ward) => ward.code)).toEqual(["W2"]);
    });

    once("two wards of one name are told apart by their borough", async () => {
      const right = square.map(([lng, lat]) => [lng + 0.01, lat] as const);
      await importAreas([
        { code: "W1", name: "Town", lad: "Enfield", ring: square },
        { code: "W2", name: "Town", lad: "Haringey", ring: right },
      ]);
      expect((await wards()).map((ward) => ward.name)).toEqual([
        "Town (Enfield)",
        "Town (Haringey)",
      ]);
    });

    once("swapped axes, or a file of another place, are refused", async () => {
      const swapped = square.map(([lng, lat]) => [lat, lng] as const);
      const run = importAreas([{ code: "W1", name: "Town", ring: swapped }]);
      await expect(run).rejects.toThrow(/none of the 1 areas is in the area.* swapped/);
    });

    once("a borough gets its new line and keeps its place in the command", async () => {
      const [before] = await db().transaction(ownerActor, loadAreas);
      if (!before) throw new Error("no borough");
      const outer = before.polygons[0]?.[0] ?? [];
      const result = await importAreas(
        [{ code: before.code, name: "New line", ring: outer }],
        "borough",
      );
      expect(result).toMatchObject({ kept: 1, outside: 0 });
      const after = (await db().transaction(ownerActor, loadAreas)).find(
        (one) => one.code === before.code,
      );
      expect(after).toMatchObject({ name: before.name, kind: "borough", inCommand: true });
      const unknown = importAreas([{ code: "X", name: "X", ring: square }], "borough");
      await expect(unknown).rejects.toThrow(/none of the 1 areas has the code of a borough/);
    });

    once("a borough drawn somewhere else is refused, and the old line stays", async () => {
      const run = importAreas([{ code: "E09000010", name: "Enfield", ring: square }], "borough");
      await expect(run).rejects.toThrow(/"Enfield" \(E09000010\) overlaps only 1%/);
      expect(await sets()).toEqual([]);
    });

    test("removing the lines of boroughs brings back those that came with the tool", async () => {
      const before = loadPack().areas.find(({ code }) => code === "E09000010");
      const outer = before?.polygons[0]?.[0] ?? [];
      const thinned = outer.filter((_, index) => index % 3 === 0 || index === outer.length - 1);
      await importAreas([{ code: before?.code ?? "", name: "x", ring: thinned }], "borough");
      expect((await db().transaction(ownerActor, loadAreas))[0]).not.toEqual(before);
      await remove("borough");
      expect((await db().transaction(ownerActor, loadAreas))[0]).toEqual(before);
    });

    const edges = () => db().transaction(ownerActor, loadEdges);
    const bundledBoroughs = () =>
      loadPack().areas.filter(({ inCommand }) => inCommand) as [Area, Area];
    /** The line as it came with the tool, each point some twenty metres off. */
    const moved = ({ code, name, polygons }: Area): TestArea => ({
      code,
      name,
      ring: (polygons[0]?.[0] ?? []).map(([lng, lat]) => [lng + 0.0002, lat + 0.0001]),
    });

    once(
      "the lines shared with neighbours follow the boroughs, and come back with them",
      async () => {
        const before = await edges();
        const result = await importAreas(bundledBoroughs().map(moved), "borough");
        expect(result.notes.join(" ")).toMatch(/with neighbours were redrawn/);
        const after = await edges();
        expect(after.map(({ neighbour }) => neighbour)).toEqual(
          before.map(({ neighbour }) => neighbour),
        );
        after.forEach((edge, index) => {
          expect(edge.lines, edge.neighbour).not.toEqual(before[index]?.lines);
        });
        await remove("borough");
        expect(await edges()).toEqual(before);
      },
    );

    once(
      "one borough of the two, or a line that is no border of the same, leaves them unchanged",
      async () => {
        const before = await edges();
        const [enfield, haringey] = bundledBoroughs();
        const one = await importAreas([moved(enfield)], "borough");
        expect(one.notes.join(" ")).toMatch(
          /stay as they were, because the file has no line of Haringey/,
        );
        const inner = moved(haringey).ring.map(([lng, lat]): [number, number] => [
          lng,
          lat - 0.004,
        ]);
        const two = await importAreas(
          [moved(enfield), { ...moved(haringey), ring: inner }],
          "borough",
        );
        expect(two.notes.join(" ")).toMatch(/stay as they were, because (?:part|the boundary)/);
        expect(await edges()).toEqual(before);
        await remove("borough");
      },
    );

    for (const kind of ["lsoa", "beat"] as const) {
      once(`a set of kind ${kind} becomes study areas`, async () => {
        await importAreas(
          [
            { code: "A1", name: "One", ring: square },
            { code: "A2", name: "Tiny", ring: tiny },
          ],
          kind,
        );
        expect((await fine()).map((area) => area.kind)).toEqual([kind, kind]);
        const { reply } = await placesOf({ db: db() });
        expect(reply.areas.some((area) => area.kind === kind)).toBe(false);
        expect(reply.studyAreas.filter((area) => area.kind === kind)).toMatchObject([
          { code: "A1", name: "One" },
        ]);
        const byName = await studySet({ db: db() }, "One");
        // A square of 77 hectares in cells of 1.34.
        expect(Math.abs(byName.cells.length - 57)).toBeLessThan(6);
        expect((await studySet({ db: db() }, `${kind}:One`)).cells).toEqual(byName.cells);
        expect((await studySet({ db: db() }, "A1")).cells).toEqual(byName.cells);
        await expect(studySet({ db: db() }, "Tiny")).rejects.toThrow(/There is no area "Tiny"/);
        await remove(kind);
        expect(await fine()).toEqual([]);
        await expect(studySet({ db: db() }, "One")).rejects.toThrow(/There is no area "One"/);
      });
    }

    test("overlaps and ground in no area are said", async () => {
      const east = square.map(([lng, lat]) => [lng + 0.005, lat] as const);
      const features = [
        feature({ code: "A1", name: "West" }, [[square, hole]]),
        feature({ code: "A2", name: "East" }, [[east]]),
      ];
      writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features }));
      const result = await importFile(path, "beat");
      expect(result).toMatchObject({
        kept: 2,
        overlapCount: 1,
        overlaps: [{ first: "West", second: "East" }],
      });
      // Half of the square of 77 hectares, without the half of the hole that lies in it.
      expect(Math.abs((result.overlaps[0]?.squareMetres ?? 0) / 380_000 - 1)).toBeLessThan(0.03);
      // Enfield and Haringey are 112 square kilometres.
      expect(Math.abs(result.uncovered / 111e6 - 1)).toBeLessThan(0.01);
    });

    test("parts that overlap are joined, and no hole is cut where they do", async () => {
      const east = square.map(([lng, lat]) => [lng + 0.005, lat] as const);
      const features = [feature({ code: "A1", name: "Twice" }, [[square], [east]])];
      writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features }));
      const result = await importFile(path, "ward");
      expect(Math.abs((result.repaired[0]?.after ?? 0) / 1_155_000 - 1)).toBeLessThan(0.01);
    });

    once("a dry run says the same and keeps nothing", async () => {
      await importAreas([{ code: "W1", name: "Town", ring: square }]);
      writeFileSync(
        path,
        JSON.stringify({
          type: "FeatureCollection",
          features: [feature({ code: "W2", name: "Other" }, [[bowTie]])],
        }),
      );
      const result = await importFile(path, "ward", true);
      expect(result).toMatchObject({ dryRun: true, kept: 1, repaired: [{ name: "Other" }] });
      expect((await wards()).map((ward) => ward.code)).toEqual(["W1"]);
      expect(await sets()).toMatchObject([{ kind: "ward", areas: 1, repaired: 0 }]);
    });

    test("a set is listed with who, when and how many, and removed as a whole", async () => {
      await importAreas([
        { code: "W1", name: "Town", ring: square },
        { code: "W9", name: "Elsewhere", ring: farAway },
      ]);
      expect(await sets()).toMatchObject([
        { kind: "ward", person: "an analyst", fileName: "areas.geojson", areas: 1, outside: 1 },
      ]);
      expect(await remove("ward")).toEqual({ kind: "ward", areas: 1, eventsByCell: 0 });
      expect(await wards()).toEqual([]);
      expect(await sets()).toEqual([]);
      await expect(remove("ward")).rejects.toThrow(/No ward boundaries were imported/);
    });

    test("events keep a ward whose line stays, and count by their cell where it moves or goes", async () => {
      const moved = square.map(([lng, lat]) => [lng + 0.01, lat] as const);
      const far = square.map(([lng, lat]) => [lng + 0.02, lat] as const);
      await importAreas([
        { code: "W1", name: "Stays", ring: square },
        { code: "W2", name: "Moves", ring: moved },
        { code: "W3", name: "Goes", ring: far },
      ]);
      await addEvents(db(), ["W1", "W1", "W2", "W3", null]);
      const again = await importAreas([
        { code: "W1", name: "Stays", ring: square },
        { code: "W2", name: "Moves", ring: far },
      ]);
      expect(again.eventsByCell).toBe(2);
      const held = () =>
        db().transaction(ownerActor, (tx) =>
          tx.query<{ ward: string | null }>('select ward as "ward" from event order by id'),
        );
      expect((await held()).map(({ ward }) => ward)).toEqual(["W1", "W1", null, null, null]);
      expect(await remove("ward")).toMatchObject({ eventsByCell: 2 });
      expect((await held()).map(({ ward }) => ward)).toEqual([null, null, null, null, null]);
    });

    test("an analyst writes wards, LSOAs and beats, and of boroughs the line alone", async () => {
      const as = (sql: string) => db().transaction(analyst, (tx) => tx.query(sql));
      const copy = (kind: string) =>
        `insert into area select 'X', 'X', '${kind}', ${kind === "borough"}, shape from area where code = 'E09000010'`;
      for (const kind of ["borough", "neighbour", "neighbourhood"]) {
        await expect(as(copy(kind)), kind).rejects.toMatchObject({ code: "42501" });
      }
      expect(await as("delete from area where kind = 'borough' returning code")).toEqual([]);
      await expect(as("update area set name = 'x'")).rejects.toMatchObject({ code: "42501" });
    });

    once("a file that is not there is refused by name", async () => {
      const run = importFile(join(folder, "none.geojson"), "ward");
      await expect(run).rejects.toThrow(/there is no file .*none\.geojson/);
    });

    const boroughs = "boundaries/study_area_11.geojson";
    test.skipIf(!hasSharedFile(boroughs))(
      "the lines of the two boroughs and nine neighbours, and back again",
      async () => {
        const result = await importFile(sharedFile(boroughs), "borough");
        expect(result).toMatchObject({ features: 11, kept: 11, outside: 0, overlapCount: 0 });
        expect(result.uncovered).toBeLessThan(10);
        await remove("borough");
      },
    );
  },
  fillPlaces,
);
