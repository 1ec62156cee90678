import type { Page } from "#tests/browser/driver.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { desk, type Picture, paper, phone, tablet } from "#tests/browser/screen-list.ts";

const block = "[data-window]";

async function withPlan(page: Page, status: "suggested" | "agreed"): Promise<void> {
  await ensurePlan(page, status);
  await page.reload();
}

async function withChosenWindow(page: Page, status: "suggested" | "agreed"): Promise<void> {
  await withPlan(page, status);
  await page.locator(block).nth(9).click();
  await page.locator(".plan__map [data-drawn]").waitFor();
}

/** The plan that the server holds is found from the address of its week. */
async function withBriefing(page: Page): Promise<void> {
  const { id } = await ensurePlan(page, "agreed");
  await page.goto(`/#/plan?view=briefing&plan=${id}`);
  await page.locator(".route-map").first().waitFor();
}

async function addSession(page: Page): Promise<void> {
  await page.getByLabel("Place", { exact: true }).selectOption({ label: "A new place" });
  await page.getByLabel("Street, station or coordinates").fill("Ponders");
  await page.locator(".place-box__option").first().click();
  await page.getByLabel("Your name for it").fill("Green gate");
  await page.getByLabel("Fri", { exact: true }).check();
}

async function previewSession(page: Page): Promise<void> {
  await addSession(page);
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.locator(".preview [data-drawn]").waitFor();
}

const sergeant = { role: "sergeant" } as const;
const partner = { role: "partner", partner: "a" } as const;
const auditor = { role: "auditor" } as const;

async function verified(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check the log" }).click();
  await page.locator(".chain__holds").waitFor();
}

