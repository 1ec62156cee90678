import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { compare } from "#tests/same/compare.ts";
import { onPurpose, since } from "#tests/same/on-purpose.ts";

/**
 * `npm run same [-- --since=COMMIT] [--pictures] [--all]`: says what answers, files, commands, rows and (with `--pictures`) screens and
 * papers differ from an earlier commit's, which is recorded by its own code. With TEST_DATABASE_URL on that server too. Both
 * recordings are of one day, so an older one is made again.
 */
const words = process.argv.slice(2);
const wanted: string =
  words.find((one) => one.startsWith("--since="))?.slice("--since=".length) ?? since;
const withPictures = words.includes("--pictures");
const here = resolve(".");
const kept = resolve("var", "same");

const commit = git("rev-parse", "--verify", `${wanted}^{commit}`);
const day = new Date().toISOString().slice(0, 10);
const before = join(kept, `${commit.slice(0, 12)}-${day}`);
const after = join(kept, "now");

recordEarlier();
rmSync(after, { recursive: true, force: true });
record(here, after);
const found = compare(before, after, onPurpose);
const most = words.includes("--all") ? Number.POSITIVE_INFINITY : 12;
for (const { file, lines } of found) {
  console.log(file);
  for (const line of lines.slice(0, most)) console.log(`  ${line.slice(0, 300)}`);
  if (lines.length > most) console.log(`  and ${lines.length - most} more lines (--all)`);
}
const purposes = onPurpose.map(({ why }) => `\n  on purpose: ${why}`).join("");
console.log(
  `${found.length === 0 ? "Nothing differs" : `${found.length} files differ`} from ${commit.slice(0, 12)}.${purposes}`,
);
process.exitCode = found.length === 0 ? 0 : 1;

/** In a work tree of its own, by the code that was there. */
function recordEarlier(): void {
  const parts = ["embedded", ...(withPictures ? ["pictures"] : [])];
  if (process.env["TEST_DATABASE_URL"]) parts.push("postgres");
  if (parts.every((part) => existsSync(join(before, part)))) return;
  const tree = join(kept, `tree-${process.pid}`);
  git("worktree", "add", "--detach", "--force", tree, commit);
  try {
    symlinkSync(join(here, "node_modules"), join(tree, "node_modules"));
    record(tree, `${before}.partial`);
    rmSync(before, { recursive: true, force: true });
    renameSync(`${before}.partial`, before);
  } finally {
    git("worktree", "remove", "--force", tree);
  }
}

function record(tree: string, folder: string): void {
  const steady = ["--import", "./tests/same/steady.ts"];
  rmSync(folder, { recursive: true, force: true });
  run(tree, [...steady, "tests/same/record.ts", folder]);
  if (!withPictures) return;
  run(tree, [...steady, "tests/browser/screens.ts", `--into=${join(folder, "pictures")}`]);
}

function run(cwd: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status} in ${cwd}.`);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { encoding: "utf8" }).trim();
}
