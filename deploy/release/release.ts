// `npm run release`: one archive that serves with neither npm, network nor builders. docs/deploy.md says how it is used.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checksums, fileHash, pack, tarFault } from "#deploy/release/archive.ts";
import { readCommit, uncommitted } from "#deploy/release/commit.ts";
import { readManifest } from "#deploy/release/components.ts";
import { listFiles } from "#deploy/release/contents.ts";
import {
  buildPage,
  copyOwnFiles,
  installProduction,
  leaveOut,
  linkCommand,
  writeLists,
} from "#deploy/release/stage.ts";

/** Megabytes (of 1,000,000 bytes) that an unpacked release may have. */
const mostMegabytes = 250;

const root = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "dist", "release") },
    dirty: { type: "boolean", default: false },
    maps: { type: "boolean", default: false },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "boxster-release-"));
try {
  process.exitCode = await makeRelease(resolve(values.out));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function makeRelease(out: string): Promise<number> {
  const changed = uncommitted(root);
  const fault = tarFault() ?? (values.dirty ? null : dirtyFault(changed));
  if (fault) return refuse(fault);

  const { version } = readManifest(root);
  const commit = readCommit(root);
  const platform = `${process.platform}-${process.arch}`;
  const edited = changed.length > 0 ? "-dirty" : "";
  const name = `boxster-${version}-${commit.id.slice(0, 8)}${edited}-${platform}`;
  const stage = join(scratch, name);
  mkdirSync(stage);

  console.log("Copying what is committed, building the page, installing what production needs...");
  copyOwnFiles(root, stage);
  await buildPage(root, stage);
  installProduction(stage);
  linkCommand(stage);
  const left = leaveOut(stage, { maps: values.maps });
  writeLists(root, stage, commit.at);
  const about = { version, commit: commit.id, at: commit.at, platform, edited: edited !== "" };
  writeFileSync(join(stage, "RELEASE.json"), `${JSON.stringify(about, null, 2)}\n`);
  writeFileSync(join(stage, "SHA256SUMS"), checksums(stage));

  const files = listFiles(stage);
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > mostMegabytes * 1e6) {
    return refuse(`Unpacked it is ${megabytes(size)}, over ${mostMegabytes} MB. ${largest(stage)}`);
  }
  mkdirSync(out, { recursive: true });
  const archive = join(out, `${name}.tar.gz`);
  await pack(scratch, name, archive, commit.at);
  writeFileSync(`${archive}.sha256`, `${await fileHash(archive)}  ${name}.tar.gz\n`);
  cpSync(join(stage, "boxster.cdx.json"), join(out, `${name}.cdx.json`));

  console.log(`${archive}`);
  console.log(`${files.length} files, ${megabytes(size)} unpacked. ${largest(stage)}`);
  console.log("Left out: tests, and every package for building and testing;");
  for (const [why, bytes] of left) console.log(`  ${why}, ${megabytes(bytes)}`);
  return 0;
}

function dirtyFault(changed: readonly string[]): string | null {
  if (changed.length === 0) return null;
  const [first = ""] = changed;
  return `${changed.length} files are not committed, the first is ${first.slice(3)}. Commit them, or say --dirty for a trial.`;
}

function largest(folder: string): string {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of listFiles(folder)) {
    const part = /^(?:node_modules\/(?:@[^/]+\/)?[^/]+|[^/]+)/.exec(path)?.[0] ?? path;
    sizes.set(part, (sizes.get(part) ?? 0) + bytes);
  }
  const parts = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 6);
  return `Largest: ${parts.map(([part, bytes]) => `${part} ${megabytes(bytes)}`).join(", ")}.`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function refuse(line: string): number {
  console.error(`No release was made. ${line}`);
  return 1;
}
