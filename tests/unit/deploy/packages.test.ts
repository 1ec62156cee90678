import { join } from "node:path";
import { expect, test } from "vitest";
import {
  packagesImportedIn,
  readManifest,
  rootsOf,
  shippedParts,
} from "#deploy/release/components.ts";
import { lockedPackages, packageName, readLockedOnce, root } from "#tests/support/components.ts";

const served = ["server", "core", "data"].flatMap((folder) => [
  ...packagesImportedIn(join(root, folder)),
]);

test("production installs what the server, core and data import, and nothing else", () => {
  const { dependencies = {} } = readManifest(root);
  expect(Object.keys(dependencies)).toEqual([...new Set(served)].sort((a, b) => (a < b ? -1 : 1)));
});

test("no package of production runs a script while it is installed", () => {
  const scripted = [...lockedPackages].filter(([, one]) => !one.dev && "hasInstallScript" in one);
  expect(scripted.map(([path]) => path)).toEqual([]);
});

test("every package of the lock file has its hash", () => {
  expect(lockedPackages.size).toBeGreaterThan(500);
  const without = [...lockedPackages].filter(
    ([, { integrity = "" }]) => !/^sha512-/.test(integrity),
  );
  expect(without.map(([path]) => path)).toEqual([]);
});

/** Packages of which there are several versions, with how many. Whoever adds one has looked whether one version would do. */
const several = {
  /** ajv asks for 3, fast-json-stringify for 4; the readers of certificates of passkeys ask for a tslib of both kinds. */
  server: { "fast-uri": 2, tslib: 2 },
  /** MapLibre and the server ask for newer ones than the tile readers of deck.gl, which the page does not load. */
  page: {
    "@mapbox/point-geometry": 2,
    "@mapbox/vector-tile": 2,
    "@turf/helpers": 2,
    "@turf/invariant": 2,
    "@turf/meta": 2,
    earcut: 2,
    fflate: 2,
    long: 2,
    pbf: 2,
    "readable-stream": 2,
    "safe-buffer": 2,
    string_decoder: 2,
  },
};

test("no shipped package has more versions than are listed here", () => {
  const parts = shippedParts(readLockedOnce(), rootsOf(root));
  const all = [...parts.keys()];
  const server = all.filter((ref) => parts.get(ref) === "server");
  expect(versionsOf(server)).toEqual(several.server);
  expect(versionsOf(all)).toEqual({ ...several.server, ...several.page });
});

test("in all there are at most 39 packages of several versions", () => {
  const all = [...lockedPackages].map(([path, { version }]) => `${packageName(path)}@${version}`);
  expect(Object.keys(versionsOf([...new Set(all)])).length).toBeLessThanOrEqual(39);
});

function versionsOf(refs: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const ref of refs) {
    const name = ref.slice(0, ref.lastIndexOf("@"));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].filter(([, count]) => count > 1));
}
