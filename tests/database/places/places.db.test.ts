import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { placesReply } from "#core/places/wire/places.ts";
import { ownerActor } from "#server/db/database.ts";
import { deleteBoundarySet, placesKey } from "#server/places/areas.ts";
import { replaceBoundarySet } from "#server/places/import-boundaries.ts";
import { fillPlaces, loadPack } from "#server/places/load.ts";
import { forgetPlaces, placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

onEachEngine(
  "places",
  ({ db, rolledBack, once }) => {
    test("what was put in comes out again, to the last decimal", async () => {
      const bundled = loadPack();
      const { reply: stored } = await placesOf({ db: db() });
      expect(placesReply.omit({ basemap: true }).parse(stored).edges).toEqual(bundled.edges);
      expect(stored.gazetteer).toEqual(bundled.gazetteer);
      const byCode = new Map(bundled.areas.map((area) => [area.code, area]));
      expect(stored.areas.length).toBe(bundled.areas.length);
      for (const area of stored.areas) expect(area).toEqual(byCode.get(area.code));
    });

    test("filling twice changes nothing, and imported wards survive a new set", async () => {
      expect(await fillPlaces(db())).toBeNull();
      const ward = `insert into area (code, name, kind, in_command, shape)
        select 'E05000196', 'Edmonton Green', 'ward', false, shape from area where code = 'E09000010'`;
      await db().transaction(ownerActor, (tx) => tx.query(ward));
      await db().transaction(ownerActor, (tx) =>
        tx.query("delete from setting where key = 'places'"),
      );
      expect(await fillPlaces(db())).toBe("Boundaries and place names are in.");
      const rows = await db().transaction(ownerActor, (tx) =>
        tx.query<{ kind: string; count: number }>(
          'select kind, count(*)::int as "count" from area group by kind order by kind',
        ),
      );
      expect(rows.find((row) => row.kind === "ward")?.count).toBe(1);
      expect(rows.find((row) => row.kind === "borough")?.count).toBe(2);
      expect(rows.find((row) => row.kind === "neighbour")?.count).toBe(9);
      await db().transaction(ownerActor, (tx) => tx.query("delete from area where kind = 'ward'"));
    });

    test("a database from before there were packs takes the head of its pack and keeps imported boroughs", async () => {
      const fileSha256 = "0".repeat(64);
      const set = {
        kind: "borough",
        person: "analyst",
        fileName: "lines.geojson",
        fileSha256,
      } as const;
      await db().transaction(ownerActor, async (tx) => {
        await replaceBoundarySet(tx, { ...set, areas: 2, outside: 0, repaired: 0 });
        await tx.query("update setting set value = value - 'pack' where key = 'places'");
      });
      expect(await fillPlaces(db())).toBeNull();
      const kept = await db().transaction(ownerActor, async (tx) => ({
        held: await tx.query(
          "select value -> 'pack' ->> 'code' as code from setting where key = 'places'",
        ),
        boroughs: await deleteBoundarySet(tx, "borough"),
      }));
      expect(kept).toEqual({ held: [{ code: "enfield-haringey" }], boroughs: 2 });
    });

    test("every shape is valid, no two boroughs or neighbours overlap, areas agree with OS", async () => {
      const shapes = await db().transaction(ownerActor, (tx) =>
        tx.query<{ name: string; valid: boolean; km2: number }>(
          `select name as "name", st_isvalid(shape) as "valid",
                  (st_area(shape::geography) / 1e6)::float8 as "km2"
           from area where kind <> 'neighbourhood'`,
        ),
      );
      expect(shapes.filter((shape) => !shape.valid)).toEqual([]);
      const km2 = (name: string) => shapes.find((shape) => shape.name === name)?.km2 ?? 0;
      expect(Math.abs(km2("Enfield") / 82.2 - 1)).toBeLessThan(0.005);
      expect(Math.abs(km2("Haringey") / 29.59 - 1)).toBeLessThan(0.005);
      const overlaps = await db().transaction(ownerActor, (tx) =>
        tx.query<{ pair: string; m2: number }>(
          `select a.name || ' / ' || b.name as "pair",
                  st_area(st_intersection(a.shape, b.shape)::geography)::float8 as "m2"
           from area a
           join area b on a.code < b.code and st_intersects(a.shape, b.shape)
           where a.kind <> 'neighbourhood' and b.kind <> 'neighbourhood'`,
        ),
      );
      // Two borders of one source are equal; a hand-cut district may overlap by the rounding.
      expect(overlaps.filter((overlap) => overlap.m2 > 1_000)).toEqual([]);
    });

    test("only a borough can be of the command, and an unknown kind is refused", async () => {
      const insert = (kind: string) =>
        `insert into area (code, name, kind, in_command, shape)
         select 'x', 'X', '${kind}', true, shape from area where code = 'E09000010'`;
      await rolledBack(async (tx) => {
        await refusedBy("area_in_command_check", tx.query(insert("ward")));
      });
      await rolledBack(async (tx) => {
        await expect(tx.query(insert("county"))).rejects.toMatchObject({ code: "23514" });
      });
    });

    test("the study set is the command, one borough, or a neighbourhood by name", async () => {
      const command = await studySet({ db: db() });
      expect(command.cells.length).toBe(8_304);
      expect(await studySet({ db: db() })).toBe(command);
      const enfield = await studySet({ db: db() }, "Enfield");
      const haringey = await studySet({ db: db() }, "Haringey");
      expect(enfield.cells.length + haringey.cells.length).toBe(8_304);
      const green = await studySet({ db: db() }, "Edmonton Green");
      expect(green.indexOf.has(cellAt([-0.0613, 51.6227], 10))).toBe(true);
      await expect(studySet({ db: db() }, "Atlantis")).rejects.toThrow(Problem);
      await expect(studySet({ db: db() }, "Barnet")).rejects.toThrow("Edmonton Green");
    });

    test("derived places are kept until they are forgotten", async () => {
      const first = await placesOf({ db: db() });
      expect(await placesOf({ db: db() })).toBe(first);
      forgetPlaces(db());
      expect(await placesOf({ db: db() })).not.toBe(first);
      expect(first.edgeZones.length).toBe(10);
      expect(first.nameOf(cellAt([-0.0631, 51.6179], 10))).toBe("Fore Street by Brettenham Road");
    });

    test("inside a transaction they are refused always, kept or not", async () => {
      await placesOf({ db: db() });
      const within = db().transaction(ownerActor, () => placesOf({ db: db() }));
      await expect(within).rejects.toThrow("inside another");
    });

    once("places that another process changed are read again within seconds", async () => {
      const first = await placesOf({ db: db() });
      await db().transaction(ownerActor, (tx) =>
        tx.query("update setting set changed_at = clock_timestamp() where key = $1", [placesKey]),
      );
      await expect
        .poll(() => placesOf({ db: db() }).then((places) => places === first), { timeout: 10_000 })
        .toBe(false);
    });
  },
  fillPlaces,
);

onEachEngine(
  "GET /api/places",
  ({ db }) => {
    const app = appWith(db);

    test("every role gets the map's places with three licence lines", async () => {
      const reply = await (await app.as("presenter")).get("/api/places");
      const places = placesReply.parse(reply.json());
      expect(places.attributions).toHaveLength(3);
      expect(places.attributions.join()).toContain("Open Government Licence v3");
      expect(places.attributions.join()).toContain("CC BY 4.0");
      expect(places.areas.filter((area) => area.inCommand).map((area) => area.name)).toEqual([
        "Enfield",
        "Haringey",
      ]);
    });
  },
  fillPlaces,
);
