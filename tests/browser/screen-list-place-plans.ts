import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

async function person(page: Page): Promise<void> {
  await page
    .getByLabel("Scanning: what is seen")
    .fill("Mr Smith of Flat 3 stops there in AB12 CDE.");
  await page.getByLabel("Scanning: what is seen").scrollIntoViewIfNeeded();
}

/** A pack is made once; each picture is taken several times. */
async function openPack(page: Page): Promise<void> {
  const first = page.getByRole("link", { name: "Pack 1", exact: true });
  const none = page.getByRole("heading", { name: "No packs yet" });
  await first.or(none).first().waitFor();
  if ((await first.count()) > 0) await first.click();
  else {
    await page
      .getByLabel("Decisions to take, one per line")
      .fill("Whether the service road is closed at night\nWho pays for the second lamp");
    await page.getByRole("button", { name: "Make pack" }).click();
  }
  await page.locator(".pack-page").waitFor();
}

/** Place plans, and the meeting of partners. */
export const placePlanPictures: readonly Picture[] = [
  pictureOf("place-plans", "sergeant", "#/outcomes?part=plans", ".plan-card", [desk, tablet]),
  pictureOf("place-plan", "analyst", "#/outcomes?part=plans&plan=1", ".one-plan", [desk, tablet]),
  pictureOf("place-plan-coordinator", "coordinator", "#/outcomes?part=plans&plan=1", ".one-plan", [
    desk,
  ]),
  pictureOf(
    "place-plan-edit",
    "sergeant",
    "#/outcomes?part=plans&plan=1&edit=1",
    ".editor__form",
    [desk, tablet],
    { hasMap: true, prepare: person },
  ),
  pictureOf("meeting", "coordinator", "#/outcomes?part=meeting", ".meeting", [desk, tablet]),
  pictureOf(
    "meeting-pack",
    "coordinator",
    "#/outcomes?part=meeting",
    ".meeting",
    [desk, tablet, paper],
    { prepare: openPack },
  ),
];
