import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testFolder } from "#tests/support/scratch.ts";

type Words =
  | { readonly fault: string }
  | { readonly fault: null; readonly ask: boolean; readonly from: string | null };

/** Plain JavaScript of a project that this one refers to: it comes without types. */
interface Module {
  readonly bringStreets: (given: {
    readonly from: string | null;
    readonly folder: string;
    readonly page: URL;
    readonly boxster: (words: string[]) => Promise<number>;
    readonly say: (line: string) => void;
    readonly signal: AbortSignal;
  }) => Promise<void>;
  readonly readWords: (words: readonly string[]) => Words;
}
const file = new URL("../../../../server/cli/bring-streets.mjs", import.meta.url);
const { bringStreets, readWords } = (await import(file.href)) as Module;

let folder = "";
let server: Server;
let isUp = true;
const said: string[] = [];
const typed: string[][] = [];
beforeEach(async () => {
  folder = testFolder("start");
  mkdirSync(join(folder, "basemap"));
  said.length = 0;
  typed.length = 0;
  isUp = true;
  server = createServer((_, reply) => reply.writeHead(isUp ? 200 : 503).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(() => {
  server.close();
});

const ending = () => new AbortController();
const bring = (from: string | null, code = 0, { signal } = ending()) =>
  bringStreets({
    from,
    folder,
    signal,
    page: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    boxster: async (words) => {
      typed.push(words);
      return code;
    },
    say: (line) => said.push(line),
  });
const kept = (name: string) => join(folder, "basemap", name);

describe("npm start", () => {
  test("asks for the area's streets, with the size and how to decline, and not again once they came", async () => {
    await bring(null);
    expect(typed).toEqual([["streets", "get"]]);
    expect(said).toEqual([expect.stringMatching(/about 30 MB of OpenStreetMap.*--no-streets/)]);
    await bring(null);
    expect(typed).toHaveLength(1);
  });

  test("asks again with the next start where they did not come", async () => {
    await bring(null, 1);
    expect(existsSync(kept("asked"))).toBe(false);
    await bring(null);
    expect(typed).toHaveLength(2);
  });

  test("asks for none where there are some", async () => {
    writeFileSync(kept("streets.kept"), "");
    await bring(null);
    expect([typed, said]).toEqual([[], []]);
  });

  test("takes a file or an address that is named, also where there are some", async () => {
    writeFileSync(kept("streets.kept"), "");
    await bring("streets.geojson");
    await bring("https://example.org/planet.pmtiles");
    expect(typed).toEqual([
      ["streets", "add", resolve("streets.geojson")],
      ["streets", "get", "https://example.org/planet.pmtiles"],
    ]);
  });

  test("asks for nothing before the server answers, nor once it has ended", async () => {
    isUp = false;
    const controller = ending();
    const brought = bring(null, 0, controller);
    await new Promise((done) => setTimeout(done, 500));
    expect([typed, said]).toEqual([[], []]);
    controller.abort();
    await brought;
    isUp = true;
    expect(typed).toEqual([]);
  });

  test.each([
    [[], { fault: null, ask: true, from: null }],
    [["--streets"], { fault: null, ask: true, from: null }],
    [["--no-streets"], { fault: null, ask: false, from: null }],
    [["--streets=a b.mbtiles"], { fault: null, ask: true, from: "a b.mbtiles" }],
  ])("reads %j", (words, wanted) => {
    expect(readWords(words)).toEqual(wanted);
  });

  test.each([["--street"], ["--streets="], ["--no-streets", "--streets=a"]])(
    "knows no %s",
    (...words) => {
      expect(readWords(words).fault).toMatch(/^npm start takes --no-streets, or --streets=FILE/);
    },
  );
});
