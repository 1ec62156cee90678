import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { transparencyRecord } from "#core/releases/wire/transparency.ts";
import { readTransparency } from "#server/releases/transparency.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { testFolder } from "#tests/support/scratch.ts";

onOneEngine("the transparency record", ({ db }) => {
  const app = appWith(db);

  test("is read by a stranger, whole and as its schema has it", async () => {
    const reply = await app.stranger.get("/api/public/transparency-record");
    expect(reply.statusCode).toBe(200);
    expect(transparencyRecord.parse(reply.json())).toEqual(readTransparency());
    expect(reply.body).toContain("council wardens");
  });

  test.each([
    ["{", "does not fit the template. Correct it"],
    [
      JSON.stringify({ ...readTransparency(), owner: { team: "x" } }),
      "at owner.organisationOrDepartment",
    ],
  ])("that somebody broke is not shown, and says where: %.9s", async (text, words) => {
    const path = join(testFolder("record"), "transparency.json");
    writeFileSync(path, text);
    expect(() => readTransparency(pathToFileURL(path))).toThrow(words);
  });
});
