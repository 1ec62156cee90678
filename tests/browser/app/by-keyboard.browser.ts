import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { type Locator, openBrowser, type Page } from "#tests/browser/driver.ts";
import { tabTo } from "#tests/browser/hotspots/hotspots-support.ts";

/** Jobs from the sign-in page to their end without a pointer; those of analyst and panel are in the files of their screens. */
const { browser } = demoWith(openBrowser);

/** As Tab reaches it; nothing is pressed that has not the focus, nor has it unseen. */
async function press(page: Page, control: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, control);
  expect(await control.evaluate(isSeen), `${String(control)} has the focus in sight`).toBe(true);
  await page.keyboard.press(key);
}

function isSeen(control: Element): boolean {
  const { top, bottom, left, right } = control.getBoundingClientRect();
  const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return found !== null && (control.contains(found) || found.contains(control));
}

describe("by keyboard alone", () => {
  test("a sergeant plans the week and opens the briefing", async () => {
    const { page, problems, close } = await browser.visit();
    const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
    await press(page, button(/Sergeant/));
    await press(page, page.getByRole("link", { name: "Plan" }));
    await press(page, button("Suggest"));
    const approve = button(/^Approve \d+ patrols/);
    await approve.waitFor({ timeout: 60_000 });
    await press(page, approve);
    await press(page, button("Briefing"));
    await button("Print").waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test("a partner adds a session and reads when it comes round", async () => {
    const { page, problems, close } = await browser.visit({ width: 390, height: 844 });
    const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
    await press(page, button(/Outreach partner A/));
    await press(page, button("Add a session"));
    const place = page.getByLabel("Place", { exact: true });
    await press(page, place, "ArrowDown");
    expect(await place.inputValue()).not.toBe("");
    await press(page, page.getByRole("checkbox", { name: "Fri" }), "Space");
    await press(page, button("Next: what police will see"));
    await press(page, button("Save"));
    await page.locator(".session-card", { hasText: "Every Friday, 7pm to 10pm" }).waitFor();
    expect(await page.locator(".toast").allTextContents()).toEqual([
      expect.stringMatching(/^On police screens since/),
    ]);
    expect(problems).toEqual([]);
    await close();
  });

  test("a liaison sends a quarter's total", async () => {
    const { page, problems, close } = await browser.visit();
    await press(page, page.getByRole("button", { name: /liaison/i }));
    const field = page.getByLabel("October to December 2020");
    await field.waitFor();
    await tabTo(page, field);
    await page.keyboard.type("44");
    await page.keyboard.press("Enter");
    await page.getByText(/Sent 26 Nov 2021: 44\./).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});
