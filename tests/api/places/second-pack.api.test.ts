import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionReply } from "#core/accounts/wire/session.ts";
import { displacementReply } from "#core/displacement/wire/displacement.ts";
import { hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { placesReply } from "#core/places/wire/places.ts";
import { importLine } from "#core/records/wire/import.ts";
import { releaseReply } from "#core/releases/wire/release.ts";
import { fillPlaces } from "#server/places/load.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { suggestThrough } from "#tests/support/plan-database.ts";
import { fillSecond, onVasagatan, secondPack } from "#tests/support/second-pack.ts";

onOneEngine(
  "a second pack, of a town abroad",
  ({ db }) => {
    let app: TestApp;
    let analyst: TestCaller;
    beforeAll(async () => {
      app = await openTestApp(db(), { places: await secondPack() });
      analyst = await app.as("analyst");
    });
    afterAll(() => app.close());

    const upload = async (text: string) => {
      const reply = await analyst.inject({
        method: "POST",
        url: "/api/imports?fileName=week.csv&kind=complaint&source=resident&dryRun=true",
        headers: { "content-type": "application/octet-stream" },
        payload: text,
      });
      return reply.body;
    };

    test("says before anybody has signed in whose streets these are, by its own clock", async () => {
      const { command, timeZone, now } = sessionReply.parse(
        (await app.stranger.get("/api/session")).json(),
      );
      expect(command).toMatchObject({ name: "Västra and Östra", patch: "Vasagatan" });
      expect(timeZone).toBe("Europe/Stockholm");
      expect(now).toMatch(/^2021-11-26T.*\+01:00$/);
    });

    test("has its own areas, neighbours and licence lines, and no national grid", async () => {
      const places = placesReply.parse((await analyst.get("/api/places")).json());
      const named = (kind: string) =>
        places.areas.filter((area) => area.kind === kind).map(({ name }) => name);
      expect(named("borough")).toEqual(["Västra", "Östra"]);
      expect(named("neighbour")).toEqual(["Norra", "Södra"]);
      expect(places).toMatchObject({
        name: "Västra and Östra",
        grid: null,
        attributions: ["© OpenStreetMap contributors, ODbL"],
      });
    });

    test("reads degrees, and refuses metres and what lies elsewhere with the name of its area", async () => {
      const [lng, lat] = onVasagatan;
      const rows = `2021-06-05 20:00,${lat},${lng}\n2021-06-05 20:00,51.6,-0.06\n`;
      const last = (await upload(`When,Latitude,Longitude\n${rows}`)).trim().split("\n").at(-1);
      expect(importLine.parse(JSON.parse(last ?? ""))).toMatchObject({
        result: { rows: 2, accepted: 1, rejected: 1 },
      });
      expect(last).toContain("Västra and Östra and 5 km around");
      const metres = await upload("When,Easting,Northing\n2021-06-05 20:00,319000,6399000\n");
      expect(metres).toContain("give latitude and longitude (WGS84)");
    });

    test("names hotspots, edges and panel areas after its own streets and neighbours", async () => {
      const hotspots = hotspotsReply.parse(
        (await analyst.get("/api/hotspots?from=2021-10-02&to=2021-11-26")).json(),
      );
      expect(hotspots.studyArea).toBe("Västra and Östra");
      expect(
        hotspots.rows.filter(({ place }) => place.startsWith("Vasagatan")).length,
      ).toBeGreaterThan(2);
      const { edges } = displacementReply.parse(
        (await analyst.get("/api/displacement?operation=vasagatan-2021")).json(),
      );
      expect(edges.map(({ neighbour }) => neighbour).sort()).toEqual([
        "Norra",
        "Södra",
        "Västra-Östra",
      ]);
      const release = await app.stranger.get("/api/public/releases/latest");
      expect(release.statusCode, release.body).toBe(200);
      const names = releaseReply.parse(release.json()).release.areas.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["Västra and Östra", "Västra", "Östra"]));
    });

    test("plans around keep-clear times on its own wall clock", async () => {
      const { plan } = await suggestThrough(await app.as("sergeant"), { days: 2 });
      expect(plan.windows.length).toBeGreaterThan(0);
      expect(plan.windows.every(({ start }) => start.endsWith("+01:00"))).toBe(true);
      expect(plan.windows.some(({ place }) => place.startsWith("Vasagatan"))).toBe(true);
    });

    test("its database refuses another pack", async () => {
      await expect(fillPlaces(db())).rejects.toThrow(
        /^This database is for the places "vastra-ostra", and BOXSTER_PLACES is not set, which names "enfield-haringey"/,
      );
    });
  },
  fillSecond,
);
