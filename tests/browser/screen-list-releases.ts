import { desk, type Picture, pictureOf, tablet } from "#tests/browser/screen-list.ts";

/** Drafting a release, and approving it. */
export const releasePictures: readonly Picture[] = [
  pictureOf("releases-draft", "analyst", "#/releases", ".releases .table", [desk, tablet], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Preview" }).click();
      await page.locator(".releases__figures").first().waitFor();
      await page.getByRole("button", { name: "Add one" }).click();
    },
  }),
  pictureOf("releases-auditor", "auditor", "#/releases", ".releases .table", [desk, tablet]),
];
