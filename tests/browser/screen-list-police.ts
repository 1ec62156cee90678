import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, phone, pictureOf, tablet } from "#tests/browser/screen-list.ts";
import { instantAt, stayAt, tonightOf, tonightWindow, withStops } from "#tests/support/tonight.ts";

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

/** Made up, at eight in the evening. */
function given(...windows: Parameters<typeof tonightOf>) {
  return async (page: Page) => {
    await page.route("**/api/tonight", (route) => route.fulfill({ json: tonightOf(...windows) }));
    await page.reload();
    await page.locator(".tonight__card, .tonight__off, .tonight-desk").first().waitFor();
    const rows = page.locator(".tonight-desk__rows summary");
    if ((await rows.count()) > 0) await rows.click();
  };
}

const walked = withStops(tonightWindow(-20), { stays: [stayAt(-18, -5)], visits: 2 });
const lost = { ...tonightWindow(-20), status: "called_off", end: instantAt(-1) } as const;
const small = { width: 320, height: 640 };

function tonight(name: string, ...windows: Parameters<typeof tonightOf>): Picture {
  return pictureOf(name, "sergeant", "#/plan", "main", [phone, small], {
    prepare: given(...windows),
  });
}

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
  tonight("tonight", walked),
  tonight("tonight-there", withStops(walked, {}, { stays: [stayAt(-4, null)] })),
  tonight("tonight-called-off", withStops(lost, { stays: [stayAt(-6, null)] }), tonightWindow(-3)),
  tonight("tonight-full", withStops(tonightWindow(-20), { isFull: true, visits: 4 })),
  pictureOf("tonight-desk", "sergeant", "#/plan", "main", [desk, tablet], {
    prepare: given(walked, { ...lost, unit: 2 }),
  }),
  pictureOf("wardens", "warden", "#/plan", ownPatrol, [desk, phone], {
    hasMap: true,
    prepare: (page) => page.locator(ownPatrol).first().click(),
  }),
  pictureOf("wardens-staffing", "warden", "#/plan?view=staffing", ".staffing__table", [
    desk,
    phone,
  ]),
];