/** Plan, outreach and displacement, in the order in which the plan comes about. */
export const teamPictures: readonly Picture[] = [
  {
    name: "plan-empty",
    ...sergeant,
    fragment: "#/plan",
    ready: ".monday .button--filled:enabled",
    hasMap: true,
    sizes: [desk, tablet],
  },
  {
    name: "plan",
    ...sergeant,
    fragment: "#/plan",
    ready: ".week",
    sizes: [desk, tablet],
    prepare: (page) => withChosenWindow(page, "suggested"),
  },
  {
    name: "plan-list",
    ...sergeant,
    fragment: "#/plan",
    ready: ".week",
    sizes: [desk],
    prepare: async (page) => {
      await withChosenWindow(page, "suggested");
      await page.getByRole("radio", { name: "List" }).check();
    },
  },
  {
    name: "plan-add",
    ...sergeant,
    fragment: "#/plan",
    ready: ".week",
    sizes: [desk, tablet],
    prepare: async (page) => {
      await withPlan(page, "suggested");
      await page.locator(block).first().waitFor();
      await page.getByRole("button", { name: "Add a patrol" }).click();
      await page.getByRole("form", { name: "Add a patrol" }).waitFor();
    },
  },
  {
    name: "staffing",
    ...sergeant,
    fragment: "#/plan?view=staffing",
    ready: ".roster",
    sizes: [desk, tablet],
    prepare: async (page) => {
      const rows = ["Name\tMon 29/11\tTue 30/11", "Alder\t14-22\tRD", "Birch\t14-22\tsee DI"];
      await page.getByLabel("Paste the duty roster").fill(rows.join("\n"));
      await page.getByText("Read:").waitFor();
    },
  },
  {
    name: "forecast-record",
    role: "analyst",
    fragment: "#/plan?view=forecast",
    ready: ".forecast-record .table",
    sizes: [desk, phone],
  },
  {
    name: "plan-agreed",
    ...sergeant,
    fragment: "#/plan",
    ready: ".week",
    sizes: [desk],
    prepare: (page) => withChosenWindow(page, "agreed"),
  },
  {
    name: "debrief",
    ...sergeant,
    fragment: "#/plan?view=debrief",
    ready: ".debrief-shift",
    sizes: [desk, tablet, phone],
  },
  {
    name: "debrief-print",
    ...sergeant,
    fragment: "#/plan?view=debrief",
    ready: ".debrief-shift",
    sizes: [paper],
    print: true,
  },
  {
    name: "plan-phone",
    ...sergeant,
    fragment: "#/plan",
    ready: "main",
    sizes: [phone],
    prepare: async (page) => {
      await withPlan(page, "agreed");
      await page.locator(".phone-plan").waitFor();
    },
  },
  {
    name: "briefing",
    ...sergeant,
    fragment: "#/plan",
    ready: "main",
    sizes: [desk, phone],
    prepare: withBriefing,
  },
  {
    name: "briefing-print",
    ...sergeant,
    fragment: "#/plan",
    ready: "main",
    sizes: [paper],
    print: true,
    prepare: withBriefing,
  },
  {
    name: "outreach",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    hasMap: true,
    sizes: [desk, tablet, phone],
  },
  {
    name: "outreach-leaving",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    sizes: [phone],
    prepare: async (page) => {
      await openMore(page, "Leave for good");
      await page.getByRole("button", { name: "Leave and erase everything" }).click();
    },
  },
  {
    name: "outreach-no-signal",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    sizes: [phone],
    prepare: async (page) => {
      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Out now, another place or time" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Out now, 2 hours" }).click();
      await page.locator(".not-told").waitFor();
    },
  },
  {
    name: "phone-set-up",
    fragment: "#/phone?key=aaaaa-bbbbb-ccccc-ddddd-eeeee",
    ready: ".sign-in__form",
    sizes: [phone],
  },
  {
    name: "partners",
    role: "coordinator",
    fragment: "#/partners",
    ready: ".coordinator",
    sizes: [desk, phone],
  },
  {
    name: "outreach-session",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    sizes: [phone],
    prepare: (page) => page.locator(".session-card__face").first().click(),
  },
  {
    name: "outreach-add",
    ...partner,
    fragment: "#/outreach?do=add",
    ready: ".session-form",
    sizes: [phone, desk],
    prepare: async (page) => {
      await addSession(page);
      await page.locator(".session-form [data-drawn]").waitFor();
      await page.getByLabel("Place", { exact: true }).evaluate((field) => {
        field.scrollIntoView({ block: "start" });
      });
    },
  },
  {
    name: "outreach-preview",
    ...partner,
    fragment: "#/outreach?do=add",
    ready: ".session-form",
    sizes: [phone, desk],
    prepare: previewSession,
  },
  {
    name: "outreach-looked",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    sizes: [phone, desk],
    prepare: async (page) => {
      await openMore(page, "Your record");
      await page.locator(".who-looked__sentence").waitFor();
      await page.locator(".who-looked").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "own-acts",
    ...partner,
    fragment: "#/outreach",
    ready: ".session-card",
    sizes: [phone, desk],
    prepare: async (page) => {
      await page.getByRole("button", { name: /^Signed in as/ }).click();
      await page.getByRole("button", { name: "Your activity" }).click();
      await page.locator(".own-acts__rows li").first().waitFor();
    },
  },
  {
    name: "audit",
    ...auditor,
    fragment: "#/audit",
    ready: ".audit__acts tbody tr",
    sizes: [desk, tablet],
    prepare: verified,
  },
  {
    name: "audit-head-print",
    ...auditor,
    fragment: "#/audit",
    ready: ".audit__acts tbody tr",
    sizes: [paper],
    print: true,
    prepare: verified,
  },
  {
    name: "displacement",
    ...sergeant,
    fragment: "#/displacement",
    ready: ".edge-card",
    hasMap: true,
    sizes: [desk, tablet],
  },
  {
    name: "displacement-edge",
    ...sergeant,
    fragment: "#/displacement?edge=Waltham+Forest",
    ready: ".edge-card",
    hasMap: true,
    sizes: [desk],
    prepare: (page) => page.locator(".monthly").scrollIntoViewIfNeeded(),
  },
];
