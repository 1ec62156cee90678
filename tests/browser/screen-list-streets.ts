import { desk, type Picture, paper, phone, pictureOf } from "#tests/browser/screen-list.ts";
import { panelPictures } from "#tests/browser/screen-list-panel.ts";
import { teamPictures } from "#tests/browser/screen-list-teams.ts";

const wide = { width: 1440, height: 900 };
const byStreet = "#/hotspots?from=2021-06-01&to=2021-11-26&by=street";
const ranked = ".hotspots__table tbody tr";

/** A screen of another list at other sizes, under a name by which all of these are asked for. */
function again(list: readonly Picture[], name: string, sizes: Picture["sizes"]): Picture {
  const known = list.find((one) => one.name === name);
  if (!known) throw new Error(`No picture is called ${name}`);
  return { ...known, name: `streets-${name}`, sizes };
}

/** What an archive of streets changes: maps, lists by street, patrols on their way. Taken with `--streets=FILE` alone. */
export const streetPictures: readonly Picture[] = [
  pictureOf(
    "streets-hotspots",
    "sergeant",
    "#/hotspots?from=2021-06-01&to=2021-11-26&res=10&at=-0.0640,51.6170,14.2",
    ranked,
    [wide],
    { hasMap: true },
  ),
  pictureOf("streets-by-street", "sergeant", byStreet, ranked, [wide, desk], { hasMap: true }),
  pictureOf("streets-by-street-hot", "sergeant", `${byStreet}&measure=hot`, ranked, [wide], {
    hasMap: true,
    prepare: (page) => page.locator(ranked).first().click(),
  }),
  pictureOf("streets-whole", "sergeant", byStreet, ranked, [wide], {
    hasMap: true,
    prepare: (page) => page.getByRole("radio", { name: "Whole streets" }).check(),
  }),
  pictureOf("streets-by-street-print", "sergeant", byStreet, ranked, [paper], {
    hasMap: true,
    print: true,
    prepare: async (page) => {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await page.locator(".map-view__print").waitFor({ state: "attached" });
    },
  }),
  again(teamPictures, "plan", [wide]),
  again(teamPictures, "plan-agreed", [wide]),
  again(teamPictures, "plan-phone", [phone]),
  again(teamPictures, "briefing", [wide, phone]),
  again(teamPictures, "briefing-print", [paper]),
  again(teamPictures, "outreach", [wide, phone]),
  again(teamPictures, "outreach-add", [phone]),
  again(panelPictures, "panel-where", [wide]),
  again(panelPictures, "panel-handout", [wide]),
  again(panelPictures, "panel-print", [paper]),
];
