import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Services } from "#server/acts/services.ts";
import { readConfig } from "#server/config.ts";
import { routeCommand } from "#server/places/commands/route.ts";
import { streetsCommand } from "#server/places/commands/streets.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createStreets, streetsFile } from "#server/places/streets/streets.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { writeOpenRoads } from "#tests/support/geopackage.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { place, streetFile } from "#tests/support/streets.ts";

const edmonton = streetFile([
  {
    coordinates: [place(0, 0), place(0, 2), place(0, 4)],
    properties: { name: "Fore Street", highway: "primary" },
  },
  {
    coordinates: [place(0, 2), place(-3, 2)],
    properties: { name: "Sebastopol Road", highway: "residential", oneway: "yes" },
  },
]);

onOneEngine("streets on the command line", ({ db }) => {
  let folder = "";
  let services: Services;
  beforeAll(async () => {
    await fillPlaces(db());
  });
  beforeEach(async () => {
    folder = testFolder("streets");
    services = {
      ...(await testServices(db())),
      config: readConfig({ BOXSTER_DATA: folder }),
      streets: createStreets(folder),
    };
  });

  const add = (text: string, values = {}) => {
    const file = join(folder, "streets.geojson");
    writeFileSync(file, text);
    return runCommand(services, streetsCommand, { positionals: ["add", file], values });
  };
  const check = () => runCommand(services, streetsCommand, { positionals: ["check"] });
  const route = (from: string, to: string, mode?: string) =>
    runCommand(services, routeCommand, { values: { from, to, ...(mode ? { mode } : {}) } });
  const at = (east: number, north: number) => place(east, north).toReversed().join(",");

  test("come in from a file, are counted, and lead from place to place", async () => {
    const added = await add(edmonton, { licence: "© OpenStreetMap contributors" });
    expect(added.json).toMatchObject({ segments: 3, parts: 1, largestShare: 1, named: 3 });
    expect(added.text[0]).toBe("3 segments, 1 km, 3 with a name.");
    expect((await check()).json).toMatchObject({
      segments: 3,
      km: expect.closeTo(0.7, 2),
      source: "streets.geojson",
      attribution: "© OpenStreetMap contributors",
      whole: true,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const found = await route(at(0, 1), at(-2, 2));
    expect(found.json).toMatchObject({
      metres: expect.closeTo(300, -0.5),
      seconds: expect.closeTo(225, -0.5),
      names: ["Fore Street", "Sebastopol Road"],
    });
    expect(found.text).toEqual(["300 m, 4 min: north on Fore Street, left into Sebastopol Road."]);
    const far = await route(at(4, 1), at(-2, 2));
    expect(far.json).toMatchObject({ offStreet: [expect.closeTo(400, -0.5), expect.closeTo(0)] });
    expect(far.text[0]).toContain("; the start is 400 m from the nearest street.");
    expect((await route(at(-2, 2), at(0, 1), "vehicle")).json).toEqual({
      fault: expect.stringMatching(/^No streets lead by vehicle from 51\.61970, -0\.06599 to /),
    });
  });

  test("take the place of those before them, which the next way knows", async () => {
    await add(edmonton);
    await route(at(0, 1), at(0, 3));
    await add(edmonton.replaceAll("Fore Street", "Hertford Road"));
    expect((await route(at(0, 1), at(0, 3))).json).toMatchObject({ names: ["Hertford Road"] });
    expect(readdirSync(join(folder, "basemap"))).toEqual(["streets.kept"]);
  });

  test("come of a GeoPackage in metres, as OS Open Roads has them, and of this area alone", async () => {
    const file = join(folder, "roads.gpkg");
    writeOpenRoads(file, [
      {
        name: "Fore Street",
        of: "A Road",
        line: [
          [534_000, 192_600],
          [534_050, 193_000],
        ],
      },
      {
        name: "Solomon Avenue",
        of: "Local Road",
        line: [
          [534_050, 193_000],
          [533_800, 193_020],
        ],
      },
      {
        name: null,
        of: "Restricted Local Access Road",
        line: [
          [533_800, 193_020],
          [533_780, 193_100],
        ],
      },
      {
        name: "Deansgate",
        of: "A Road",
        line: [
          [383_500, 398_000],
          [383_600, 398_100],
        ],
      },
    ]);
    const command = (values: Record<string, string>) =>
      runCommand(services, streetsCommand, { positionals: ["add", file], values });
    const { json, text } = await command({ licence: "Contains OS data © Crown copyright 2026" });
    expect(json).toMatchObject({
      segments: 3,
      named: 2,
      parts: 1,
      schema: null,
      outside: 0,
      attribution: "Contains OS data © Crown copyright 2026",
    });
    expect(text.join(" ")).toContain("Read as metres of the British National Grid");
    await expect(command({ layer: "road_node" })).rejects.toThrow(/has no features/);
    await expect(command({ layer: "rivers" })).rejects.toThrow(/no layer "rivers"; its layers are/);
    await expect(add(edmonton, { layer: "roads" })).rejects.toThrow(/leave --layer out/);
  });

  test("are gone once they were taken away, for the next way too", async () => {
    await add(edmonton);
    expect(await services.streets.now()).not.toBeNull();
    rmSync(streetsFile(folder));
    expect(await services.streets.now()).toBeNull();
  });

  test("are left as they are by a file that cannot be read", async () => {
    await add(edmonton);
    const before = readFileSync(streetsFile(folder));
    await expect(add("{}")).rejects.toThrow(
      "This is JSON, not a GeoJSON FeatureCollection; export it as one. Nothing was changed.",
    );
    const abroad = streetFile([
      {
        coordinates: [
          [11.97, 57.7],
          [11.98, 57.7],
        ],
      },
    ]);
    await expect(add(abroad)).rejects.toThrow(
      "None of 1 line lies in Enfield and Haringey and 5 km around; give the streets of this area. Nothing was changed.",
    );
    expect(readFileSync(streetsFile(folder)).equals(before)).toBe(true);
  });

  test("that do not hang together are kept, and said to be so", async () => {
    const islands = Array.from({ length: 50 }, (_, one) => ({
      coordinates: [place(one % 7, one), place((one % 7) + 0.5, one)],
    }));
    expect((await add(streetFile(islands))).text.join(" ")).toMatch(
      /The streets lie in 50 parts that do not meet, and the largest has 2\.0% of the length/,
    );
  });

  test("that are not there, or damaged, are said so", async () => {
    const none =
      'There are no streets: "boxster streets get" brings them where there is a network, "boxster streets add FILE" from a file.';
    await expect(check()).rejects.toThrow(none);
    expect(await route(at(0, 1), at(0, 2))).toMatchObject({ json: { fault: none }, exit: 1 });
    await add(edmonton);
    const octets = readFileSync(streetsFile(folder));
    octets[octets.length - 70] = (octets.at(-70) ?? 0) ^ 1;
    writeFileSync(streetsFile(folder), octets);
    const damaged =
      "The streets cannot be read: this file of streets is damaged; bring the streets in again.";
    await expect(check()).rejects.toThrow(damaged);
    await expect(route(at(0, 1), at(0, 2))).rejects.toThrow(damaged);
    writeFileSync(streetsFile(folder), "");
    await expect(check()).rejects.toThrow(damaged);
  });

  test.each([
    [
      { from: "51.62", to: "51.6,0" },
      /^--from 51\.62: give latitude and longitude in degrees, as 51\.62,-0\.06\.$/,
    ],
    [{ from: "51.62,-0.06,3" }, /^--from .*: give latitude/],
    [{ from: "-0.06,151.62" }, /^--to is missing\.$/],
    [{ from: "151.62,-0.06", to: "51.6,0" }, /^--from .*: give latitude/],
    [{ from: "51.62,-0.06", to: "here" }, /^--to here: give latitude/],
    [
      { from: "51.62,-0.06", to: "51.62,-0.07", mode: "boat" },
      /^--mode boat: it is one of foot, cycle, vehicle\.$/,
    ],
  ])("a way asked for as %j is refused", async (values, fault) => {
    await expect(runCommand(services, routeCommand, { values })).rejects.toThrow(fault);
  });
});
