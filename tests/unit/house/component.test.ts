import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../component/", import.meta.url));

test("no test of a page without a browser asks for a size or a place: they are invented there", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  expect(files.length).toBeGreaterThan(20);
  const sizes =
    /getBoundingClientRect|getClientRects|boundingBox|elementFromPoint|(?:scroll|client|offset)(?:Width|Height|Top|Left)/;
  expect(files.filter((name) => sizes.test(readFileSync(folder + name, "utf8")))).toEqual([]);
});
