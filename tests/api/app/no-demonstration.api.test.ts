import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer } from "#server/app/serve.ts";
import { readConfig } from "#server/config.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { writeTinyPack } from "#tests/support/tiny-pack.ts";

test("places without a recipe have no demonstration: the start is refused in one line, before anything is made", async () => {
  const data = testFolder("no-demo");
  const places = writeTinyPack(null);
  const env = { BOXSTER_DATA: data, BOXSTER_PLACES: places, BOXSTER_DEMO: "1", PORT: "0" };
  await expect(startServer(readConfig(env), () => undefined)).rejects.toThrow(
    `These places have no demonstration: ${join(places, "demonstration.json")} cannot be read. Write it as docs/another-command.md says, or set BOXSTER_DEMO to 0.`,
  );
  expect(readdirSync(data)).toEqual([]);
});
