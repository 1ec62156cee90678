import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeAll, expect, test } from "vitest";
import { placesReply } from "#core/places/wire/places.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { type Database, gateActor } from "#server/db/database.ts";
import { streetsCommand } from "#server/places/commands/streets.ts";
import { fillPlaces } from "#server/places/load.ts";
import { readTile, shownBasemapOf } from "#server/places/streets/kept-tiles.ts";
import { streetsFile, streetsFolder } from "#server/places/streets/streets.ts";
import { openTestApp, type TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { pmtilesOf, sceneTiles, writeMbtiles } from "#tests/support/archives.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { keptTile } from "#tests/support/kept-tile.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { edmonton } from "#tests/support/street-scene.ts";
import { tileAt } from "#tests/support/vector-tile.ts";

const middle = tileAt(edmonton, 14);
const middleTile = keptTile(middle);

onOneEngine(
  "tiles of the streets",
  ({ db }) => {
    const app = appWith(db);
    const folder = scratchFolder("tiles");
    let given = "";
    const sergeant = app.caller("sergeant");
    const partner = app.caller("partner", "a");
    beforeAll(async () => {
      given = join(folder, "scene.pmtiles");
      await writeFile(given, pmtilesOf(sceneTiles()));
      writeMbtiles(join(folder, "scene.mbtiles"), sceneTiles({ schema: "zoomstack" }));
    });
    afterEach(() => rm(streetsFolder(app.services.config), { recursive: true, force: true }));
    const streets = (...positionals: string[]) =>
      runCommand(app.services, streetsCommand, { positionals });
    const shown = async (caller = sergeant) =>
      placesReply.parse((await caller.get("/api/places")).json()).basemap;
    const tile = ({ z, x, y }: typeof middle, more = "") => `/api/tiles/${z}/${x}/${y}${more}`;
    const packed = (caller: TestCaller, url: string, headers: Record<string, string> = {}) =>
      caller.inject({ method: "GET", url, headers: { "accept-encoding": "gzip, br", ...headers } });

    test("a tile comes as it is kept to whoever is signed in, and may be kept for good", async () => {
      await streets("add", given);
      const basemapShown = await shown(partner);
      const { version = "" } = basemapShown ?? {};
      expect(basemapShown).toEqual({
        minZoom: 0,
        maxZoom: 14,
        version: expect.stringMatching(/^[0-9a-f]{12}$/),
        attribution: "© OpenStreetMap contributors",
        bounds: expect.any(Array),
        names: ["streets", "places"],
        roads: expect.any(Array),
        segments: expect.any(Number),
        named: expect.any(Number),
      });
      const reply = await packed(partner, tile(middle, `?v=${version}`));
      expect(reply.statusCode).toBe(200);
      expect(reply.headers).toMatchObject({
        "content-encoding": "gzip",
        "content-type": "application/vnd.mapbox-vector-tile",
        "cache-control": "private, max-age=31536000, immutable",
        etag: expect.stringContaining(version),
      });
      expect(gunzipSync(reply.rawPayload)).toEqual(Buffer.from(middleTile ?? ""));
      const again = await packed(partner, tile(middle), {
        "if-none-match": String(reply.headers["etag"]),
      });
      expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    });

    test("a tile is unpacked for who takes no gzip, and asked for again without the version", async () => {
      await streets("add", given);
      const reply = await sergeant.get(tile(middle, "?v=of-before"));
      expect(reply.headers["content-encoding"]).toBeUndefined();
      expect(reply.headers["cache-control"]).toBe("private, no-cache");
      expect(reply.rawPayload).toEqual(Buffer.from(middleTile ?? ""));
    });

    test("a tile that is not there is nothing, and one that cannot be is not found", async () => {
      await streets("add", given);
      for (const url of ["/api/tiles/14/0/0", "/api/tiles/15/16377/10880"]) {
        const reply = await sergeant.get(url);
        expect([reply.statusCode, reply.rawPayload.length]).toEqual([204, 0]);
      }
      expect((await sergeant.get("/api/tiles/2/4/0")).statusCode).toBe(404);
      for (const url of [
        "/api/tiles/23/0/0",
        "/api/tiles/a/0/0",
        "/api/tiles/1/-1/0",
        "/api/tiles/1.5/1/0",
      ]) {
        expect((await sergeant.get(url)).statusCode).toBe(400);
      }
    });

    test("a partner's page asks for no tile of the map that is smaller than a kilometre and a half", async () => {
      const close = join(folder, "close.pmtiles");
      await writeFile(close, pmtilesOf(sceneTiles({ maxZoom: 15 })));
      await streets("add", close);
      expect((await shown(sergeant))?.maxZoom).toBe(15);
      expect((await shown(partner))?.maxZoom).toBe(14);
      const house = tileAt(edmonton, 15);
      expect((await sergeant.get(tile(house))).statusCode).toBe(200);
      expect((await partner.get(tile(house))).statusCode).toBe(404);
      expect((await partner.get(tile(middle))).statusCode).toBe(200);
    });

    test("the tiles of a map are asked for at once and look at the session once; signed out there are none", async () => {
      await streets("add", given);
      let looks = 0;
      const counted: Database = {
        ...db(),
        transaction: (actor, ...asked) => {
          if (actor === gateActor) looks += 1;
          return db().transaction(actor, ...asked);
        },
      };
      const counting = await openTestApp(counted, { dataFolder: app.services.config.dataFolder });
      const analyst = await counting.as("analyst");
      const askedFor = (url: string, times: number) =>
        Promise.all(Array.from({ length: times }, async () => (await analyst.get(url)).statusCode));
      looks = 0;
      expect(new Set(await askedFor(tile(middle), 12))).toEqual(new Set([200]));
      expect(looks).toBe(1);
      // What tells of persons or events looks for each.
      await askedFor("/api/places", 3);
      expect(looks).toBe(4);
      expect((await analyst.send("DELETE", "/api/session")).statusCode).toBe(200);
      expect(new Set(await askedFor(tile(middle), 3))).toEqual(new Set([401]));
      await counting.close();
    });

    test("a tile is of the new archive at once, without a start in between", async () => {
      await streets("add", given);
      const before = await shown();
      await streets("add", join(folder, "scene.mbtiles"));
      const now = await shown();
      expect(now?.version).not.toBe(before?.version);
      const reply = await packed(sergeant, tile(middle, `?v=${now?.version}`));
      expect(reply.headers["cache-control"]).toContain("immutable");
      expect(gunzipSync(reply.rawPayload)).not.toEqual(Buffer.from(middleTile ?? ""));
      await streets("remove");
      expect(await shown()).toBeNull();
      expect((await sergeant.get(tile(middle))).statusCode).toBe(404);
    });

    test("a tile is none of a damaged archive: the built-in map is shown, and doctor says why", async () => {
      await streets("add", given);
      await truncate(streetsFile(app.services.config.dataFolder), 8_000);
      expect(await shown()).toBeNull();
      expect((await sergeant.get(tile(middle))).statusCode).toBe(404);
      const { text } = await runCommand(app.services, doctorCommand, {});
      expect(text.join("\n")).toMatch(
        /Streets: they cannot be read, .*streets get.* again\. .*(damaged|cut off|ends within)/,
      );
      await writeFile(streetsFile(app.services.config.dataFolder), await readFile(given));
      expect(await shown()).toBeNull();
    });

    test("BOXSTER_BASEMAP=none shows none of what is kept", async () => {
      await streets("add", given);
      const config = { ...app.services.config, basemap: "none" as const };
      const without = { ...app.services, config };
      expect(await readTile(config, middle)).toBeNull();
      expect(await shownBasemapOf(without)).toBeNull();
      const { text } = await runCommand(without, doctorCommand, {});
      expect(text.join("\n")).toContain("no map shows them (BOXSTER_BASEMAP is none)");
      for (const positionals of [["add", given], ["list"]]) {
        const told = await runCommand(without, streetsCommand, { positionals });
        expect(told.text.join("\n")).toContain("BOXSTER_BASEMAP is none");
      }
    });
  },
  fillPlaces,
);
