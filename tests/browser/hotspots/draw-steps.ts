import type { Locator, Page } from "#tests/browser/driver.ts";

/** What lies over the map while an area is drawn. */
export function ground(page: Page): Locator {
  return page.getByRole("application", { name: /^Draw an area/ });
}

export async function startDrawing(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Draw an area" }).click();
  await ground(page).waitFor();
}

export async function middleOfMap(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator(".map-view__canvas").boundingBox();
  if (!box) throw new Error("no map");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** In one go around the middle of the map, so many pixels from it. */
export async function goAround(page: Page, radius: number): Promise<void> {
  const { x, y } = await middleOfMap(page);
  await page.mouse.move(x + radius, y);
  await page.mouse.down();
  for (let step = 1; step <= 24; step += 1) {
    const angle = (step / 24) * 2 * Math.PI;
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  await page.mouse.up();
}
