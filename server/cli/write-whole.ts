import { renameSync, rmSync, writeFileSync } from "node:fs";
import { CommandError } from "#server/cli/command.ts";

/** Written beside and renamed, for its owner alone: a disk that fills up leaves no half of it. */
export function writeWhole(file: string, content: Uint8Array | string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content, { flag: "wx", mode: 0o600 });
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOSPC"
        ? "the disk is full"
        : code === "ENOENT"
          ? "its folder is not there"
          : "the system refused it";
    throw new CommandError(`${file} could not be written: ${why}. No file was left.`, {
      cause: error,
    });
  }
}
