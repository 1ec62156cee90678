import { existsSync } from "node:fs";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { scratchFolders } from "#tests/support/backup.ts";
import { fronts, openFront, type Withstood, withstand } from "#tests/support/fronts.ts";
import { hostileWays } from "#tests/support/hostile-callers.ts";

const folders = scratchFolders();
afterAll(folders.clear);
/** Each of them holds a slice or two of an answer; so many megabytes are far below what one machine has. */
const mostMemory = 500;

/** Caddy does not count the connections of one address: see docs/security.md. */
const heldBehindCaddy = ["nothing", "half headers", "headers drop by drop"] as const;

describe.each(fronts)("1,000 connections from each of five addresses, over %s:", (front) => {
  test.each(front === "Caddy" ? heldBehindCaddy : hostileWays)(
    "%s leaves others served, and gives the memory back",
    async (way) => {
      expect(existsSync("dist/client/index.html"), "npm run build").toBe(true);
      const opened = await openFront(front, folders.make());
      if (opened === null) return console.log(`${front} is not installed: left out`);
      onTestFinished(async () => {
        await opened.close();
      });
      const held: Withstood = await withstand(opened, way);
      console.log(front, JSON.stringify(held));
      expect(held.seen).toEqual({ 200: expect.any(Number) });
      expect(held.p95).toBeLessThan(1_000);
      expect(held.most - held.before).toBeLessThan(mostMemory);
      expect(held.after - held.before).toBeLessThan(100);
      expect(await opened.close()).toBe(0);
      expect(opened.server.faults()).toEqual([]);
    },
  );
});
