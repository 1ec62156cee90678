import { desk, type Picture, paper, tablet } from "#tests/browser/screen-list.ts";

const hall = { width: 1920, height: 1080 };
const note = ".panel__stage > .panel__moved";
const presenter = { role: "presenter", ready: note } as const;

/** The panel: slides in the window and in a hall, the questions, the handout on screen and on paper. */
export const panelPictures: readonly Picture[] = [
  { ...presenter, name: "panel", fragment: "#/panel", sizes: [desk, tablet] },
  ...[
    "where",
    "list",
    "when",
    "done",
    "helped",
    "moved",
    "promised",
    "law",
    "help",
    "questions",
  ].map(
    (slide): Picture => ({
      ...presenter,
      name: `panel-${slide}`,
      fragment: `#/panel?slide=${slide}`,
      sizes: [desk],
    }),
  ),
  {
    ...presenter,
    name: "panel-full",
    fragment: "#/panel?slide=where",
    sizes: [hall],
    prepare: (page) => page.keyboard.press("f"),
  },
  {
    ...presenter,
    name: "panel-blank",
    fragment: "#/panel?slide=where",
    sizes: [hall],
    prepare: async (page) => {
      await page.keyboard.press("f");
      await page.keyboard.press("b");
    },
  },
  {
    ...presenter,
    name: "panel-handout",
    fragment: "#/panel?view=handout",
    ready: ".handout-page .panel__moved",
    sizes: [desk, tablet],
  },
  { ...presenter, name: "panel-print", fragment: "#/panel", sizes: [paper], print: true },
];
