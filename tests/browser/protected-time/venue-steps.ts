import type { Position } from "#core/geo/cell.ts";
import type { Page } from "#tests/browser/driver.ts";
import { openMore, patiently } from "#tests/browser/protected-time/outreach-support.ts";

export interface NewSession {
  readonly label: string;
  /** In the open form. */
  readonly choose: (page: Page) => Promise<void>;
}

/** A session at a new place, as its partner adds it. */
export async function enterSession(page: Page, { label, choose }: NewSession): Promise<void> {
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await choose(page);
  await page.getByLabel("Your name for it").pressSequentially(label);
  await page.getByLabel("Fri", { exact: true }).check();
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card", { hasText: label }).first().waitFor(patiently);
}

export async function byCoordinates(page: Page, typed: string): Promise<void> {
  await page.getByLabel("Street, station or coordinates").pressSequentially(typed);
  await page.getByRole("option", { name: "These coordinates" }).click();
}

/** The first that is found by these words. */
export async function byName(page: Page, typed: string): Promise<void> {
  await page.getByLabel("Street, station or coordinates").pressSequentially(typed);
  await page.getByRole("option").first().click();
}

/** The map comes to where the coordinates are; a tap there takes their place. */
export async function byTap(page: Page, typed: string): Promise<void> {
  await byCoordinates(page, typed);
  const field = page.getByLabel("Street, station or coordinates");
  const map = page.locator(".venue-map");
  await map.locator("[data-drawn]").waitFor(patiently);
  // Until the map has come to rest.
  await page.waitForTimeout(2_000);
  const box = await map.locator("canvas").first().boundingBox();
  if (!box) throw new Error("There is no map to tap");
  await map.locator("canvas").first().scrollIntoViewIfNeeded();
  await map
    .locator("canvas")
    .first()
    .tap({ position: { x: box.width / 2, y: box.height / 2 } });
  const isTaken = async () => (await field.inputValue()) === "";
  for (let tries = 0; !(await isTaken()); tries += 1) {
    if (tries > 100) throw new Error("The map took no tap");
    await page.waitForTimeout(100);
  }
}

export async function rename(page: Page, label: string, renamed: string): Promise<void> {
  await openMore(page, "Your places");
  const row = page.locator(".saved-places__row", { hasText: label });
  await row.getByRole("button", { name: "Rename" }).click();
  const field = page.locator(".saved-places__form input");
  await field.fill("");
  await field.pressSequentially(renamed);
  await page.locator(".saved-places__form").getByRole("button", { name: "Save" }).click();
  await page.locator(".saved-places__row", { hasText: renamed }).waitFor();
}

/** What a page without our care would keep: shows that it would be found. */
export async function plantInBrowser(page: Page, [lng, lat]: Position): Promise<void> {
  await page.evaluate(
    (place) =>
      new Promise<void>((resolve, reject) => {
        localStorage.setItem("planted", JSON.stringify(place));
        const request = indexedDB.open("planted", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("places");
        request.onerror = () => reject(new Error("IndexedDB did not open"));
        request.onsuccess = () => {
          const writing = request.result.transaction("places", "readwrite");
          writing.objectStore("places").put(place, "venue");
          writing.oncomplete = () => resolve();
        };
      }),
    { lat, lng },
  );
}
