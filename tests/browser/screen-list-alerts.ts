import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, tablet } from "#tests/browser/screen-list.ts";

async function handing(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hand over" }).first().click();
  await page.getByLabel("Message").fill("Reports after dark, by the station.");
}

/** Alerts around an operation, and what is decided about one. */
export const alertPictures: readonly Picture[] = [
  {
    name: "displacement-alerts",
    role: "sergeant",
    fragment: "#/displacement?part=alerts",
    ready: ".alert-card",
    hasMap: true,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.locator(".alert-card__history summary").first().click();
    },
  },
  {
    name: "displacement-alerts-hand-over",
    role: "analyst",
    fragment: "#/displacement?part=alerts",
    ready: ".alert-card",
    hasMap: true,
    sizes: [desk, tablet],
    prepare: handing,
  },
];
