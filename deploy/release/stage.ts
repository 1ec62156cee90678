import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { build } from "vite";
import { projectFiles } from "#deploy/release/commit.ts";
import { readManifest, rootsOf } from "#deploy/release/components.ts";
import { isOwnFileShipped, listFiles, whyLeftOut } from "#deploy/release/contents.ts";
import { licenceList } from "#deploy/release/licences.ts";
import { makeSbom } from "#deploy/release/sbom.ts";

/** The files of the project that a server needs. */
export function copyOwnFiles(root: string, stage: string): void {
  for (const path of projectFiles(root).filter(isOwnFileShipped)) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    copyFileSync(join(root, path), join(stage, path));
  }
}

interface PageLicence {
  readonly name: string;
  readonly version: string;
  readonly text?: string;
}

/** Builds the page; the licences of all that is in it come to lie beside it, out of what is served. */
export async function buildPage(root: string, stage: string): Promise<void> {
  const outDir = join(stage, "dist", "client");
  const list = "page-licences.json";
  // As whoever started this has it, the page would be built for development or for tests.
  process.env["NODE_ENV"] = "production";
  await build({
    root: join(root, "client"),
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir, emptyOutDir: true, license: { fileName: list } },
  });
  const bundled = JSON.parse(readFileSync(join(outDir, list), "utf8")) as PageLicence[];
  rmSync(join(outDir, list));
  const known = new Set(bundled.map(({ name }) => name));
  // What comes in through a style sheet, such as a typeface, is not in the list of the bundler.
  const styles = [...rootsOf(root).page]
    .filter((name) => !known.has(name))
    .map((name) => readLicence(join(root, "node_modules", name)));
  const all = [...bundled, ...styles].sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = all.map(({ name, version, text = "" }) => `${name} ${version}\n\n${text.trim()}\n`);
  writeFileSync(join(stage, "LICENSES-PAGE.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
}

function readLicence(folder: string): PageLicence {
  const { name, version } = readManifest(folder);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} ${version} brings no file LICENSE`);
  return { name, version, text: readFileSync(join(folder, file), "utf8") };
}

/** The locked packages of production for this system, each compared with its hash; no script of theirs runs. */
export function installProduction(stage: string): void {
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--prefer-offline"];
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel", "error"], {
    cwd: stage,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

/**
 * Puts the command where npx finds it. Of a package that names its own, npm first makes it executable, which it may not for
 * whoever does not own the release.
 */
export function linkCommand(stage: string): void {
  const file = join(stage, "package.json");
  const { bin, ...rest } = JSON.parse(readFileSync(file, "utf8")) as {
    bin: Readonly<Record<string, string>>;
  };
  writeFileSync(file, `${JSON.stringify(rest, null, 2)}\n`);
  const folder = join(stage, "node_modules", ".bin");
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of Object.entries(bin))
    symlinkSync(join("..", "..", path), join(folder, name));
}

/** Takes away what no server needs of the packages; bytes by reason, the most first. */
export function leaveOut(
  stage: string,
  options: { readonly maps: boolean },
): readonly (readonly [string, number])[] {
  const left = new Map<string, number>();
  for (const { path, bytes } of listFiles(join(stage, "node_modules"))) {
    const why = whyLeftOut(`node_modules/${path}`, options);
    if (why === null) continue;
    rmSync(join(stage, "node_modules", path));
    left.set(why, (left.get(why) ?? 0) + bytes);
  }
  return [...left].sort(([, a], [, b]) => b - a);
}

/** The list of components, of this system alone, and that of their licences. */
export function writeLists(root: string, stage: string, at: string): void {
  const isHere = (name: string) => existsSync(join(stage, "node_modules", name));
  const sbom = makeSbom(root, { at, isHere });
  writeFileSync(join(stage, "boxster.cdx.json"), `${JSON.stringify(sbom, null, 2)}\n`);
  writeFileSync(join(stage, "LICENSES.md"), licenceList(sbom.components));
}
