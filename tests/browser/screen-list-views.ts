import { desk, type Picture, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";

/** What opens over Hotspots. */
export const viewPictures: readonly Picture[] = [
  pictureOf(
    "hotspots-views",
    "sergeant",
    "#/hotspots?from=2021-10-02&to=2021-11-26&days=fri,sat&hours=20-02&area=Haringey",
    ranked,
    [desk, tablet],
    {
      hasMap: true,
      prepare: async (page) => {
        const menu = page.getByRole("button", { name: "Saved views and link" });
        await menu.click();
        const saved = page.getByRole("button", { name: 'Change "Weekend nights in Haringey"' });
        await saved.or(page.getByText("No saved views yet")).first().waitFor();
        if ((await saved.count()) === 0) {
          await page.getByLabel("Name this view").fill("Weekend nights in Haringey");
          await page.getByRole("button", { name: "Save view", exact: true }).click();
          await page.getByText("Saved: Weekend nights in Haringey").waitFor();
          await menu.click();
        }
        await saved.click();
      },
    },
  ),
  pictureOf("hotspots-file", "sergeant", "#/hotspots", ranked, [desk], {
    hasMap: true,
    prepare: (page) => page.getByRole("button", { name: "Print or download" }).click(),
  }),
];
