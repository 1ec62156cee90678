import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What of the project's own files a server needs: code, data, migrations, the files of deploy/ and its guides. */
export function isOwnFileShipped(path: string): boolean {
  if (/^deploy\/(?:release\/|tsconfig)/.test(path) || path.endsWith("/tsconfig.json")) return false;
  return (
    /^(?:server|core|data|sql|deploy|docs)\//.test(path) ||
    ["package.json", "package-lock.json", "LICENSE", "README.md", "CHANGELOG.md"].includes(path)
  );
}

/** Why a file of an installed package stays out, in the words of the report; null where it goes in. */
export function whyLeftOut(path: string, { maps }: { readonly maps: boolean }): string | null {
  if (/^node_modules\/\.(?:package-lock\.json|cache\/)/.test(path)) return "npm's own notes";
  if (/^node_modules\/node-[^/]+\/(?:include|share)\//.test(path)) return "Node's headers";
  if (/\.d\.[cm]?ts$/.test(path)) return "type declarations";
  if (!maps && path.endsWith(".map")) return "source maps";
  return null;
}

export interface Entry {
  /** From the folder that was listed, with `/` between. */
  readonly path: string;
  readonly bytes: number;
  readonly isLink: boolean;
}

/** Every file and link under a folder, in the order of their names. */
export function listFiles(folder: string): readonly Entry[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => ({ path: name.replaceAll("\\", "/"), stat: lstatSync(join(folder, name)) }))
    .filter(({ stat }) => !stat.isDirectory())
    .map(({ path, stat }) => ({ path, bytes: stat.size, isLink: stat.isSymbolicLink() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
