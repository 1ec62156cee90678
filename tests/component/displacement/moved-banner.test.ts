import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** A fall where an operation was with a rise at a line: how a presenter reads of it. */
const { browser } = demoWith(openPages);

const note = (page: Page) => page.locator(".panel__stage > .panel__moved");

test("a presenter's browser is refused alerts, and asks for none", async () => {
  const visit = await browser.visit({ role: "presenter", fragment: "#/panel" });
  const asked: string[] = [];
  visit.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit.page.reload();
  await note(visit.page).waitFor();
  expect(asked.filter((path) => path.includes("alerts"))).toEqual([]);
  expect((await visit.page.request.get("/api/alerts")).status()).toBe(403);
  await visit.page.goto("/#/displacement?part=alerts");
  await expect.poll(() => visit.page.url()).toMatch(/#\/panel/);
});
