import { describe, expect, test } from "vitest";
import type { Role } from "#core/role.ts";
import { type FoundFault, unlisted } from "#tests/browser/app/access.ts";
import { unmarked } from "#tests/browser/app/forced-colours.ts";
import { desks, misordered, seen, settled, unreachable } from "#tests/browser/app/reach.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { fillPlanned } from "#tests/support/planned.ts";
import { isWhole } from "#tests/support/runs.ts";
import { stayAt, tonightOf, tonightWindow, withStops } from "#tests/support/tonight.ts";

/** Everything on every screen can be reached, whatever the size of the view: one sign-in a role. */
const { server, browser } = demoWith(openBrowser, {}, fillPlanned);

/** A phone, upright and on its side. */
const phones = [
  [390, 844],
  [844, 390],
] as const;

type Sizes = readonly (readonly [number, number])[];

/**
 * All in `npm run test:slow`. In `npm test` one view of each screen of a person, wide and small: each time the next of the
 * small sizes.
 */
function sizesOf(views: readonly View[], at: number, turn: number): Sizes {
  if (isWhole) return desks;
  const screenOf = (view: View | undefined) => view?.fragment.split("?")[0];
  const isFirst = views.findIndex((view) => screenOf(view) === screenOf(views[at])) === at;
  const [wide, ...rest] = desks;
  return isFirst ? [wide, rest[turn % rest.length] ?? wide] : [];
}

