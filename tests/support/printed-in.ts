import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Where a server may stand. */
export const serverZones = ["UTC", "Europe/London", "America/New_York"] as const;

/** Most of such a short process is reading its modules: what was made of them is kept for the next one. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/printed-in", import.meta.url));

/** What a script prints in a process whose own time zone is this one. */
export async function printedIn(
  timeZone: string,
  script: URL,
  words: readonly string[] = [],
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(script), ...words],
    {
      env: { ...process.env, TZ: timeZone, NODE_COMPILE_CACHE: compiled },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return stdout;
}
