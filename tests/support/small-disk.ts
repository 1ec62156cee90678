import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly folder: string;
  readonly remove: () => void;
}

/** A disk of 8 MB of which half is taken; null where mounting one is not allowed. */
export function fullDisk(): SmallDisk | null {
  const disk = mountDisk(8);
  if (disk !== null) writeFileSync(join(disk.folder, "fill"), Buffer.alloc(4 * 1024 * 1024));
  return disk;
}

/** A disk of its own of so many megabytes; null where mounting one is not allowed. */
export function mountDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), "boxster-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], {
      stdio: "ignore",
    });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remove: () => {
      execFileSync("umount", [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
