import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

const hall = { width: 1920, height: 1080 };
const note = ".panel__stage > .panel__moved";

/** The panel: slides in the window and in a hall, the questions, the handout on screen and on paper. */
export const panelPictures: readonly Picture[] = [
  pictureOf("panel", "presenter", "#/panel", note, [desk, tablet]),
  ...[
    "where",
    "list",
    "when",
    "done",
    "helped",
    "moved",
    "forecast",
    "promised",
    "law",
    "help",
    "questions",
  ].map(
    (slide): Picture =>
      pictureOf(`panel-${slide}`, "presenter", `#/panel?slide=${slide}`, note, [desk]),
  ),
  pictureOf("panel-full", "presenter", "#/panel?slide=where", note, [hall], {
    prepare: (page) => page.keyboard.press("f"),
  }),
  pictureOf("panel-blank", "presenter", "#/panel?slide=where", note, [hall], {
    prepare: async (page) => {
      await page.keyboard.press("f");
      await page.keyboard.press("b");
    },
  }),
  pictureOf("panel-handout", "presenter", "#/panel?view=handout", ".handout-page .panel__moved", [
    desk,
    tablet,
  ]),
  ...(["tr", "pl"] as const).map((code) =>
    pictureOf(
      `panel-handout-${code}`,
      "presenter",
      "#/panel?view=handout",
      ".handout-page .panel__moved",
      [desk],
      {
        prepare: async (page) => {
          await page.getByLabel("Language", { exact: true }).selectOption(code);
          await page.locator(`.handout__pages[lang=${code}]`).waitFor();
        },
      },
    ),
  ),
  pictureOf("panel-print", "presenter", "#/panel", note, [paper], { print: true }),
];
