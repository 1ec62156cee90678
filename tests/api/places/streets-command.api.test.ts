import { readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { placesReply } from "#core/places/wire/places.ts";
import { streetsResult } from "#core/places/wire/streets.ts";
import { createRandom } from "#core/random.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { claimFolder } from "#server/db/owner.ts";
import { basemapCommand, streetsCommand } from "#server/places/commands/streets.ts";
import { fillPlaces } from "#server/places/load.ts";
import { streetsFile, streetsFolder } from "#server/places/streets/streets.ts";
import { appWith } from "#tests/support/app-with.ts";
import { pmtilesOf, sceneTiles, writeMbtiles } from "#tests/support/archives.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type RangeServer, startRangeServer } from "#tests/support/range-server.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";
import { fullDisk } from "#tests/support/small-disk.ts";
import { edmonton, metresFrom } from "#tests/support/street-scene.ts";
import { encodeTile, tileAt } from "#tests/support/vector-tile.ts";

onOneEngine(
  "streets and their tiles",
  ({ db }) => {
    const app = appWith(db);
    const folder = scratchFolder("streets");
    let given = "";
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      given = join(folder, "scene.pmtiles");
      await writeFile(given, pmtilesOf(sceneTiles()));
      writeMbtiles(join(folder, "scene.mbtiles"), sceneTiles({ schema: "zoomstack" }));
    });
    afterEach(() => rm(streetsFolder(app.services.config), { recursive: true, force: true }));
    const streets = (...positionals: string[]) =>
      runCommand(app.services, streetsCommand, { positionals });
    const shown = async () => placesReply.parse((await sergeant.get("/api/places")).json()).basemap;

    describe("the command", () => {
      test("add keeps the area's tiles of a file, and list and doctor tell of them", async () => {
        const { json, text } = await streets("add", given);
        const { notes: _, outside: __, ...result } = streetsResult.loose().parse(json);
        expect(result).toMatchObject({ minZoom: 0, maxZoom: 14, schema: "protomaps" });
        expect(result.named).toBeGreaterThan(5);
        expect(result.tiles).toBe(sceneTiles().length);
        expect(text.join("\n")).toMatch(
          /^\d+ segments, \d+ km, \d+ with a name\.\n.*Protomaps.*35 tiles, zoom 0 to 14/s,
        );
        const list = (await streets("list")).json;
        expect(list).toMatchObject({
          archives: [{ ...result, source: "scene.pmtiles", whole: true }],
        });
        const doctor = await runCommand(app.services, doctorCommand, {});
        expect(doctor.text.join("\n")).toMatch(
          /Streets: scene\.pmtiles, Protomaps \(OpenStreetMap\), \d+ segments, \d+ with a name/,
        );
        const { mode } = await stat(streetsFile(app.services.config.dataFolder));
        expect(mode & 0o077).toBe(0);
      });

      test("each act has its line in the chain, also one that is refused, and a look has none", async () => {
        const before = await lastId(db());
        await streets("add", given);
        await streets("list");
        await expect(streets("add", join(folder, "nothing"))).rejects.toThrow("no file");
        await streets("remove");
        const lines = await linesAfter(db(), before);
        const said = lines.map(({ verb, outcome, detail }) => [
          verb,
          outcome,
          Object.keys(JSON.parse(detail) as object).sort(),
        ]);
        expect(said).toEqual([
          ["collection", "done", ["bytes", "maxZoom", "schema", "segments", "tiles", "version"]],
          ["collection", "refused", []],
          ["erasure", "done", ["removed"]],
        ]);
        expect(JSON.stringify(lines)).not.toContain("scene");
      });

      test("what cannot be taken changes nothing: the archive from before stays", async () => {
        await streets("add", given);
        const before = await shown();
        const wrong = join(folder, "wrong");
        await writeFile(wrong, (await readFile(given)).subarray(0, 9_000));
        await expect(streets("add", wrong)).rejects.toThrow(
          /^It is cut off: 9000 of \d+ octets are there\. Copy or download it again\. Nothing was changed\.$/,
        );
        expect(await shown()).toEqual(before);
        expect(await readdir(streetsFolder(app.services.config))).toEqual(["streets.kept"]);
      });

      test("is of no use while another works on the streets", async () => {
        const claim = await claimFolder(streetsFolder(app.services.config));
        try {
          await expect(streets("add", given)).rejects.toThrow("Another command is at work");
        } finally {
          if (claim.owned) await claim.owner.release();
        }
      });

      test("leaves nothing of a process that was killed while it wrote, or of an older version", async () => {
        await streets("add", given);
        await streets("add", given);
        for (const name of ["writing-0.tmp", "streets.pmtiles"]) {
          await writeFile(join(streetsFolder(app.services.config), name), "half");
        }
        await streets("add", given);
        expect(await readdir(streetsFolder(app.services.config))).toEqual(["streets.kept"]);
      });

      test("a page is told of its ground and names", async () => {
        expect(await shown()).toBeNull();
        await streets("add", given);
        const { bounds, names } = (await shown()) ?? {};
        expect(names).toEqual(["streets", "places"]);
        const [west, south, east, north] = bounds ?? [];
        expect(west).toBeLessThan(edmonton[0]);
        expect(east).toBeGreaterThan(edmonton[0]);
        expect(south).toBeLessThan(edmonton[1]);
        expect(north).toBeGreaterThan(edmonton[1]);
      });

      test("an archive whose line cannot be written is not kept", async () => {
        const services = {
          ...app.services,
          db: { ...app.services.db, transaction: failing(app.services.db.transaction) },
        };
        const run = runCommand(services, streetsCommand, { positionals: ["add", given] });
        await expect(run).rejects.toThrow("no room for lines");
        expect(await shown()).toBeNull();
        expect(await readdir(streetsFolder(app.services.config))).toEqual([]);
        await streets("add", given);
        const before = await shown();
        for (const words of [["add", join(folder, "scene.mbtiles")], ["remove"]]) {
          const other = runCommand(services, streetsCommand, { positionals: words });
          await expect(other).rejects.toThrow("no room for lines");
          expect(await shown()).toEqual(before);
        }
      });

      test("remove takes them away, also a damaged archive, and says when there was none", async () => {
        await streets("add", given);
        await truncate(streetsFile(app.services.config.dataFolder), 8_000);
        await expect(streets("list")).rejects.toThrow(/streets remove/);
        expect((await streets("remove")).json).toEqual({ removed: true });
        expect((await streets("remove")).json).toEqual({ removed: false });
        expect((await streets("list")).json).toEqual({ archives: [] });
      });

      test("list says where tiles are not as they were written", async () => {
        await streets("add", given);
        const path = streetsFile(app.services.config.dataFolder);
        const octets = await readFile(path);
        octets.writeUInt8((octets[1_700] ?? 0) ^ 1, 1_700);
        await writeFile(path, octets);
        const { json, exit } = await streets("list");
        expect(json).toMatchObject({ archives: [{ whole: false }] });
        expect(exit).toBe(1);
      });

      test.each([
        [["list", "more"], "Unexpected argument"],
        [["add"], "FILE is missing"],
        [["fetch"], '"fetch" is none of add, get, list, check, remove'],
      ])("%j is told how it is used", async (words, message) => {
        await expect(streets(...words)).rejects.toThrow(message);
      });
    });

    test("the older name basemap does the same, with the JSON that it had", async () => {
      const { json } = await runCommand(app.services, basemapCommand, {
        positionals: ["add", given],
      });
      const { segments, km, tiles } = (await streets("list")).json as Record<string, number>;
      expect(json).toMatchObject({ segments, tiles, streets: { segments, km } });
    });

    describe("get", () => {
      let server: RangeServer;
      beforeAll(async () => {
        server = await startRangeServer(await readFile(given));
      });
      afterAll(() => server.close());

      test("copies the same as add does, with a line that names no address", async () => {
        const { json: added } = await streets("add", given);
        const before = await lastId(db());
        const { json, said } = await streets("get", server.url);
        expect(json).toEqual({
          ...(added as object),
          bytes: expect.any(Number),
          source: expect.any(String),
        });
        expect(said[0]).toMatch(/Licence: Open Database Licence/);
        const lines = await linesAfter(db(), before);
        expect(lines).toMatchObject([{ act: "get streets", outcome: "done" }]);
        expect(JSON.stringify(lines)).not.toMatch(/127\.0\.0\.1|secret/);
        expect(await readdir(streetsFolder(app.services.config))).toEqual(["streets.kept"]);
        expect(JSON.stringify((await streets("list")).json)).not.toContain("secret");
      });

      test("takes no more than the zoom that is wanted", async () => {
        const { json } = await runCommand(app.services, streetsCommand, {
          positionals: ["get", server.url],
          values: { zoom: "11" },
        });
        expect(json).toMatchObject({ maxZoom: 11 });
        const wrong = { positionals: ["get", server.url], values: { zoom: "eleven" } };
        const run = runCommand(app.services, streetsCommand, wrong);
        await expect(run).rejects.toThrow(": a whole number from 0 to 22");
        const other = { positionals: ["add", given], values: { zoom: "11" } };
        await expect(runCommand(app.services, streetsCommand, other)).rejects.toThrow(
          "--zoom does not go with this",
        );
      });

      test("an answer that is no good changes nothing", async () => {
        server.behave({ kind: "status", status: 403 });
        await expect(streets("get", server.url)).rejects.toThrow(
          /may not be read \(403\)\. Nothing was changed\.$/,
        );
        server.behave({ kind: "well" });
        expect(await shown()).toBeNull();
      });

      test("damaged tiles are dropped: the next command does not go on with them", async () => {
        const octets = await readFile(given);
        octets.fill(0, octets.length - 3_000, octets.length - 2_000);
        server.serve(octets, '"damaged"');
        await expect(streets("get", server.url)).rejects.toThrow(/damaged/);
        expect(await readdir(streetsFolder(app.services.config))).toEqual([]);
        server.serve(await readFile(given), '"damaged"');
        expect((await streets("get", server.url)).json).toMatchObject({ maxZoom: 14 });
      });
    });

    test("on a full disk nothing is kept, and it is said", async ({ skip }) => {
      const disk = fullDisk();
      if (disk === null) return skip("no disk may be mounted here");
      const server = await startRangeServer(new Uint8Array());
      try {
        const random = createRandom(1);
        const far = () => 600 * (random.next() - 0.5);
        const features = Array.from({ length: 60 }, () => ({
          layer: "roads",
          shape: "line" as const,
          properties: { kind: "minor_road" },
          at: Array.from({ length: 30_000 }, () => metresFrom(edmonton, far(), far())),
        }));
        const tile = tileAt(edmonton, 14);
        const data = encodeTile(tile, features) ?? new Uint8Array();
        const large = pmtilesOf([{ ...tile, data }]);
        const file = join(folder, "large.pmtiles");
        await writeFile(file, large);
        server.serve(large);
        const full = {
          ...app.services,
          config: { ...app.services.config, dataFolder: disk.folder },
        };
        const run = (...positionals: string[]) => runCommand(full, streetsCommand, { positionals });
        await expect(run("add", file)).rejects.toThrow(
          "The disk of the data folder is full. Nothing was changed.",
        );
        await expect(run("get", server.url)).rejects.toThrow(
          /4\.\d MB left, and 1\d MB are needed/,
        );
        expect(await readdir(streetsFolder(full.config))).toEqual([]);
      } finally {
        await server.close();
        disk.remove();
      }
    });

    test("doctor says how to get streets where there are none", async () => {
      const { text, json } = await runCommand(app.services, doctorCommand, {});
      expect(text).toContain(
        'Streets: none, the built-in map is shown; "boxster streets get" or "boxster streets add FILE" brings them',
      );
      expect(json).toMatchObject({ basemap: null });
    });

    test.skipIf(!hasSharedFile("streets/london.pmtiles"))(
      "a real archive of London is taken, whose roads have neither kind nor name",
      async () => {
        const { json, text } = await streets("add", sharedFile("streets/london.pmtiles"));
        expect(json).toMatchObject({
          minZoom: 0,
          maxZoom: 12,
          schema: "protomaps",
          attribution: "© OpenStreetMap contributors",
        });
        expect(text[0]).toMatch(/^2\d,\d\d\d segments, [\d,]+ km, none with a name\.$/);
        expect((await shown())?.roads.map(({ name }) => name)).toContain("Fore Street");
      },
    );
  },
  fillPlaces,
);

/** Reads go through; what an operator would write fails at its end. */
function failing<Run extends (...given: never[]) => Promise<unknown>>(run: Run): Run {
  return (async (...given: Parameters<Run>) => {
    const [actor] = given as unknown as readonly [{ readonly role?: string }];
    const made = await run(...given);
    if (actor.role === "operator") throw new Error("no room for lines");
    return made;
  }) as unknown as Run;
}
