// `npm run sbom`: what a release is made of, and under which licences.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCommit } from "#deploy/release/commit.ts";
import { licenceList } from "#deploy/release/licences.ts";
import { makeSbom } from "#deploy/release/sbom.ts";

const root = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });
const sbom = makeSbom(root, { at: readCommit(root).at });
const files = {
  "boxster.cdx.json": `${JSON.stringify(sbom, null, 2)}\n`,
  "LICENSES.md": licenceList(sbom.components),
};
mkdirSync(values.out, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(values.out, name), text);
console.log(
  `${sbom.components.length} components in ${join(values.out, "boxster.cdx.json")}, their licences in LICENSES.md beside it.`,
);
