import type { Locator, Page, TestBrowser, Visit, VisitOptions } from "#tests/browser/driver.ts";

/** Opens the screen and waits for the first tested picture. */
export async function openHotspots(
  browser: TestBrowser,
  server: string,
  options: Partial<VisitOptions> = {},
): Promise<Visit> {
  const visit = await browser.visit({ server, role: "sergeant", ...options });
  await visit.page.locator(".hotspots__table tbody tr").first().waitFor();
  return visit;
}

/** Without a map, which takes long to draw in software, for what is not about it. */
export async function openHotspotsTable(
  browser: TestBrowser,
  server: string,
  options: Partial<VisitOptions> = {},
): Promise<Visit> {
  const visit = await openHotspots(browser, server, { ...options });
  await visit.page.getByText(/cannot draw the map/).waitFor();
  // For a moment it stands in its own place and in the map's.
  await visit.page.locator(".hotspots__table").nth(1).waitFor({ state: "detached" });
  return visit;
}

export async function countOn(page: Page): Promise<number> {
  const text = await page.getByTestId("filtered-count").innerText();
  return Number(text.split(" ")[0]?.replace(",", ""));
}

export function sentenceOn(page: Page): Promise<string> {
  return page.locator(".hotspots__sentence").innerText();
}

/** Every row of the list, not only the first page of it. */
export async function showAll(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: /^Show more of / });
  while ((await more.count()) > 0) await more.click();
}

/** Part of the address by its name; empty when it is not there. */
export function paramOn(page: Page, name: string): string {
  const query = new URL(page.url()).hash.split("?")[1];
  return new URLSearchParams(query).get(name) ?? "";
}

/** The words of the legend, which is one row until it is opened. */
export async function legendOn(page: Page): Promise<string> {
  const legend = page.locator(".legend");
  if ((await legend.getAttribute("open")) === null) await legend.locator("summary").first().click();
  return legend.innerText();
}

/** Lower bounds of the colour classes as the legend says them. */
export async function boundsOn(page: Page): Promise<readonly number[]> {
  return boundsIn((await page.locator(".legend").textContent()) ?? "");
}

export function boundsIn(legend: string): readonly number[] {
  return [...legend.matchAll(/([\d.]+) (?:to [\d.]|and more)/g)].map((match) => Number(match[1]));
}

/** Tab, or Shift and Tab where it lies behind, until it has the focus: whoever has no pointer must get there. */
export async function tabTo(page: Page, target: Locator, most = 140): Promise<void> {
  let handle = await target.elementHandle();
  for (let presses = 0; presses <= most; presses += 1) {
    const key = await handle.evaluate((element) => {
      const { activeElement, body } = document;
      // The page has put another in its place.
      if (!element.isConnected) return "gone";
      if (activeElement === element) return null;
      if (!activeElement || activeElement === body) return "Tab";
      const isBehind = activeElement.compareDocumentPosition(element) & 2;
      return isBehind ? "Shift+Tab" : "Tab";
    });
    if (key === null) return;
    if (key === "gone") handle = await target.elementHandle();
    else await page.keyboard.press(key);
  }
  throw new Error(`Not reached by ${most} presses of Tab: ${String(target)}`);
}
