import { afterEach, expect, test } from "vitest";
import { createPlaceFinder } from "#core/places/gazetteer/find-place.ts";
import {
  type GazetteerReply,
  gazetteerReply,
  type NewGazetteer,
} from "#core/places/wire/gazetteer.ts";
import { gazetteerCalls } from "#core/places/wire/imports.ts";
import { cellColumn } from "#core/table/columns.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { gazetteerBody, openNames, readNames, sentTable } from "#tests/support/gazetteer.ts";
import { openImportBench } from "#tests/support/import-server.ts";

const file = readNames(openNames.join("\n"));

const table = [
  "Date,Home address,Borough,Kind,Category,Caller name",
  "2021-11-05 22:10,12 Brettenham Rd,,complaint,asb,Jo Hidden",
  "2021-11-06 22:10,Park Road,Haringey,complaint,asb,Al Hidden",
  "2021-11-07 22:10,Park Road,,complaint,asb,Bo Hidden",
].join("\n");
const map = { street: "Home address", borough: "Borough" };

function spoilNames({ names }: NewGazetteer, other: Partial<NewGazetteer["names"][number]>): void {
  for (const name of names) Object.assign(name, other);
}

onOneEngine(
  "gazetteers over HTTP",
  ({ db }) => {
    const opened = appWith(db);
    const analyst = opened.caller("analyst");
    afterEach(async () => {
      await db().transaction(ownerActor, async (tx) => {
        await tx.query("delete from gazetteer");
        await tx.query("delete from batch");
      });
    });
    const fetchNames = async (): Promise<GazetteerReply> =>
      gazetteerReply.parse((await analyst.get("/api/gazetteer")).json());
    const upload = (body: string, query: string) =>
      analyst.inject({
        method: "POST",
        url: `/api/imports?fileName=a.csv&${query}`,
        headers: { "content-type": "application/octet-stream" },
        payload: body,
      });
    const lastLine = (text: string) =>
      JSON.parse(text.trim().split("\n").at(-1) ?? "") as Record<string, never>;

    test("the names of a file come in, are listed with who and when, served to analysts, and go", async () => {
      const kept = await analyst.send("POST", "/api/gazetteers", gazetteerBody());
      expect(kept.statusCode).toBe(200);
      const { gazetteer } = kept.json<{ gazetteer: number }>();
      const listed = gazetteerCalls.list.reply.parse((await analyst.get("/api/gazetteers")).json());
      expect(listed.gazetteers).toMatchObject([
        { id: gazetteer, person: "demonstration analyst", fileName: "names.csv", kept: 8 },
      ]);
      const { names } = await fetchNames();
      expect(names.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
        file.names.map(({ kind, name }) => `${kind} ${name}`),
      );
      expect(names[0]).toMatchObject({ borough: "Enfield", locality: "Edmonton", district: "N18" });
      const gone = await analyst.send("DELETE", `/api/gazetteers/${gazetteer}`);
      expect(gone.json()).toEqual({ gazetteer, removed: 8 });
      expect((await fetchNames()).names).toEqual([]);
      expect((await analyst.send("DELETE", `/api/gazetteers/${gazetteer}`)).statusCode).toBe(404);
    });

    test.each([
      ["a name outside the area", (body: NewGazetteer) => spoilNames(body, { at: [-0.06, 53] })],
      ["a postcode that is none", (body: NewGazetteer) => spoilNames(body, { kind: "postcode" })],
      ["no name at all", (body: NewGazetteer) => void Object.assign(body, { rows: 0 })],
      ["control characters", (body: NewGazetteer) => spoilNames(body, { borough: "a\u0007b" })],
      [
        "more names than rows",
        (body: NewGazetteer) => void Object.assign(body, { rows: 9, outside: 8 }),
      ],
    ])("%s are refused and nothing is kept", async (_, spoil) => {
      const body = structuredClone(gazetteerBody());
      spoil(body);
      const reply = await analyst.send("POST", "/api/gazetteers", body);
      expect(reply.statusCode).toBeGreaterThanOrEqual(400);
      expect(reply.statusCode).toBeLessThan(500);
      expect((await fetchNames()).names).toEqual([]);
    });

    test("words never reach the server: a mapped street or postcode is refused there", async () => {
      await analyst.send("POST", "/api/gazetteers", gazetteerBody());
      for (const given of [
        "street=Street",
        "postcode=Postcode",
        "borough=Borough",
        "district=Borough",
      ]) {
        const reply = await upload(
          "Date,Street,Postcode,Borough,Kind\n",
          `map=${encodeURIComponent(given)}`,
        );
        expect(reply.statusCode, given).toBe(422);
        expect(reply.json<{ title: string }>().title).toBe(
          "Streets and postcodes must be converted first",
        );
      }
    });

    test("by page and by command the counts are equal, and no word is in the database", async () => {
      await analyst.send("POST", "/api/gazetteers", gazetteerBody());
      const finder = createPlaceFinder((await fetchNames()).names);
      const body = sentTable(table, map, finder);
      expect(body).not.toMatch(/Brettenham|Park|Haringey|Hidden/);
      const cells = `map=${encodeURIComponent(`cell=${cellColumn}`)}`;
      const page = lastLine((await upload(body, `${cells}&cells=page`)).body)[
        "result"
      ] as unknown as {
        places: unknown;
        rows: number;
        accepted: number;
      };
      const bench = await openImportBench(db());
      await bench.undoAll();
      const command = await bench.importText(table, { choices: { map } });
      expect(page.places).toEqual(command.places);
      expect(page).toMatchObject({ rows: command.rows, accepted: command.accepted });
      expect(command.places).toEqual({
        placed: { street: 1, street_in_borough: 1 },
        refused: { street_ambiguous: 1 },
      });
      expect(await bench.dump()).not.toMatch(/Brettenham|Park Road|Hidden/);
      await bench.close();
    });

    test("cells are taken from the page's own form of upload alone, and each is checked", async () => {
      const cell = "8a194ad32a4ffff";
      const rows = `Date,${cellColumn},Kind\n2021-11-05,${cell} street,complaint\n2021-11-05,8a2a1072b59ffff street,complaint\n`;
      const cells = `map=${encodeURIComponent(`cell=${cellColumn}`)}`;
      const stranger = await upload(rows, cells);
      // A slow machine has told of progress by then, so that the refusal is the last line.
      expect(lastLine(stranger.body)).not.toHaveProperty("result");
      expect(stranger.body).toContain("written by the page itself");
      const result = lastLine((await upload(rows, `${cells}&cells=page`)).body)[
        "result"
      ] as unknown as {
        errors: { row: number; place: string }[];
      };
      expect(result.errors.at(-1)).toMatchObject({ row: 3, place: "outside" });
    });
  },
  fillPlaces,
);
