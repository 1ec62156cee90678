import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PairSummary } from "#tests/support/plan-pairs.ts";

const script = fileURLToPath(new URL("print-pairs.ts", import.meta.url));

/** Where a server may stand. */
export const serverZones = ["UTC", "Europe/London", "America/New_York"] as const;

/** Random pairs of a calendar and its plan, in a process whose own time zone is this one. */
export async function pairsInZone(
  timeZone: string,
  range: { readonly from: number; readonly count: number },
): Promise<PairSummary> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, String(range.from), String(range.count)],
    { env: { ...process.env, TZ: timeZone }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as PairSummary;
}
