import { desk, type Picture, paper, phone, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const publicPage = (name: string, query: string, beside: { print?: boolean } = {}) =>
  pictureOf(name, null, "", ".sign-in", beside.print ? [paper] : [desk, phone], {
    ...beside,
    prepare: async (page) => {
      await page.goto(`/public${query}`);
      await page.locator("main").waitFor();
    },
  });

/** Drafting a release, approving it, and what residents read of it. */
export const releasePictures: readonly Picture[] = [
  pictureOf("releases-draft", "analyst", "#/releases", ".releases .table", [desk, tablet], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Preview" }).click();
      await page.locator(".releases__figures").first().waitFor();
      await page.getByRole("button", { name: "Add one" }).click();
    },
  }),
  publicPage("public-page", ""),
  publicPage("public-page-area-tr", "?area=E09000010-N-angel-edmonton&lang=tr"),
  publicPage("public-page-street", "?area=fore+street"),
  publicPage("public-page-paper", "", { print: true }),
  pictureOf("releases-auditor", "auditor", "#/releases", ".releases .table", [desk, tablet]),
];
