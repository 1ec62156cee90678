import { expect, test } from "vitest";
import { printedIn } from "#tests/support/printed-in.ts";

const script = new URL("../../../support/print-times.ts", import.meta.url);

test("protected time is the same on servers in UTC, London and New York", async () => {
  const [utc = "", london, newYork] = await Promise.all([
    printedIn("UTC", script),
    printedIn("Europe/London", script),
    printedIn("America/New_York", script),
  ]);
  expect(london).toBe(utc);
  expect(newYork).toBe(utc);
  const lines = utc.trim().split("\n");
  expect(lines.length).toBeGreaterThan(300);
  // Both changes are among them.
  expect(utc).toContain("2021-10-31T00:30");
  expect(utc).toContain("2021-03-28");
});
