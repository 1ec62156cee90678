import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPlanDesk, type PlanDesk } from "#tests/browser/patrols/plan-support.ts";
import { visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages } from "#tests/component/driver.ts";
import { moveBack, moveTo } from "#tests/support/moved.ts";
import { circleAt } from "#tests/support/outreach.ts";

/** What people read on their screens of boundaries that moved. Haringey keeps its middle, Enfield takes ground in. */
let desk: PlanDesk;
const visit = (role: "sergeant" | "analyst", fragment: string) =>
  desk.browser.visit({ server: desk.server.url, role, fragment });
const label = "Round the corner";

/** The line of its first page, and the word beside it. */
async function openBriefing() {
  const { page, close } = await visit("sergeant", "#/plan");
  await page.getByRole("button", { name: "Briefing" }).click();
  await page.locator(".sheet-page").first().waitFor();
  const head = await page.locator(".sheet-page .paper__head").first().textContent();
  await close();
  return head;
}

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { open: openPages });
  const { page } = desk;
  expect(await page.getByText("Boundaries changed").count()).toBe(0);
  await desk.sergeant.close();
  expect(await openBriefing()).not.toContain("Boundaries");
  const partner = await visitPartner(desk.browser, desk.server);
  const reply = await partner.page.request.post("/api/outreach/places", {
    data: { label, ...circleAt([-0.1304, 51.5853]) },
  });
  expect(reply.status()).toBe(200);
  await partner.close();
});
afterAll(() => desk.close());

describe("where ground came in and ground left", () => {
  beforeAll(async () => {
    await moveTo(desk.server.services, "moved");
  });
  afterAll(async () => {
    await moveBack(desk.server.services);
  });

  test.each([
    ["sergeant", "#/hotspots"],
    ["sergeant", "#/plan"],
    ["analyst", "#/hotspots?from=2021-10-02&to=2021-11-26"],
  ] as const)(
    "a %s reads at %s that boundaries changed, and what to read with care",
    async (role, fragment) => {
      const { page, problems, close } = await visit(role, fragment);
      const said =
        "Boundaries changed on 26 Nov 2021: ground that came in has few records from before, and ground that left has none since. Read neither a rise nor a fall over that day where the area changed.";
      await page.locator(".quality-note__plain", { hasText: said }).waitFor();
      expect(problems).toEqual([]);
      await close();
    },
  );

  test("Outcomes says which boundaries count which days", async () => {
    const { page, close } = await visit("sergeant", "#/outcomes");
    const note = "Boundaries changed on 26 Nov 2021: earlier days are counted by those of then.";
    await page.getByText(note).first().waitFor();
    await close();
  });

  test("officers read it on their next briefing", async () => {
    expect(await openBriefing()).toContain(
      "Boundaries changed on 26 November 2021: ask the desk about a stop that may not be yours now.",
    );
  });

  test("a partner with a place on ground that left reads in their language that this team keeps nothing clear there", async () => {
    const { page, problems, close } = await visitPartner(desk.browser, desk.server);
    await page
      .getByText(`"${label}": This place lies outside Enfield and Haringey and the ground`)
      .waitFor();
    await page.locator(".more select").selectOption({ label: "Polski" });
    await page
      .getByText(`"${label}": To miejsce leży poza obszarem Enfield and Haringey`)
      .waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

test("where parts were joined and all ground stays, no ground is spoken of", async () => {
  await moveTo(desk.server.services, "one");
  const { page, close } = await visit("sergeant", "#/hotspots");
  const said =
    "Boundaries changed on 26 Nov 2021: all dates are counted by the new ones. What was printed before that day names the old areas.";
  await page.locator(".quality-note__plain", { hasText: said }).waitFor();
  await close();
});
