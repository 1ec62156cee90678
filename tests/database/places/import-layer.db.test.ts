import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { FactorKind } from "#core/places/wire/layers.ts";
import type { Actor } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import {
  importLayer,
  type LayerRequest,
  listLayers,
  loadFactors,
  removeLayer,
} from "#server/places/import-layer.ts";
import { fillPlaces } from "#server/places/load.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };
const sergeant: Actor = { person: "a sergeant", role: "sergeant", partner: null };
const inEdmonton = { type: "Point", coordinates: [-0.0634, 51.6255] };
const inSheffield = { type: "Point", coordinates: [-1.47, 53.38] };
/** 350 m beyond the Lea, which is the border with Waltham Forest. */
const justOutside = { type: "Point", coordinates: [-0.0365, 51.6] };

onEachEngine(
  "import of layers",
  ({ db }) => {
    const folder = scratchFolder("layers");
    const path = join(folder, "places.geojson");
    const act = async () => ({ ...(await testServices(db())), actor: analyst });
    const write = (features: readonly { geometry: unknown; name?: string }[]) =>
      writeFileSync(
        path,
        JSON.stringify({
          type: "FeatureCollection",
          features: features.map(({ geometry, ...properties }) => ({
            type: "Feature",
            properties,
            geometry,
          })),
        }),
      );
    const bring = async (kind: FactorKind, more: Partial<LayerRequest> = {}) =>
      importLayer(await act(), {
        source: await fileSource(path),
        kind,
        licence: "",
        dryRun: false,
        ...more,
      });
    const held = (actor = sergeant) => db().transaction(actor, loadFactors);

    afterEach(() => db().transaction(ownerActor, (tx) => tx.query("delete from place_layer")));

    test("what lies in the command or 500 m around it is kept, in plain parts", async () => {
      const line = [
        [-0.06, 51.62],
        [-0.06, 51.621],
      ];
      const ring = [...line, [-0.059, 51.621], line[0]];
      write([
        { geometry: inEdmonton, name: "Angel Corner" },
        { geometry: inSheffield, name: "Elsewhere" },
        { geometry: justOutside },
        { geometry: { type: "MultiLineString", coordinates: [line, line] } },
        { geometry: { type: "Polygon", coordinates: [ring] }, name: "Mrs Smith" },
      ]);
      const result = await bring("stop", { licence: "© Somebody" });
      expect(result).toMatchObject({
        features: 5,
        kept: 4,
        outside: 1,
        repaired: 0,
        labelProperty: "name",
        labelled: 1,
        labelsLeftOut: 1,
      });
      expect(await held()).toEqual([
        { kind: "stop", shape: "point", label: "Angel Corner", line: [[-0.0634, 51.6255]] },
        { kind: "stop", shape: "point", label: null, line: [[-0.0365, 51.6]] },
        { kind: "stop", shape: "line", label: null, line },
        { kind: "stop", shape: "line", label: null, line },
        { kind: "stop", shape: "ground", label: null, line: ring },
      ]);
      expect(await db().transaction(sergeant, listLayers)).toMatchObject([
        { kind: "stop", person: "an analyst", features: 4, outside: 1, licence: "© Somebody" },
      ]);
    });

    test("a polygon that crosses itself is put right, one without ground refuses the file", async () => {
      const bowTie = [
        [-0.07, 51.63],
        [-0.06, 51.64],
        [-0.06, 51.63],
        [-0.07, 51.64],
        [-0.07, 51.63],
      ];
      write([{ geometry: { type: "Polygon", coordinates: [bowTie] } }]);
      expect(await bring("late_venue")).toMatchObject({ kept: 1, repaired: 1 });
      expect(await held()).toHaveLength(2);
      const flat = [bowTie[0], bowTie[2], bowTie[0], bowTie[0]];
      write([{ geometry: inEdmonton }, { geometry: { type: "Polygon", coordinates: [flat] } }]);
      await expect(bring("alley")).rejects.toThrow(/feature 2 cannot be repaired near/);
      expect(await held()).toHaveLength(2);
    });

    test("one file comes in once for a kind, until its layer is removed", async () => {
      write([{ geometry: inEdmonton }]);
      const { layer } = await bring("lighting");
      await expect(bring("lighting")).rejects.toThrow(/this file is already imported as "places/);
      await bring("stop");
      await removeLayer(await act(), layer ?? 0);
      expect((await held()).map(({ kind }) => kind)).toEqual(["stop"]);
      await bring("lighting");
      await expect(removeLayer(await act(), 999)).rejects.toThrow(/There is no layer 999/);
    });

    test("a file of another place is refused, a dry run keeps nothing", async () => {
      write([{ geometry: inSheffield }]);
      await expect(bring("stop")).rejects.toThrow(
        /none of the 1 places is within 500 m of the area/,
      );
      write([{ geometry: inEdmonton }]);
      expect(await bring("stop", { dryRun: true })).toMatchObject({ layer: null, kept: 1 });
      expect(await held()).toEqual([]);
    });

    test("a label that is too long never reaches the table, whoever writes", async () => {
      write([{ geometry: inEdmonton }]);
      const { layer } = await bring("stop");
      const insert = db().transaction(analyst, (tx) =>
        tx.query(
          `insert into place_feature (layer_id, label, shape)
           values (${layer}, repeat('x', 61), st_setsrid(st_makepoint(0, 51), 4326))`,
        ),
      );
      await refusedBy("place_feature_label_short", insert);
    });
  },
  fillPlaces,
);
