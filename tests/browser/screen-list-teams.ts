import type { Page } from "#tests/browser/driver.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { openMore } from "#tests/browser/protected-time/outreach-support.ts";
import { desk, type Picture, paper, phone, pictureOf, tablet } from "#tests/browser/screen-list.ts";

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

async function verified(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check the log" }).click();
  await page.locator(".chain__holds").waitFor();
}

/** Plan, outreach and displacement, in the order in which the plan comes about. */
export const teamPictures: readonly Picture[] = [
  pictureOf("plan-empty", "sergeant", "#/plan", ".monday .button--filled:enabled", [desk, tablet], {
    hasMap: true,
  }),
  pictureOf("plan", "sergeant", "#/plan", ".week", [desk, tablet], {
    prepare: (page) => withChosenWindow(page, "suggested"),
  }),
  pictureOf("plan-list", "sergeant", "#/plan", ".week", [desk], {
    prepare: async (page) => {
      await withChosenWindow(page, "suggested");
      await page.getByRole("radio", { name: "List" }).check();
    },
  }),
  pictureOf("plan-add", "sergeant", "#/plan", ".week", [desk, tablet], {
    prepare: async (page) => {
      await withPlan(page, "suggested");
      await page.locator(block).first().waitFor();
      await page.getByRole("button", { name: "Add a patrol" }).click();
      await page.getByRole("form", { name: "Add a patrol" }).waitFor();
    },
  }),
  pictureOf("staffing", "sergeant", "#/plan?view=staffing", ".roster", [desk, tablet], {
    prepare: async (page) => {
      const rows = ["Name\tMon 29/11\tTue 30/11", "Alder\t14-22\tRD", "Birch\t14-22\tsee DI"];
      await page.getByLabel("Paste the duty roster").fill(rows.join("\n"));
      await page.getByText("Read:").waitFor();
    },
  }),
  pictureOf("forecast-record", "analyst", "#/plan?view=forecast", ".forecast-record .table", [
    desk,
    phone,
  ]),
  pictureOf("plan-agreed", "sergeant", "#/plan", ".week", [desk], {
    prepare: (page) => withChosenWindow(page, "agreed"),
  }),
  pictureOf("debrief", "sergeant", "#/plan?view=debrief", ".debrief-shift", [desk, tablet, phone]),
  pictureOf("debrief-print", "sergeant", "#/plan?view=debrief", ".debrief-shift", [paper], {
    print: true,
  }),
  pictureOf("plan-phone", "sergeant", "#/plan", "main", [phone], {
    prepare: async (page) => {
      await withPlan(page, "agreed");
      await page.locator(".phone-plan").waitFor();
    },
  }),
  pictureOf("briefing", "sergeant", "#/plan", "main", [desk, phone], { prepare: withBriefing }),
  pictureOf("briefing-print", "sergeant", "#/plan", "main", [paper], {
    print: true,
    prepare: withBriefing,
  }),
  pictureOf("outreach", "partner", "#/outreach", ".session-card", [desk, tablet, phone], {
    hasMap: true,
  }),
  pictureOf("outreach-leaving", "partner", "#/outreach", ".session-card", [phone], {
    prepare: async (page) => {
      await openMore(page, "Leave for good");
      await page.getByRole("button", { name: "Leave and erase everything" }).click();
    },
  }),
  pictureOf("outreach-no-signal", "partner", "#/outreach", ".session-card", [phone], {
    prepare: async (page) => {
      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Out now, another place or time" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Out now, 2 hours" }).click();
      await page.locator(".not-told").waitFor();
    },
  }),
  pictureOf("phone-set-up", null, "#/phone?key=aaaaa-bbbbb-ccccc-ddddd-eeeee", ".sign-in__form", [
    phone,
  ]),
  pictureOf("partners", "coordinator", "#/partners", ".coordinator", [desk, phone]),
  pictureOf("outreach-session", "partner", "#/outreach", ".session-card", [phone], {
    prepare: (page) => page.locator(".session-card__face").first().click(),
  }),
  pictureOf("outreach-add", "partner", "#/outreach?do=add", ".session-form", [phone, desk], {
    prepare: async (page) => {
      await addSession(page);
      await page.locator(".session-form [data-drawn]").waitFor();
      await page.getByLabel("Place", { exact: true }).evaluate((field) => {
        field.scrollIntoView({ block: "start" });
      });
    },
  }),
  pictureOf("outreach-preview", "partner", "#/outreach?do=add", ".session-form", [phone, desk], {
    prepare: previewSession,
  }),
  pictureOf("outreach-looked", "partner", "#/outreach", ".session-card", [phone, desk], {
    prepare: async (page) => {
      await openMore(page, "Your record");
      await page.locator(".who-looked__sentence").waitFor();
      await page.locator(".who-looked").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("own-acts", "partner", "#/outreach", ".session-card", [phone, desk], {
    prepare: async (page) => {
      await page.getByRole("button", { name: /^Signed in as/ }).click();
      await page.getByRole("button", { name: "Your activity" }).click();
      await page.locator(".own-acts__rows li").first().waitFor();
    },
  }),
  pictureOf("audit", "auditor", "#/audit", ".audit__acts tbody tr", [desk, tablet], {
    prepare: verified,
  }),
  pictureOf("audit-head-print", "auditor", "#/audit", ".audit__acts tbody tr", [paper], {
    print: true,
    prepare: verified,
  }),
  pictureOf("displacement", "sergeant", "#/displacement", ".edge-card", [desk, tablet], {
    hasMap: true,
  }),
  pictureOf(
    "displacement-edge",
    "sergeant",
    "#/displacement?edge=Waltham+Forest",
    ".edge-card",
    [desk],
    { hasMap: true, prepare: (page) => page.locator(".monthly").scrollIntoViewIfNeeded() },
  ),
];
