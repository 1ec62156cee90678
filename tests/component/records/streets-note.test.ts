import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { streetsCommand } from "#server/places/commands/streets.ts";
import { streetsFolder } from "#server/places/streets/streets.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRecords } from "#tests/browser/records/records-support.ts";
import { openPages } from "#tests/component/driver.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { runCommand } from "#tests/support/command.ts";
import { testFolder } from "#tests/support/scratch.ts";

const { server, browser } = demoWith(openPages);
afterAll(async () => {
  await rm(streetsFolder(server.services.config), { recursive: true, force: true });
});

test("Records says in one line which streets there are, or how they come", async () => {
  const { page, problems, close } = await visitRecords({ browser, server });
  await page.getByText("The maps show no streets.").waitFor();
  await page.getByText("boxster streets get").waitFor();

  const file = join(testFolder("note"), "scene.pmtiles");
  await writeFile(file, pmtilesOf(sceneTiles({ maxZoom: 12 })));
  await runCommand(server.services, streetsCommand, { positionals: ["add", file] });

  await close();

  const { page: after, ...visited } = await visitRecords({ browser, server });
  await after.getByRole("link", { name: "Boundaries and places" }).click();
  await after.getByText(/^Streets: \d+ stretches, \d+ with a name\. © OpenStreetMap/).waitFor();
  expect(await after.getByText("The maps show no streets.").count()).toBe(0);
  expect([...problems, ...visited.problems]).toEqual([]);
  await visited.close();
});
