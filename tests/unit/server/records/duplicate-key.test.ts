import { createHmac } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openDuplicateKeys } from "#server/records/import/duplicate-key.ts";
import { testFolder } from "#tests/support/scratch.ts";

describe("keys of events", () => {
  let folder: string;
  beforeEach(() => {
    folder = testFolder("key");
  });
  const file = () => join(folder, "import.key");

  test("are the same for the same event and folder, file after file", () => {
    const first = openDuplicateKeys(folder).forOneFile();
    const second = openDuplicateKeys(folder).forOneFile();
    expect([first("a"), first("b"), first("a")]).toEqual([second("a"), second("b"), second("a")]);
  });

  test("tell the second of two equal rows from the first", () => {
    const keyOf = openDuplicateKeys(folder).forOneFile();
    const keys = ["a", "a", "a", "b"].map(keyOf);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(4);
    expect(keys.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 1]);
  });

  test("are the first half of an HMAC of the identity, and of its second time", () => {
    const keyOf = openDuplicateKeys(folder).forOneFile();
    const key = Buffer.from(readFileSync(file(), "utf8").trim(), "hex");
    const hmac = (text: string) => createHmac("sha256", key).update(text).digest("binary");
    const identity = "content\u001fcomplaint\u001f-0.063400\u001fé€";
    expect([keyOf(identity), keyOf(identity)]).toEqual([
      { key: hmac(identity).slice(0, 16), ordinal: 1 },
      { key: hmac(`${identity}\u001e2`).slice(0, 16), ordinal: 2 },
    ]);
  });

  test("cannot be had without the key: another folder gives others", () => {
    const other = testFolder("key");
    const [mine, theirs] = [openDuplicateKeys(folder), openDuplicateKeys(other)];
    expect(mine.id).not.toBe(theirs.id);
    expect(mine.forOneFile()("a").key).not.toBe(theirs.forOneFile()("a").key);
  });

  test("hang on a file that only its owner can read, and whose name for the batch tells nothing", () => {
    const { id } = openDuplicateKeys(folder);
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(readFileSync(file(), "utf8")).not.toContain(id);
  });

  test("a damaged key file is refused, never replaced", () => {
    writeFileSync(file(), "short");
    expect(() => openDuplicateKeys(folder)).toThrow(/does not hold an import key.* backup/);
    expect(readFileSync(file(), "utf8")).toBe("short");
  });
});
