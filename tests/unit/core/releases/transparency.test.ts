import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type TransparencyRecord,
  transparencyPage,
  transparencyTemplate,
} from "#tests/support/transparency.ts";

const root = new URL("../../../../", import.meta.url);
const read = (): TransparencyRecord =>
  JSON.parse(readFileSync(new URL("data/transparency.json", root), "utf8"));

describe("the transparency record", () => {
  test("has every field of the template and no other, none of them empty", () => {
    const { standard, ...sections } = read();
    expect(standard).toBe("Algorithmic Transparency Recording Standard");
    expect(Object.keys(sections)).toEqual(Object.keys(transparencyTemplate));
    for (const [name, { fields }] of Object.entries(transparencyTemplate)) {
      for (const section of [sections[name as keyof typeof sections]].flat()) {
        expect(Object.keys(section).sort(), name).toEqual(fields.map(([key]) => key).sort());
        for (const said of Object.values(section)) expect(said.length, name).toBeGreaterThan(0);
      }
    }
  });

  test("marks what only the force can say, and numbers the template's fields", () => {
    const { owner, metadata, summary } = read();
    for (const value of [
      ...Object.values(owner),
      ...[metadata["datePublished"], summary["contactEmail"]],
    ])
      expect(value).toContain("[force to fill]");
    const page = transparencyPage(read());
    // Numbers of a record with one model, as published records of v4.0 have them.
    for (const title of ["4 Contact email", "7 Senior responsible owner", "33 Model architecture"])
      expect(page).toContain(title);
    expect(page).toContain("**50 Impact assessments.**");
    expect(page).not.toContain("undefined");
  });

  test("as a page is what the data makes of it (npm run transparency)", async () => {
    const page = transparencyPage(read());
    const file = fileURLToPath(new URL("docs/transparency-record.md", root));
    await expect(page).toMatchFileSnapshot(file);
  });
});
