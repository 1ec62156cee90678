import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, phone, pictureOf } from "#tests/browser/screen-list.ts";

/** Nothing of a place that is closed: two streets away at an hour of no session. */
async function asked(page: Page): Promise<void> {
  await page.getByLabel("Street, station or coordinates").fill("Ponders");
  await page.locator(".place-box__option").first().click();
  await page.getByLabel("Day").fill("2021-11-30");
  await page.getByLabel("From").fill("20:00");
  await page.getByLabel("To", { exact: true }).fill("21:00");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator(".police__word").waitFor();
}

async function logged(page: Page): Promise<void> {
  await page.getByLabel("Street, station or coordinates").fill("Ponders");
  await page.locator(".place-box__option").first().click();
  await page.getByRole("button", { name: "Log it" }).click();
  await page.locator(".police__log li").first().waitFor();
}

/** In the week, or in the list of a phone. */
const ownPatrol = ".plan__picture [data-window], .plan__picture tbody tr";

/** What police ask and log about a place and a time, and a warden coordinator's week. */
export const policePictures: readonly Picture[] = [
  pictureOf("police-ask", "sergeant", "#/plan?view=ask", ".place-time__map", [desk, phone], {
    hasMap: true,
    prepare: asked,
  }),
  pictureOf(
    "police-attended",
    "sergeant",
    "#/plan?view=attended",
    ".place-time__map",
    [desk, phone],
    { hasMap: true, prepare: logged },
  ),
  pictureOf("wardens", "warden", "#/plan", ownPatrol, [desk, phone], {
    hasMap: true,
    prepare: (page) => page.locator(ownPatrol).first().click(),
  }),
  pictureOf("wardens-staffing", "warden", "#/plan?view=staffing", ".staffing__table", [
    desk,
    phone,
  ]),
];
