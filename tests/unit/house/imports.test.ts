import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { expect, test } from "vitest";

/**
 * One direction of import, checked without the linter's pattern language:
 * a rule that matches nothing would hold silently.
 */
const mayImport: Readonly<Record<string, { folders: readonly string[]; packages: RegExp }>> = {
  // The page and the command read a workbook and a calendar with the same code, so what reads them is core's.
  core: {
    folders: ["core"],
    packages:
      /^(h3-js|@turf\/.+|zod|fflate|saxes|rrule-temporal|flatbush|flatqueue|hyparquet|proj4)$/,
  },
  data: { folders: ["core", "data"], packages: /^(h3-js|@turf\/.+|zod|node:.+|topojson-client)$/ },
  server: {
    folders: ["core", "data", "server"],
    packages:
      /^(node:.+|pg|@node-rs\/argon2|@zxcvbn-ts\/.+|openid-client|otpauth|@simplewebauthn\/server|@electric-sql\/.+|fastify|@fastify\/.+|zod|h3-js|highs|suncalc|csv-parse.*|pmtiles|@mapbox\/vector-tile|@maplibre\/(geojson-vt|vt-pbf)|pbf|hyparquet-writer|unhomoglyph|web-push)$/,
  },
  client: {
    folders: ["core", "client"],
    packages:
      /^(react.*|maplibre-gl.*|@deck\.gl\/.+|@luma\.gl\/.+|@fontsource.*|zod|h3-js|@turf\/.+|suncalc|qr|d3-scale|d3-shape|@mapbox\/vector-tile|pbf|@noble\/hashes\/.+)$/,
  },
};

const root = new URL("../../../", import.meta.url);

function importsOf(file: string): string[] {
  const text = readFileSync(new URL(file, root), "utf8");
  const statements = /^(?:import|export)\s(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? "");
}

function typescriptIn(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

function isAllowed(folder: string, name: string): boolean {
  // Texts of translators: no code.
  if (/^#data\/words\/[a-z]+\/[a-z]{2}\.json$/.test(name)) return true;
  const rule = mayImport[folder];
  const own = /^#(\w+)\//.exec(name)?.[1];
  if (own) return rule?.folders.includes(own) ?? false;
  if (name.startsWith(".")) return !/\/(core|data|server|client|tests)\//.test(name);
  return (rule?.packages.test(name) ?? false) && (name.startsWith("node:") || !isBuiltin(name));
}

test.each(Object.keys(mayImport))("%s imports only what it may", (folder) => {
  const files = typescriptIn(folder);
  expect(files.length).toBeGreaterThan(0);
  const broken = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !isAllowed(folder, name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(broken).toEqual([]);
});

test("only server/config.ts reads the environment", () => {
  const readers = ["core", "server", "client", "data"]
    .flatMap(typescriptIn)
    .filter((file) => readFileSync(new URL(file, root), "utf8").includes("process.env"));
  expect(readers).toEqual(["server/config.ts"]);
});

test("core reads no clock and draws no unseeded number", () => {
  const impure = typescriptIn("core").filter((file) =>
    /Date\.now\(|Math\.random\(|new Date\(\)/.test(readFileSync(new URL(file, root), "utf8")),
  );
  expect(impure).toEqual([]);
});
