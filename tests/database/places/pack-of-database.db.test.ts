import { expect, test } from "vitest";
import { openServices } from "#server/app/services.ts";
import { readConfig } from "#server/config.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { writeTinyPack } from "#tests/support/tiny-pack.ts";

test("a start on another pack or by another clock is refused in one line and lets go of the database", async () => {
  const folder = testFolder("pack-of-database");
  const places = writeTinyPack();
  const open = (BOXSTER_PLACES: string, BOXSTER_TZ = "") =>
    openServices(readConfig({ BOXSTER_DATA: folder, BOXSTER_PLACES, BOXSTER_TZ }), () => undefined);
  await (await open(places)).close();
  await expect(open("")).rejects.toThrow(/^This database is for the places "[a-z-]+", and BOX/);
  await expect(open(places, "Europe/London")).rejects.toThrow(
    /^This database keeps the clock of Europe\/Stockholm, and .+ names Europe\/London/,
  );
  // An embedded database that was left open would refuse this.
  await (await open(places)).close();
});