interface View {
  readonly fragment: string;
  /** There once the screen is; all of it can be reached, as every control can. */
  readonly content: string;
  /** The part that is looked at for faults of access, where not all of it. */
  readonly looked?: string;
  /** Steps that a person would take first. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

interface Person {
  readonly role: Role;
  readonly partner?: "a";
  readonly views: readonly View[];
}

const file = {
  name: "november.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "Date,Time,Latitude,Longitude,Type,Category,Source,Caller name\n05/11/2021,22:10,51.6158,-0.0639,complaint,asb,resident,x\n",
  ),
};
const block = "[data-window]";

const plan: readonly View[] = [
  { fragment: "#/plan", content: ".week__body, .plan__foot, .cost" },
  {
    fragment: "#/plan",
    content: ".window, .plan__map",
    prepare: (page) => page.locator(block).nth(9).click(),
  },
  {
    fragment: "#/plan",
    content: ".plan__picture tbody tr",
    prepare: (page) => page.getByRole("radio", { name: "List" }).check(),
  },
  {
    fragment: "#/plan",
    content: "form[aria-label='Add a patrol']",
    prepare: (page) => page.getByRole("button", { name: "Add a patrol" }).click(),
  },
];
const debrief: View = { fragment: "#/plan?view=debrief", content: ".debrief-shift" };
const ask: View = { fragment: "#/plan?view=ask", content: ".place-time__map" };
const attended: View = { fragment: "#/plan?view=attended", content: ".place-time__map" };

const atDesks: readonly Person[] = [
  {
    role: "sergeant",
    views: [
      { fragment: "#/hotspots", content: ".hotspots__table tbody tr" },
      ...plan,
      debrief,
      ask,
      attended,
      { fragment: "#/plan?view=staffing", content: ".roster" },
      { fragment: "#/displacement", content: ".edge-card, .displacement__table" },
      { fragment: "#/displacement?part=alerts", content: ".alerts" },
      { fragment: "#/outcomes", content: ".figures__card" },
      { fragment: "#/outcomes?part=monthly&view=shared", content: ".monthly-figures__lines" },
      { fragment: "#/outcomes?part=guarantee", content: ".monthly-figures__lines" },
    ],
  },
  {
    role: "analyst",
    views: [
      {
        fragment: "#/records",
        content: ".records__batches tbody tr",
        prepare: async (page) => {
          await page.locator("input[type=file]").first().setInputFiles(file);
          await page.getByText("Read as: plain table").waitFor();
        },
      },
      { fragment: "#/records?part=places", content: ".drop-zone" },
      { fragment: "#/records?part=quality", content: ".quality" },
      { fragment: "#/plan?view=forecast", content: ".forecast-record .table" },
      { fragment: "#/outcomes?part=tallies", content: ".outcomes__form" },
      { fragment: "#/outcomes?part=plans", content: ".place-plans__cards" },
      { fragment: "#/outcomes?part=plans&edit=new", content: ".editor__form" },
      { fragment: "#/outcomes?part=meeting", content: ".meeting" },
      { fragment: "#/displacement?part=operations&edit=new", content: ".editor__form" },
      { fragment: "#/displacement?part=report", content: ".report-page" },
      { fragment: "#/displacement?harm=", content: ".harm-panel" },
      { fragment: "#/releases", content: ".releases .table" },
      { fragment: "#/displacement?part=operations", content: ".operations tbody tr" },
    ],
  },
  {
    role: "presenter",
    views: [
      { fragment: "#/panel", content: ".panel__stage" },
      { fragment: "#/panel?slide=where", content: ".panel__stage" },
      { fragment: "#/panel?slide=promised", content: ".panel__stage" },
      { fragment: "#/panel?view=handout", content: ".handout-page" },
      { fragment: "#/panel?slide=list", content: ".panel__stage" },
      { fragment: "#/panel?slide=help", content: ".panel__stage" },
      { fragment: "#/panel?slide=when&by=borough", content: ".panel__stage" },
      { fragment: "#/outcomes", content: ".figures__card" },
      { fragment: "#/outcomes?part=complaints", content: "#data-complaints" },
    ],
  },
  { role: "liaison", views: [{ fragment: "#/displacement", content: ".neighbours .table" }] },
  { role: "coordinator", views: [{ fragment: "#/partners", content: ".coordinator" }] },
  {
    role: "warden",
    views: [
      { fragment: "#/plan", content: ".week__body, .plan__foot" },
      {
        fragment: "#/plan",
        content: ".window, .plan__map",
        prepare: (page) => page.locator(block).first().click(),
      },
      ask,
      { fragment: "#/plan?view=staffing", content: ".staffing__table" },
    ],
  },
  {
    role: "admin",
    views: [
      { fragment: "#/accounts", content: ".admin__head" },
      {
        fragment: "#/accounts",
        content: ".dialog__body",
        prepare: (page) => page.getByRole("button", { name: "Add an account" }).click(),
      },
    ],
  },
  { role: "auditor", views: [{ fragment: "#/audit", content: ".audit__acts tbody tr" }] },
  {
    role: "partner",
    partner: "a",
    views: [
      { fragment: "#/outreach", content: ".session-card" },
      { fragment: "#/outreach?do=add", content: ".session-form" },
      { fragment: "#/outreach?do=upload", content: ".upload__file" },
    ],
  },
];

/** Prepared at a desk: what a person has opened stays open when they make the letters larger. */
const desk = { width: 1280, height: 800 };
const phone = { width: phones[0][0], height: phones[0][1] };
/** Upright always; on its side all in `npm run test:slow`, and every other one in `npm test`. */
const phonesOf = (at: number): Sizes => (isWhole || at % 2 === 1 ? phones : [phones[0]]);
/** All in `npm run test:slow`; in `npm test` the two that are opened most. */
const onPhones = (views: readonly View[]) => (isWhole ? views : views.slice(0, 2));

const themes = ["light", "dark"] as const;

/** Serious faults of access in the theme whose turn it is. */
async function seriousIn(page: Page, turn: number, looked?: string) {
  const colorScheme = themes[turn % themes.length] ?? "light";
  await page.emulateMedia({ colorScheme });
  return (await seriousViolations(page, looked)).map((fault) => ({
    rule: /[\w-]+/.exec(fault)?.[0] ?? "axe",
    words: `${colorScheme}: ${fault}`,
  }));
}

interface Fault extends FoundFault {
  readonly words: string;
}

/**
 * What cannot be reached in these views at these sizes, by view and size; what is a serious fault of access at the last
 * of them, in the light and in the dark by turns, and in `npm run test:slow` in the other of the two as prepared; what
 * bears no mark with the system's own colours; and what the page's policy refused meanwhile.
 */
async function faultsOf(
  { page, problems }: Visit,
  views: readonly View[],
  sizesAt: (at: number) => Sizes,
  prepared = desk,
): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const [at, { fragment, content, prepare, looked }] of views.entries()) {
    const sizes = sizesAt(at);
    if (sizes.length === 0) continue;
    const note = (rule: string, found: readonly string[], at = "") =>
      faults.push(...found.map((words) => ({ screen: fragment, rule, words: at + words })));
    await page.setViewportSize(prepared);
    await page.goto(`${server.url}/${fragment}`);
    await prepare?.(page);
    const parts = content.split(", ");
    for (const part of parts) await page.locator(part).filter({ visible: true }).first().waitFor();
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await settled(page);
      note("reflow", await unreachable(page, parts), `${width} x ${height}: `);
    }
    note("headings", await misordered(page));
    note("forced colours", await unmarked(page));
    const themesOf = isWhole ? [at, at + 1] : [at];
    for (const turn of themesOf) {
      const serious = await seriousIn(page, turn, looked);
      faults.push(...serious.map((fault) => ({ screen: fragment, ...fault })));
      await page.setViewportSize(prepared);
    }
  }
  return [...faults, ...problems.map((words) => ({ screen: "", rule: "policy", words }))];
}

