import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readSharedStrings } from "#core/table/xlsx/workbook.ts";
import { readDirectory } from "#core/table/xlsx/zip.ts";

/** What would fill the memory is refused before it does, each limit by itself. */
describe("limits of a workbook", () => {
  const sourceOf = (bytes: Uint8Array) => ({
    size: bytes.length,
    read: async (from: number, length: number) => bytes.subarray(from, from + length),
  });
  const archive = (names: readonly string[]) =>
    sourceOf(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(0)]))));

  test("an archive of thousands of parts is not read", async () => {
    const names = Array.from({ length: 10_001 }, (_, at) => `${at}`);
    await expect(readDirectory(archive(names))).rejects.toThrow(/has thousands of parts/);
  });

  test("a directory of megabytes is not read", async () => {
    const names = Array.from({ length: 900 }, (_, at) => `${at}`.padEnd(5_000, "x"));
    await expect(readDirectory(archive(names))).rejects.toThrow(/does not lie within the file/);
  });

  test("texts that cells share stop where they are more than memory is for", async () => {
    const name = "xl/sharedStrings.xml";
    const texts = "<si><t>quite some text</t></si>".repeat(100);
    const source = sourceOf(zipSync({ [name]: strToU8(`<sst>${texts}</sst>`) }));
    const [entry] = await readDirectory(source);
    if (!entry) throw new TypeError("no part");
    const part = { source, entry, newDecoder: (encoding: string) => new TextDecoder(encoding) };
    expect(await readSharedStrings(part)).toHaveLength(100);
    await expect(readSharedStrings(part, 1_000)).rejects.toThrow(/characters of text/);
  });
});
