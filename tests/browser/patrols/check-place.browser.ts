import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";

const { browser } = demoWith(openBrowser);

const patiently = { timeout: 30_000 };

test("three tries at Fore Street, with a finger and by keys: an answer stands only beside the place that it is about", async () => {
  const looks = [
    { name: "1440", width: 1440, height: 900, forced: "none" },
    { name: "390", width: 390, height: 844, touch: true, forced: "none" },
    { name: "dark", width: 1440, height: 900, theme: "dark", forced: "none" },
    { name: "forced", width: 390, height: 844, forced: "active" },
  ] as const;
  for (const { name, forced, ...look } of looks) {
    const isTouch = "touch" in look;
    const visit = await browser.visit({
      ...look,
      role: "sergeant",
      fragment: "#/plan?view=ask",
      fresh: true,
    });
    const { page, problems } = visit;
    await page.emulateMedia({ forcedColors: forced });
    const box = page.getByLabel("Street, station or coordinates");
    const word = page.locator(".police__word");
    const press = () => page.locator(".police__foot button").click();
    await page.getByLabel("Day").fill("2021-11-30");
    await page.getByLabel("From").fill("19:30");
    await page.getByLabel("To", { exact: true }).fill("21:00");
    await box.fill("Fore Street");
    const options = page.getByRole("option");
    await options.first().waitFor();
    await listIsUsable(page, isTouch);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    if (isTouch) await options.first().tap();
    else {
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
    }
    expect(await box.inputValue()).toBe("Fore Street");
    await press();
    await word.waitFor(patiently);
    expect(await word.textContent()).toContain("No: Fore Street, Tue 30 Nov, 19:30 to 21:00 (");
    await box.fill("Fore Street by Park Avenue");
    expect(await word.count()).toBe(0);
    await press();
    expect(await word.count()).toBe(0);
    await box.fill("asdfgh");
    await press();
    await page.getByText("Nothing found: try one street’s name.").waitFor();
    expect(await word.count()).toBe(0);
    await box.fill("Fore Street by Alpha");
    await page.keyboard.press("Enter");
    await press();
    await word.waitFor(patiently);
    expect(await word.textContent()).toContain("Yes, clear: Fore Street by Alpha Road, Tue 30 Nov");
    if (name === "1440") expect(await seriousViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await visit.close();
  }
});

/** Inside the window, as wide as its field, and what is active can be told from the rest. */
async function listIsUsable(page: Page, isTouch: boolean): Promise<void> {
  const list = await page.locator(".place-box__list").boundingBox();
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  expect(list?.x ?? -1).toBeGreaterThanOrEqual(0);
  expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual(width);
  const option = await page.locator(".place-box__option").first().boundingBox();
  expect(option?.height ?? 0).toBeGreaterThanOrEqual(isTouch ? 44 : 32);
  await page.keyboard.press("ArrowDown");
  const faces = await page.locator(".place-box__option").evaluateAll((options) =>
    options.slice(0, 2).map((one) => {
      const { backgroundColor, borderTopColor } = getComputedStyle(one);
      return `${backgroundColor} ${borderTopColor}`;
    }),
  );
  expect(faces[0]).not.toBe(faces[1]);
  await page.keyboard.press("ArrowUp");
}
