import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { saveProfile } from "#server/records/import/saved-profiles.ts";
import { createInbox, readInbox } from "#server/records/inbox/inbox.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { goldenFeatures } from "#tests/support/features.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };

/** Headings of a force's own system; "Informant" may hold a person. */
const headings = "Logged,Lat,Lng,What,Informant";
const rowsFrom = (day: number, rows = 3) =>
  Array.from(
    { length: rows },
    (_, at) =>
      `${String(day).padStart(2, "0")}/09/2021 2${at}:15,51.61${day}${at},-0.0631,noise,A Person`,
  );
const fileOf = (day: number) => [headings, ...rowsFrom(day)].join("\n");

onEachEngine(
  "the inbox",
  ({ db }) => {
    let services: ActServices;
    let folder: string;
    let now = 0;
    const said: string[] = [];
    beforeAll(async () => {
      services = await testServices(db());
      await db().transaction(analyst, (tx) =>
        saveProfile(tx, analyst.person, {
          name: "Force log",
          replace: false,
          reading: {
            profile: "plain",
            map: { date: "Logged", latitude: "Lat", longitude: "Lng", category: "What" },
            headings: ["Logged", "Lat", "Lng", "What"],
            kind: "complaint",
            source: "resident",
            dates: "day-first",
            midnight: "as-written",
            words: { kind: {}, category: { noise: "asb" }, source: {} },
          },
        }),
      );
    });
    beforeEach(() => {
      folder = scratchFolder("inbox");
      services = { ...services, config: { ...services.config, inbox: folder } };
      said.length = 0;
    });
    const put = (name: string, content: string | Uint8Array) =>
      writeFileSync(join(folder, name), content);
    const open = (signal = new AbortController().signal) =>
      createInbox(services, folder, { say: (line) => said.push(line), signal, clock: () => now });
    /** Twice, as a file is looked at before and after the time in which it stays as it is. */
    const pass = async (look = open()) => {
      await look();
      now += 30_000;
      await look();
    };
    const reportOf = (where: string, name: string) =>
      readFileSync(join(folder, where, `${name}.report.txt`), "utf8");
    const batches = () =>
      db().transaction(ownerActor, (tx) =>
        tx.query<{ id: number; person: string; profile: string; accepted: number }>(
          "select id, person, profile, accepted from batch order by id",
        ),
      );

    test("a file that stays as it is comes in by the profile that knows it, without its persons", async () => {
      put("log.csv", fileOf(1));
      const look = open();
      await look();
      now += 29_000;
      await look();
      expect(await batches()).toEqual([]);
      // Still being written: its time begins again.
      put("log.csv", fileOf(2));
      now += 5_000;
      await look();
      expect(await batches()).toEqual([]);
      now += 30_000;
      await look();
      expect(await batches()).toMatchObject([
        { person: "inbox", profile: "Force log", accepted: 3 },
      ]);
      expect(readdirSync(folder)).toEqual(["done"]);
      expect(reportOf("done", "log.csv")).toMatch(/3 rows, 3 accepted[\s\S]*Informant/);
      expect(reportOf("done", "log.csv")).not.toContain("A Person");
      const lines = await db().transaction(ownerActor, (tx) =>
        tx.query<{ person: string }>("select person from audit where act = 'import a file'"),
      );
      expect(lines).toEqual([{ person: "inbox" }]);
      expect(said).toEqual([]);
    });

    test("one whose headings no profile knows waits for a person, and comes in once one does", async () => {
      put("beats.csv", fileOf(3).replace("Lat,Lng", "Y,X"));
      const look = open();
      await pass(look);
      expect(await readInbox(services)).toEqual({ inbox: { waiting: ["beats.csv"], refused: [] } });
      expect(existsSync(join(folder, "beats.csv"))).toBe(true);
      const before = (await batches()).length;
      put("beats.csv", fileOf(3));
      await pass(look);
      expect(await batches()).toHaveLength(before + 1);
      expect(await readInbox(services)).toEqual({ inbox: { waiting: [], refused: [] } });
    });

    test("what cannot be read or has no row to keep is refused, with its report; the rest is left alone", async () => {
      put("blob.csv", new Uint8Array([0, 1, 2, 0, 255]));
      put("away.csv", [headings, "01/09/2021 20:15,48.8,2.3,noise,"].join("\n"));
      put(".hidden.csv", fileOf(4));
      put("half.csv.part", fileOf(4));
      mkdirSync(join(folder, "older"));
      symlinkSync("/etc/passwd", join(folder, "link.csv"));
      await pass();
      expect(readdirSync(folder).sort()).toEqual([
        ".hidden.csv",
        "half.csv.part",
        "link.csv",
        "older",
        "refused",
      ]);
      const { inbox } = await readInbox(services);
      expect(inbox?.refused.map(({ fileName }) => fileName).sort()).toEqual([
        "away.csv",
        "blob.csv",
      ]);
      expect(reportOf("refused", "blob.csv")).toMatch(/NUL/);
      expect(reportOf("refused", "away.csv")).toMatch(/1 row, 0 accepted, 1 rejected/);
    });

    test("a Shapefile comes in by the settings made from one, and half a FlatGeobuf is refused", async () => {
      const map = {
        start: "start",
        latitude: "latitude",
        longitude: "longitude",
        kind: "kind",
        category: "category",
        reference: "ref",
      };
      const words = { kind: {}, category: {}, source: {} };
      const reading: Parameters<typeof saveProfile>[2]["reading"] = {
        map,
        words,
        headings: Object.values(map),
        dates: null,
        kind: null,
        profile: "plain",
        source: "resident",
        midnight: "as-written",
      };
      await db().transaction(analyst, (tx) =>
        saveProfile(tx, analyst.person, { name: "Map", replace: false, reading }),
      );
      put("week.zip", goldenFeatures("points-etrs-utm.shp.zip"));
      put("week.fgb", goldenFeatures("points-utm.fgb").slice(0, 4_000));
      await pass();
      expect((await batches()).at(-1)).toMatchObject({ profile: "Map", accepted: 40 });
      expect(reportOf("done", "week.zip")).toMatch(/40 rows, 40 accepted/);
      expect(reportOf("refused", "week.fgb")).toMatch(/^This FlatGeobuf cannot be read/);
    });

    test("one that was stored and not yet moved when the process died is not stored again", async () => {
      put("again.csv", fileOf(5));
      await pass();
      const before = await batches();
      renameSync(join(folder, "done", "again.csv"), join(folder, "again.csv"));
      await pass();
      expect(await batches()).toEqual(before);
      expect(reportOf("done", "again.csv")).toContain(`as batch ${before.at(-1)?.id}`);
      // Another file of that name is another file.
      put("again.csv", fileOf(6));
      await pass();
      expect(await batches()).toHaveLength(before.length + 1);
      expect(
        readdirSync(join(folder, "done")).filter((name) => name.endsWith("again.csv")),
      ).toHaveLength(2);
    });

    test("an import that is stopped keeps nothing, and its file stays for the next start", async () => {
      const before = await batches();
      put("long.csv", [headings, ...rowsFrom(7, 9)].join("\n"));
      const stopping = new AbortController();
      const look = open(stopping.signal);
      await look();
      now += 30_000;
      const looking = look();
      stopping.abort(new Error("Stopped"));
      await looking;
      expect(await batches()).toEqual(before);
      expect(readdirSync(folder)).toEqual(["long.csv"]);
      await pass();
      expect(await batches()).toHaveLength(before.length + 1);
    });
  },
  fillPlaces,
);
