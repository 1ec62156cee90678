import { desk, type Picture, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";

/** What opens over Hotspots. */
export const viewPictures: readonly Picture[] = [
  {
    name: "hotspots-views",
    role: "sergeant",
    fragment: "#/hotspots?from=2021-10-02&to=2021-11-26&days=fri,sat&hours=20-02&area=Haringey",
    ready: ranked,
    hasMap: true,
    sizes: [desk, tablet],
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
  {
    name: "hotspots-file",
    role: "sergeant",
    fragment: "#/hotspots",
    ready: ranked,
    hasMap: true,
    sizes: [desk],
    prepare: (page) => page.getByRole("button", { name: "Print or download" }).click(),
  },
];
