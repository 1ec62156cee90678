import { withPhasesAndNotes } from "#tests/browser/displacement/displacement-support.ts";
import { desk, type Picture, paper, tablet } from "#tests/browser/screen-list.ts";

/** The parts of an assessment that lie below its map or behind a click. */
export const assessmentPictures: readonly Picture[] = [
  {
    name: "displacement-checks",
    role: "sergeant",
    fragment: "#/displacement",
    ready: ".edge-card",
    sizes: [desk, tablet],
    prepare: async (page) => {
      for (const more of await page.locator(".estimate__more summary").all()) await more.click();
    },
  },
  {
    name: "displacement-months",
    role: "sergeant",
    fragment: "#/displacement?edge=Waltham+Forest",
    ready: ".edge-card",
    sizes: [desk, tablet],
    prepare: (page) => page.locator(".monthly").scrollIntoViewIfNeeded(),
  },
  {
    name: "displacement-print",
    role: "sergeant",
    fragment: "#/displacement",
    ready: ".edge-card",
    sizes: [paper],
    print: true,
  },
  {
    name: "displacement-harm",
    role: "analyst",
    fragment: "#/displacement",
    ready: ".edge-card",
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.getByText("Weighted by harm").click();
      await page.getByText("Change the weights").click();
      await page.locator(".harm-panel").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "displacement-phases",
    role: "sergeant",
    fragment: "#/displacement",
    ready: ".edge-card",
    sizes: [desk, tablet],
    prepare: async (page) => {
      await withPhasesAndNotes(page);
      await page.locator("#phases-title").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "displacement-notes",
    role: "sergeant",
    fragment: "#/displacement",
    ready: ".edge-card",
    sizes: [desk, tablet],
    prepare: async (page) => {
      await withPhasesAndNotes(page);
      await page.locator(".displacement__map [data-drawn]").waitFor();
    },
  },
];
