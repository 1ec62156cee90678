import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Places are data (docs/another-command.md): a name of one in code would be wrong for the next command. */
const root = new URL("../../../", import.meta.url);
const packs = readdirSync(new URL("data/places/", root), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "recipe")
  .map(({ name }) => new URL(`data/places/${name}/`, root));

const files = ["core", "server", "client"].flatMap((floor) =>
  readdirSync(new URL(`${floor}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:tsx?|css|html|mjs)$/.test(name))
    .map((name) => `${floor}/${name}`),
);

/** `file:line: name` of every line that holds one of the words. */
function mentions(words: readonly string[], isLooked: (line: string) => boolean): string[] {
  const known = new RegExp(`\\b(?:${words.join("|")})\\b`);
  return files.flatMap((file) =>
    readFileSync(new URL(file, root), "utf8")
      .split("\n")
      .flatMap((line, at) => {
        const found = isLooked(line) ? known.exec(line) : null;
        return found ? [`${file}:${at + 1}: ${found[0]}`] : [];
      }),
  );
}

interface AreaFile {
  readonly features: readonly { readonly properties: { readonly name: string } }[];
}

test("no code and no comment on any floor names a borough or neighbour of a pack", () => {
  const names = packs.flatMap((pack) => {
    const areas = JSON.parse(readFileSync(new URL("areas.geojson", pack), "utf8")) as AreaFile;
    return areas.features.map(({ properties }) => properties.name);
  });
  expect(names.length).toBeGreaterThan(10);
  expect(mentions(names, () => true)).toEqual([]);
});

test("no code names a road that a pack is about; comments may, as examples", () => {
  const roads = packs.flatMap((pack) => {
    const head = JSON.parse(readFileSync(new URL("pack.json", pack), "utf8"));
    return [head.patch, ...head.mainRoads].filter((name: string) => name !== "High Road");
  });
  expect(roads.length).toBeGreaterThan(3);
  expect(mentions(roads, (line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line))).toEqual([]);
});
