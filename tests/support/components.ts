import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readLocked } from "#deploy/release/components.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
}

/** The packages of the lock file by the folder that each is installed into, read without npm. */
export const lockedPackages: ReadonlyMap<string, LockedPackage> = new Map(
  Object.entries(
    (
      JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")) as {
        packages: Record<string, LockedPackage>;
      }
    ).packages,
  ).filter(([path]) => path !== ""),
);

/** `@turf/area` of `node_modules/x/node_modules/@turf/area`. */
export const packageName = (path: string): string => path.split("node_modules/").at(-1) ?? path;

let locked: ReturnType<typeof readLocked> | null = null;

/** The same by `npm sbom`, which takes a second: once a process. */
export function readLockedOnce(): ReturnType<typeof readLocked> {
  locked ??= readLocked(root);
  return locked;
}
