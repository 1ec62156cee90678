import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../support/print-times.ts", import.meta.url));

/** The same program in a process whose own time zone is another. */
async function printedIn(timeZone: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, TZ: timeZone },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

test("protected time is the same on servers in UTC, London and New York", async () => {
  const [utc = "", london, newYork] = await Promise.all([
    printedIn("UTC"),
    printedIn("Europe/London"),
    printedIn("America/New_York"),
  ]);
  expect(london).toBe(utc);
  expect(newYork).toBe(utc);
  const lines = utc.trim().split("\n");
  expect(lines.length).toBeGreaterThan(300);
  // Both changes are among them.
  expect(utc).toContain("2021-10-31T00:30");
  expect(utc).toContain("2021-03-28");
});
