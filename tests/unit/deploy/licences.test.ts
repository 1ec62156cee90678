import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readManifest, rootsOf } from "#deploy/release/components.ts";
import {
  allowedFor,
  isAllowed,
  licenceList,
  licenceOf,
  readByHand,
} from "#deploy/release/licences.ts";
import { describe as describeRelease } from "#deploy/release/sbom.ts";
import { lockedPackages, readLockedOnce, root } from "#tests/support/components.ts";

const { components } = describeRelease(readManifest(root), readLockedOnce(), rootsOf(root), {
  at: "2026-11-28T18:22:09.000Z",
});

test("nothing is shipped under a licence that is not on the list", () => {
  const refused = components.filter((one) => !isAllowed(one));
  expect(refused.map((one) => `${one["bom-ref"]}: ${licenceOf(one)}`)).toEqual([]);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-or-later)", true],
  ["(MIT AND Zlib)", true],
  ["(MIT AND GPL-3.0-only)", false],
  ["GPL-3.0-only", false],
  ["AGPL-3.0-only OR SSPL-1.0", false],
])("%s may be shipped: %s", (expression, allowed) => {
  expect(isAllowed({ name: "some-package", licenses: [{ expression }] })).toBe(allowed);
});

test("a package without a licence may not, nor one under what only another may have", () => {
  expect(isAllowed({ name: "some-package" })).toBe(false);
  expect(isAllowed({ name: "some-package", licenses: [{ license: { id: "OFL-1.1" } }] })).toBe(
    false,
  );
});

test("exceptions are no more than there are reasons for", () => {
  const names = new Set(components.map(({ name }) => name));
  expect(Object.keys(allowedFor).filter((name) => !names.has(name))).toEqual([]);
  const refs = new Set(components.map((one) => one["bom-ref"]));
  expect(Object.keys(readByHand).filter((ref) => !refs.has(ref))).toEqual([]);
});

test("what was read by hand is what the file LICENSE of the package says", () => {
  expect(Object.keys(readByHand)).toEqual(["suncalc@2.0.2"]);
  expect(lockedPackages.get("node_modules/suncalc")?.version).toBe("2.0.2");
  const text = readFileSync(`${root}node_modules/suncalc/LICENSE`, "utf8");
  expect(text).toMatch(/Redistribution and use in source and binary forms/);
  // The third clause of BSD-3-Clause is about the names of the authors.
  expect(text).not.toMatch(/Neither the name/);
});

test("the list has a line for each: name, version, licence, part", () => {
  const list = licenceList(components);
  expect(list.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(
    components.length + 1,
  );
  expect(list).toContain("| react | 19.3.1 | MIT | page |");
  expect(list).toMatch(/\| postgis \| [\d.]+ \| GPL-2\.0-or-later \| server \|/);
});
