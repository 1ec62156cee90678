import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const root = new URL("../", import.meta.url);

const releaseFile = z.object({
  version: z.string(),
  /** Git commit, 40 hex digits. */
  commit: z.string(),
  at: z.string(),
  /** As Node names it, such as `linux-x64`. */
  platform: z.string(),
  /** Built with uncommitted changes. */
  edited: z.boolean(),
});

export type Release = z.infer<typeof releaseFile>;

export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** What `npm run release` wrote beside the code; null in a clone. */
export function ownRelease(folder: URL = root): Release | null {
  const file = new URL("RELEASE.json", folder);
  return existsSync(file) ? releaseFile.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
}

export function describeVersion(version: string, release: Release | null): string {
  if (release === null) return `Boxster ${version}, from a clone`;
  const { commit, at, platform, edited } = release;
  const changed = edited ? ", with changes that are in no commit" : "";
  return `Boxster ${version}, a release of ${at.slice(0, 10)} for ${platform}, commit ${commit.slice(0, 8)}${changed}`;
}
