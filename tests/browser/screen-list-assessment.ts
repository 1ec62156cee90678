import { withPhasesAndNotes } from "#tests/browser/displacement/displacement-support.ts";
import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

/** The parts of an assessment that lie below its map or behind a click. */
export const assessmentPictures: readonly Picture[] = [
  pictureOf("displacement-checks", "sergeant", "#/displacement", ".edge-card", [desk, tablet], {
    prepare: async (page) => {
      for (const more of await page.locator(".estimate__more summary").all()) await more.click();
    },
  }),
  pictureOf(
    "displacement-months",
    "sergeant",
    "#/displacement?edge=Waltham+Forest",
    ".edge-card",
    [desk, tablet],
    { prepare: (page) => page.locator(".monthly").scrollIntoViewIfNeeded() },
  ),
  pictureOf("displacement-print", "sergeant", "#/displacement", ".edge-card", [paper], {
    print: true,
  }),
  pictureOf("displacement-harm", "analyst", "#/displacement", ".edge-card", [desk, tablet], {
    prepare: async (page) => {
      await page.getByText("Weighted by harm").click();
      await page.getByText("Change the weights").click();
      await page.locator(".harm-panel").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("displacement-phases", "sergeant", "#/displacement", ".edge-card", [desk, tablet], {
    prepare: async (page) => {
      await withPhasesAndNotes(page);
      await page.locator("#phases-title").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("displacement-notes", "sergeant", "#/displacement", ".edge-card", [desk, tablet], {
    prepare: async (page) => {
      await withPhasesAndNotes(page);
      await page.locator(".displacement__map [data-drawn]").waitFor();
    },
  }),
];
