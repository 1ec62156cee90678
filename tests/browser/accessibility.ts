import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Access, readAccess } from "#tests/browser/app/access.ts";
import { desks } from "#tests/browser/app/reach.ts";

/**
 * `npm run accessibility [-- --run]`: the accessibility statement (SI 2018/952, regulation 8) from docs/accessibility.json,
 * as docs/accessibility.md and as the page that anybody can read; `--run` tries every screen first, in a quarter of an hour.
 */
type Block = string | readonly (readonly string[])[];

const fill = "**[force to fill]**";
const dateWords = (date: string) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));

const ruleWords: Readonly<Record<string, string>> = {
  reflow: "something cannot be reached, or the page is wider than the view (WCAG 2.2, 1.4.10)",
  headings: "headings leave out a level (1.3.1)",
  "forced colours": "a mark is lost with the system’s own colours (1.4.1)",
};

/** The words of both forms: a title and what stands under it. */
export function statement({ tested, views, faults }: Access) {
  const listed = faults.map(({ screen, rule, because, since, instead }) => [
    `${screen}: ${ruleWords[rule] ?? `axe: ${rule}`}`,
    because,
    dateWords(since),
    instead,
  ]);
  const status =
    faults.length > 0
      ? "This site is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA. What fails is listed below."
      : "The tests of this site know of no failure of the Web Content Accessibility Guidelines version 2.2 AA. Tests find a part of what people meet, and nobody independent has examined it yet, so it is called partially compliant.";
  return [
    {
      title: "Accessibility statement",
      blocks: [
        `You should be able to use all of this site by keyboard, by click without dragging, at 400% zoom, in print, without colour and with a screen reader. Every map has a table beside it that holds the same.`,
        status,
      ],
    },
    {
      title: "What fails",
      blocks: [
        faults.length === 0
          ? "Nothing that is known."
          : [["What", "Why", "Known since", "What to do instead"], ...listed],
      ] as Block[],
    },
    {
      title: "What was tested, and how",
      blocks: [
        `On ${dateWords(tested)}, ${views.length} views of all roles, each at ${desks.map(([width, height]) => `${width} × ${height}`).join(", ")} pixels, light and dark, and in forced colours: that every control can be reached and is not covered, that nothing is wider than the view, that headings are in order, and what axe-core calls serious or critical.`,
        `By people who use assistive technology: ${fill}`,
      ],
    },
    {
      title: "Tell us",
      blocks: [
        `If something does not work for you, or you need it in another form such as large print, easy read or audio: ${fill} (address, telephone, and within how many days you hear from us).`,
      ],
    },
    {
      title: "If you are not content with the answer",
      blocks: [
        "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. Contact the Equality Advisory and Support Service: https://www.equalityadvisoryservice.com",
      ],
    },
    {
      title: "This statement",
      blocks: [
        `Prepared on ${dateWords(tested)} from the results of the tests, and renewed with them at least once a year.`,
      ],
    },
  ] as const satisfies readonly { title: string; blocks: readonly Block[] }[];
}

export function statementMarkdown(access: Access): string {
  const parts = statement(access).map(({ title, blocks }, at) =>
    [`${at === 0 ? "#" : "##"} ${title}`, ...blocks.map(blockMarkdown)].join("\n\n"),
  );
  return `<!-- Made by \`npm run accessibility\`. -->\n${parts.join("\n\n")}\n`;
}

function blockMarkdown(block: Block): string {
  if (typeof block === "string") return block;
  const [head = [], ...rows] = block;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Without a name in its title: it stays in the history of a browser. */
export function statementPage(access: Access): string {
  const parts = statement(access).flatMap(({ title, blocks }, at) => [
    at === 0 ? `<h1>${title}</h1>` : `<h2>${title}</h2>`,
    ...blocks.map(blockHtml),
  ]);
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex, nofollow" />
    <link rel="stylesheet" href="/accessibility.css" />
    <title>Accessibility statement</title>
  </head>
  <body>
    <main>
      ${parts.join("\n      ")}
    </main>
  </body>
</html>
`;
}

function blockHtml(block: Block): string {
  if (typeof block === "string") return `<p>${inHtml(block)}</p>`;
  const [head = [], ...rows] = block;
  const line = (cells: readonly string[], tag: "td" | "th") =>
    `<tr>${cells.map((cell) => `<${tag}>${inHtml(cell)}</${tag}>`).join("")}</tr>`;
  return `<table>${line(head, "th")}${rows.map((row) => line(row, "td")).join("")}</table>`;
}

const inHtml = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/\*\*(.*?)\*\*/g, "<strong>$1</strong>")
    .replace(/https:\/\/\S+/g, (address) => `<a href="${address}">${address}</a>`);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--run")) {
    const command = ["vitest", "run", "--project", "browser", "tests/browser/app/reach.browser.ts"];
    const env = { ...process.env, BOXSTER_RUNS: "whole", BOXSTER_ACCESS: "write" };
    const ended = spawnSync("npx", command, { stdio: "inherit", env });
    if (ended.status !== 0) process.exit(1);
  }
  const access = readAccess();
  const write = (path: string, text: string) =>
    writeFileSync(new URL(`../../${path}`, import.meta.url), text);
  write("docs/accessibility.md", statementMarkdown(access));
  write("client/public/accessibility.html", statementPage(access));
}
