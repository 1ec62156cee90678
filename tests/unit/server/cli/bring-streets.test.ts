import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** Plain JavaScript of a project that this one refers to: it comes without types. */
interface Module {
  readonly bringStreets: (
    folder: string,
    boxster: (words: string[]) => Promise<number>,
    say: (line: string) => void,
  ) => Promise<boolean>;
  readonly wordsFault: (words: readonly string[]) => string | null;
}
const file = new URL("../../../../server/cli/bring-streets.mjs", import.meta.url);
const { bringStreets, wordsFault } = (await import(file.href)) as Module;

let folder = "";
const said: string[] = [];
const typed: string[][] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "boxster-start-"));
  said.length = 0;
  typed.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const bring = (act: () => number) =>
  bringStreets(
    folder,
    async (words) => {
      typed.push(words);
      return act();
    },
    (line) => said.push(line),
  );

describe("npm start -- --streets", () => {
  test("brings them and goes on", async () => {
    expect(await bring(() => 0)).toBe(true);
    expect(typed).toEqual([["basemap", "get"]]);
    expect(said).toEqual([]);
  });

  test("says so where they cannot be had, and goes on", async () => {
    expect(await bring(() => 1)).toBe(true);
    expect(said).toEqual([
      expect.stringMatching(/^The streets could not be brought.*built-in map/),
    ]);
  });

  test("asks for none where there are some", async () => {
    mkdirSync(join(folder, "basemap"));
    writeFileSync(join(folder, "basemap", "streets.pmtiles"), "");
    expect(await bring(() => 0)).toBe(true);
    expect(typed).toEqual([]);
    expect(said).toEqual([expect.stringContaining("have streets already")]);
  });

  test("is stopped with what it waits for", async () => {
    const stopped = await bring(() => {
      process.emit("SIGINT");
      return 1;
    });
    expect(stopped).toBe(false);
    expect(said).toEqual([]);
  });

  test("knows no other word", () => {
    expect(wordsFault([])).toBeNull();
    expect(wordsFault(["--streets"])).toBeNull();
    expect(wordsFault(["--streets", "--street"])).toBe(
      'npm start takes --streets and nothing else, not "--street".',
    );
  });
});
