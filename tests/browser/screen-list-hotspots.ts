import { desk, type Picture, tablet } from "#tests/browser/screen-list.ts";

const ranked = ".hotspots__table tbody tr";
const halfYear = "#/hotspots?from=2021-06-01&to=2021-11-26&res=10";
const atFore = `${halfYear}&at=-0.0640,51.6170,13.5`;
const drawn = "drawn:-0.0701,51.6193,-0.0567,51.6196,-0.0585,51.6129,-0.0689,51.6136";

/** Study areas that are drawn, and the story of a place in one. */
export const areaPictures: readonly Picture[] = [
  {
    name: "hotspots-draw",
    role: "sergeant",
    fragment: atFore,
    ready: ranked,
    hasMap: true,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.getByRole("button", { name: "Draw an area" }).click();
      const ground = page.getByRole("application", { name: /^Draw an area/ });
      for (const key of ["Space", "Shift+ArrowRight", "Space", "Shift+ArrowDown", "Space"]) {
        await ground.press(key);
      }
    },
  },
  {
    name: "hotspots-area",
    role: "sergeant",
    fragment: `${atFore}&area=${drawn}`,
    ready: ranked,
    hasMap: true,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.locator(ranked).first().click();
      await page.getByText(/^Over time: (?!calculating)/).waitFor();
    },
  },
];

/** Taken once places were imported. */
export const factorPictures: readonly Picture[] = [
  {
    name: "hotspots-factors",
    role: "analyst",
    fragment: `${halfYear}&places=stop,late_venue`,
    ready: ranked,
    hasMap: true,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.getByText("Place factors at hotspots and at other places").click();
      await page.locator(".factor-table__table").scrollIntoViewIfNeeded();
    },
  },
];
