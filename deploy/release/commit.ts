import { execFileSync } from "node:child_process";

export interface Commit {
  /** Forty hexadecimal digits. */
  readonly id: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly at: string;
}

export function readCommit(root: string): Commit {
  const [id = "", seconds = ""] = git(root, ["log", "-1", "--format=%H %ct"]).trim().split(" ");
  return { id, at: new Date(Number(seconds) * 1000).toISOString() };
}

/** Files that differ from the commit or are in none, as git lists them. */
export function uncommitted(root: string): readonly string[] {
  return git(root, ["status", "--porcelain"]).split("\n").filter(Boolean);
}

/** The files of the project by their paths within it; what is in no commit yet too, and nothing that git ignores. */
export function projectFiles(root: string): readonly string[] {
  return git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    .split("\0")
    .filter(Boolean);
}

function git(root: string, args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
}
