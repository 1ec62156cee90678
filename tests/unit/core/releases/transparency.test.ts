import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { transparencyRecord, transparencyTemplate } from "#core/releases/wire/transparency.ts";
import { transparencyPage } from "#tests/support/transparency.ts";

const root = new URL("../../../../", import.meta.url);
const read = () => JSON.parse(readFileSync(new URL("data/transparency.json", root), "utf8"));

describe("the transparency record", () => {
  test("has every field of the template and no other, none of them empty", () => {
    expect(transparencyRecord.parse(read())).toEqual(read());
    for (const [section, { fields }] of Object.entries(transparencyTemplate)) {
      for (const [field] of fields) {
        for (const wrong of ["", "  ", undefined]) {
          const record = read();
          const within = section === "models" ? record.models[0] : record[section];
          within[field] = wrong;
          expect(transparencyRecord.safeParse(record).success, `${section} ${field}`).toBe(false);
        }
      }
    }
    expect(transparencyRecord.safeParse({ ...read(), more: "x" }).success).toBe(false);
  });

  test("marks what only the force can say, and numbers the template's fields", () => {
    const { owner, metadata, summary } = transparencyRecord.parse(read());
    for (const value of [
      ...Object.values(owner),
      metadata["datePublished"],
      summary["contactEmail"],
    ])
      expect(value).toContain("[force to fill]");
    const page = transparencyPage(transparencyRecord.parse(read()));
    // Numbers of a record with one model, as published records of v4.0 have them.
    for (const title of ["4 Contact email", "7 Senior responsible owner", "33 Model architecture"])
      expect(page).toContain(title);
    expect(page).toContain("**50 Impact assessments.**");
    expect(page).not.toContain("undefined");
  });

  test("as a page is what the data makes of it (npm run transparency)", async () => {
    const page = transparencyPage(transparencyRecord.parse(read()));
    const file = fileURLToPath(new URL("docs/transparency-record.md", root));
    await expect(page).toMatchFileSnapshot(file);
  });
});
