import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** Of an operation that has risen at a boundary, from before anything was agreed to what was done. */
const { browser } = demoWith(openPages);

async function open(role: "analyst" | "sergeant"): Promise<Page> {
  const { page } = await browser.visit({ role, fragment: "#/displacement" });
  await page.getByRole("heading", { name: "Stop rule" }).waitFor();
  return page;
}

const rule =
  "If reports rise at a boundary: pause new patrols of this operation and review it, and tell the neighbour across that boundary. Done by the sergeant within 14 days.";

test("one writes what is done, another confirms it; and so it is with what was done", async () => {
  let page = await open("analyst");
  const section = () => page.getByRole("region", { name: "If reports rise at a boundary" });
  await section().getByText("Waltham Forest: reports have risen").waitFor();
  expect(await section().textContent()).toContain("No stop rule is agreed. Write one below.");
  expect(await section().textContent()).toContain("The first weekly check was on 8 August 2021.");
  await page.getByRole("button", { name: "Write the stop rule" }).click();
  const ask = page.getByRole("button", { name: "Ask a second person" });
  expect(await ask.isDisabled()).toBe(true);
  await page.getByLabel("Pause new patrols of this operation and review it").click();
  await page.getByLabel("Tell the neighbour across that boundary").click();
  // The first look has passed.
  expect(await ask.isDisabled()).toBe(true);
  await page.getByLabel("Why it is set now").fill("It was not set in time.");
  await ask.click();
  await section().getByText("Waits for a second person").waitFor();
  expect(await page.getByRole("button", { name: "Confirm this rule" }).count()).toBe(0);

  page = await open("sergeant");
  await page.getByRole("button", { name: "Confirm this rule" }).click();
  await section().getByText("Due from the sergeant by").waitFor();
  const words = (await section().textContent()) ?? "";
  expect(words).toContain(rule);
  expect(words).toContain("after the first weekly check on");
  expect(words).toContain("Written by demonstration analyst, confirmed by demonstration sergeant.");
  await page.getByRole("button", { name: "Record what was done" }).click();
  const record = page.getByRole("button", { name: "Ask a second person" });
  await page.getByText("Otherwise", { exact: true }).click();
  expect(await record.isDisabled()).toBe(true);
  await page.getByLabel("What was done instead, and why").fill("The hours were moved first.");
  await record.click();
  await section().getByText("waits for a second person").waitFor();
  expect(await section().textContent()).toContain(
    "Until a second person has confirmed what was done, new patrols of this operation wait, even if it is changed or ended.",
  );
  expect(await page.getByRole("button", { name: "Confirm this answer" }).count()).toBe(0);

  ({ page } = await browser.visit({ role: "sergeant", fragment: "#/plan" }));
  await page
    .getByText(
      "New patrols of boxster-2021 wait, by its stop rule, until one person records what was done",
    )
    .waitFor();

  page = await open("analyst");
  await page.getByRole("button", { name: "Confirm this answer" }).click();
  await section()
    .getByText("Done otherwise, recorded on 26 November 2021, confirmed by demonstration analyst")
    .waitFor();
  expect(await page.getByRole("button", { name: /^Record/ }).count()).toBe(0);

  const { page: paper } = await browser.visit({
    role: "sergeant",
    fragment: "#/displacement?part=report&operation=boxster-2021",
  });
  await paper.locator(".report-page").first().waitFor();
  const printed = (await paper.locator(".report-page").last().textContent()) ?? "";
  expect(printed).toContain("Waltham Forest: has risen, shown in the week to");
  expect(printed).toContain(rule);
  expect(printed).toContain(
    "Waltham Forest: done otherwise, recorded on 26 November 2021, confirmed by demonstration analyst.",
  );
  // What somebody typed stays on the screen.
  expect(printed).not.toContain("The hours were moved first.");
});

test("under the answer one line says what would make it false", async () => {
  const page = await open("analyst");
  const header = (await page.locator(".displacement header").textContent()) ?? "";
  expect(header).toMatch(
    /This (?:could no longer be said if \d+ more had been reported|would read as)/,
  );
});
