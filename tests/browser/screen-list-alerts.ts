import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, pictureOf, tablet } from "#tests/browser/screen-list.ts";

async function handing(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hand over" }).first().click();
  await page.getByLabel("Message").fill("Reports after dark, by the station.");
}

/** Alerts around an operation, and what is decided about one. */
export const alertPictures: readonly Picture[] = [
  pictureOf(
    "displacement-alerts",
    "sergeant",
    "#/displacement?part=alerts",
    ".alert-card",
    [desk, tablet],
    {
      hasMap: true,
      prepare: async (page) => {
        await page.locator(".alert-card__history summary").first().click();
      },
    },
  ),
  pictureOf(
    "displacement-alerts-hand-over",
    "analyst",
    "#/displacement?part=alerts",
    ".alert-card",
    [desk, tablet],
    { hasMap: true, prepare: handing },
  ),
];
