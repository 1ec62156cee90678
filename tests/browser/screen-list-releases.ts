import { desk, type Picture, tablet } from "#tests/browser/screen-list.ts";

const screen = { fragment: "#/releases", ready: ".releases .table", sizes: [desk, tablet] };

/** Drafting a release, and approving it. */
export const releasePictures: readonly Picture[] = [
  {
    name: "releases-draft",
    role: "analyst",
    ...screen,
    prepare: async (page) => {
      await page.getByRole("button", { name: "Preview" }).click();
      await page.locator(".releases__figures").first().waitFor();
      await page.getByRole("button", { name: "Add one" }).click();
    },
  },
  { name: "releases-auditor", role: "auditor", ...screen },
];