/** So that the same screen is small in another way for each person. */
const firstOf = new Map(atDesks.map((person, at) => [person, at]));

/** The one who is at most screens: the others in `npm run test:slow`, and the partner's phone below each time. */
const tried = isWhole ? atDesks : atDesks.filter(({ role }) => role === "sergeant");

describe.each(tried)("a $role", (person) => {
  const { views, role, partner } = person;
  test("every control of its screens can be reached at every size", async () => {
    const visit = await browser.visit({
      role,
      ...(partner ? { partner } : {}),
      fragment: views[0]?.fragment ?? "",
    });
    const first = firstOf.get(person) ?? 0;
    const found = await faultsOf(visit, views, (at) => sizesOf(views, at, first + at));
    const screens = views.map(({ fragment }) => fragment);
    const isAccess = ({ rule }: Fault) => rule !== "policy";
    expect(unlisted(role, screens, found.filter(isAccess))).toEqual([]);
    expect(found.filter((fault) => !isAccess(fault))).toEqual([]);
    await visit.close();
  });
});

const tablet = { width: 768, height: 1024 };

test("the raised sheet of a tablet shows why a window is there; an address typed as the screen writes its own is where the person goes", async () => {
  const { page, close } = await browser.visit({ role: "sergeant", fragment: "#/plan", ...tablet });
  await page.locator(block).nth(9).click();
  await page.locator(".window__why").waitFor();
  // Its heading, why it is there, and its times.
  const told = ".window h2, .window__why dd, .window .button";
  await expect.poll(() => seen(page, told)).toBeGreaterThanOrEqual(4);
  await page.locator(".sheet__grip").press("ArrowUp");
  await page.locator(".sheet--full").waitFor();
  expect(await unreachable(page, [".window__why", ".plan__map"])).toEqual([]);
  await page.evaluate(() => {
    window.location.hash = "#outcomes";
    document.querySelector<HTMLElement>("[data-window]")?.click();
  });
  await page.locator(".figures__card").first().waitFor();
  expect(new URL(page.url()).hash).toBe("#outcomes");
  await close();
});

test("on a phone police open on tonight's patrols and the briefing, partners on their sessions: all within reach", async () => {
  const look = { server: server.url, ...phone, touch: true };
  const sergeant = await browser.visit({ ...look, role: "sergeant" });
  const { id } = await ensurePlan(sergeant.page, "agreed");
  await sergeant.page.reload();
  await sergeant.page.locator(".phone-plan").waitFor();
  const briefing: View = {
    fragment: `#/plan?view=briefing&plan=${id}`,
    content: ".sheet-page, .briefing .papers__bar .button--filled",
    looked: ".sheet-page",
  };
  const own: readonly View[] = [{ fragment: "", content: ".phone-plan .button" }];
  expect(await faultsOf(sergeant, own, () => [phones[0]], phone)).toEqual([]);
  await sergeant.page.getByRole("button", { name: /^Briefing P\d/ }).click();
  await sergeant.page.locator(".sheet-page").first().waitFor();
  const views = onPhones([briefing, debrief, ask, attended]);
  expect(await faultsOf(sergeant, views, phonesOf, phone)).toEqual([]);
  if (isWhole) expect(await faultsOf(sergeant, [briefing], () => desks)).toEqual([]);
  const night = tonightOf(withStops(tonightWindow(-30), { stays: [stayAt(-28, -15)] }));
  await sergeant.page.route("**/api/tonight", (route) => route.fulfill({ json: night }));
  const walk: View = {
    fragment: "#/plan",
    content: ".tonight__act .button, .tonight__stop",
    // What it read before it was given this night.
    prepare: async (page) => {
      await page.reload();
    },
  };
  const small: Sizes = [[320, 640], phones[0]];
  expect(await faultsOf(sergeant, [walk], () => small, phone)).toEqual([]);
  const rows: View = {
    fragment: "#/plan",
    content: ".tonight-desk__rows table",
    prepare: (page) => page.locator(".tonight-desk__rows summary").click(),
  };
  expect(await faultsOf(sergeant, [rows], () => [desks[0]])).toEqual([]);
  await sergeant.close();
  const partner = await browser.visit({ ...look, role: "partner", partner: "a" });
  const theirs = atDesks.find(({ role }) => role === "partner")?.views ?? [];
  expect(await faultsOf(partner, onPhones(theirs), phonesOf, phone)).toEqual([]);
  await partner.close();
});
