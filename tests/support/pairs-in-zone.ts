import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PairSummary } from "#tests/support/plan-pairs.ts";

const script = fileURLToPath(new URL("print-pairs.ts", import.meta.url));

/** Where a server may stand. */
export const serverZones = ["UTC", "Europe/London", "America/New_York"] as const;

interface Range {
  readonly from: number;
  readonly count: number;
}

/** Random pairs of a calendar and its plan, in one process whose own time zone is this one; a summary for each range. */
export async function pairsInZone(
  timeZone: string,
  ranges: readonly Range[],
): Promise<PairSummary[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, ...ranges.map(({ from, count }) => `${from}+${count}`)],
    { env: { ...process.env, TZ: timeZone }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as PairSummary[];
}
