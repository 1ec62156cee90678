import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectArea } from "#client/displacement/neighbours/zone-projection.ts";
import { ownExchangeReply } from "#core/wire/exchange.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { handOver } from "#tests/browser/screen-list-neighbours.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { lowHallCorners } from "#tests/support/audit-samples-exchange.ts";

let server: DemoServer;
let browser: TestBrowser;
let liaison: Visit;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  liaison = await browser.visit({
    server: server.url,
    role: "liaison",
    fragment: "#/displacement",
  });
  page = liaison.page;
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.locator(".neighbours .table").first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const figures = (on: Page) =>
  on
    .getByRole("table", { name: /^(Reports by residents|What the liaison)/ })
    .locator("tbody tr")
    .allTextContents();

describe("a liaison", () => {
  test("is let in by one click in the demonstration and lands on the exchange, the only screen there is", async () => {
    const visit = await browser.visit({ server: server.url, fragment: "" });
    await visit.page.getByRole("button", { name: /^Liaison in a neighbouring command/ }).click();
    await visit.page.locator(".neighbours .table").first().waitFor();
    expect(visit.page.url()).toContain("#/displacement");
    expect(await visit.page.locator(".rail a, .rail button").count()).toBe(1);
    expect(await visit.page.locator(".parts-nav").count()).toBe(0);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  test("loads who is signed in and the own exchange, and nothing of the command", async () => {
    await page.waitForLoadState("networkidle");
    const loaded = asked.filter((path) => path.startsWith("/api/"));
    expect([...new Set(loaded)].sort((a, b) => a.localeCompare(b))).toEqual([
      "/api/exchange/own",
      "/api/session",
    ]);
  });

  test("has help of its own", async () => {
    await page.getByRole("button", { name: "Help" }).click();
    const help = page.getByRole("dialog", { name: "Help: Displacement" });
    await help.getByText(/whole quarters/).waitFor();
    expect(await help.textContent()).not.toMatch(/core fell/);
    await page.keyboard.press("Escape");
  });

  test("reads a count under 10 in words before anything is sent, and sends totals by the form", async () => {
    const field = page.getByLabel("October to December 2020");
    await field.fill("7");
    await page.getByText("Counts under 10 are not taken: write “fewer than 10”.").waitFor();
    await page.getByRole("button", { name: "Send totals" }).click();
    await page.getByText("None of the totals was taken").waitFor();
    expect(await page.locator(".neighbours__faults tbody tr").count()).toBe(1);
    await field.fill("fewer than 10");
    await field.press("Enter");
    await page.getByText(/Given 26 Nov 2021: fewer than 10\./).waitFor();
  });

  test("fills in the file that is downloaded here; a changed byte is found before it is sent", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download the form" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    expect(text.split("\r\n")[0]).toBe("zone,quarter,reports,agreed");
    const choose = (content: string) =>
      page
        .locator("input[type=file]")
        .setInputFiles({ name: "totals.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
    const filled = text.replace("2021-Q3,,", "2021-Q3,44,");
    const sent = asked.length;
    await choose(filled.replace(/[0-9a-f]{12}/, "0123456789ab"));
    await page.getByText("totals.csv cannot be taken").waitFor();
    expect(asked.length).toBe(sent);
    await choose(filled);
    await page.getByText("July to September 2021: 44").waitFor();
    await page.getByRole("button", { name: "Send these totals" }).click();
    await page.getByText(/Given 26 Nov 2021: 44\./).waitFor();
  });

  test("asks by keyboard alone whether a patrol fits, and reads no reason", async () => {
    const first = page.locator(".zone-choice__list input[type=checkbox]").first();
    await first.focus();
    await page.keyboard.press("Space");
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(1);
    await page.getByLabel("From", { exact: true }).fill("07:00");
    await page.getByLabel("To", { exact: true }).fill("07:30");
    await page.getByRole("button", { name: "Does it fit?" }).focus();
    await page.keyboard.press("Enter");
    const answer = page.locator(".neighbours__answer");
    await answer.getByText(/Fits: Saturday 27 November, 07:00 to 07:30/).waitFor();
    await page.getByLabel("Day", { exact: true }).fill("2021-12-24");
    expect((await answer.textContent())?.trim()).toBe("");
    await page.getByRole("button", { name: "Does it fit?" }).click();
    await answer
      .getByText("Choose another time than Friday 24 December, 07:00 to 07:30.")
      .waitFor();
  });

  test("draws an area by hand in the place of parts, and what reaches out of the zone is refused in words", async () => {
    const own = ownExchangeReply.parse(await (await page.request.get("/api/exchange/own")).json());
    if (own.area === null) throw new Error("The demonstration has an agreement in force");
    const { place } = projectArea(own.area, 320);
    const map = page.locator(".zone-map");
    const draw = async (corners: readonly (readonly [number, number])[]) => {
      await page.getByRole("button", { name: /^Draw (an area instead|it anew)$/ }).click();
      await page.locator(".draw-area").waitFor();
      for (const corner of corners) {
        const [x, y] = await map.evaluate((svg, [left, top]) => {
          const matrix = (svg as unknown as SVGSVGElement).getScreenCTM();
          const { x: at, y: down } = new DOMPoint(left, top).matrixTransform(matrix ?? undefined);
          return [at, down] as const;
        }, place(corner));
        await page.mouse.click(x, y);
      }
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Does it fit?" }).click();
    };
    await page.getByLabel("Day", { exact: true }).fill("2021-11-27");
    await map.scrollIntoViewIfNeeded();
    await draw(lowHallCorners);
    await page.getByText(/Fits: Saturday 27 November, 07:00 to 07:30/).waitFor();
    expect(await page.locator(".zone-map__drawn").count()).toBe(1);
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(0);
    await draw([...lowHallCorners.slice(0, 2), [-0.02, 51.615], [-0.05, 51.63]]);
    await page.getByText("The area reaches out of the agreed zone").waitFor();
    await page.getByRole("button", { name: "Choose parts instead" }).click();
    expect(await page.locator(".zone-map__part--chosen").count()).toBe(1);
  });

  test("prints the quarter table and no form", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("table", { name: /^Reports by residents/ }).isVisible()).toBe(true);
    for (const name of ["Totals of your side", "Check a planned patrol"]) {
      expect(await page.getByRole("heading", { name }).isVisible(), name).toBe(false);
    }
    await page.emulateMedia({ media: "screen" });
  });
});

describe("one's own command", () => {
  test("sees exactly what leaves, and an alert reaches the liaison once their outreach was told", async () => {
    const visit = await browser.visit({
      server: server.url,
      role: "sergeant",
      fragment: "#/displacement?part=neighbours&neighbour=Waltham+Forest",
    });
    const desk = visit.page;
    await desk.locator(".neighbours .table").first().waitFor();
    expect(await figures(desk)).toEqual(await figures(page));
    await handOver(desk);
    await desk.reload();
    await desk.getByText("Another sergeant or analyst says here that they were told").waitFor();
    expect(await desk.getByRole("button", { name: "Their outreach was told" }).count()).toBe(0);
    await page.reload();
    await page.getByText("No alert has been handed over").waitFor();
    const second = await browser.visit({
      server: server.url,
      role: "analyst",
      fragment: "#/displacement?part=neighbours&neighbour=Waltham+Forest",
    });
    await second.page.getByRole("button", { name: "Their outreach was told" }).click();
    await second.page.getByText("said by demonstration analyst").waitFor();
    await second.close();
    await page.reload();
    await page.getByRole("button", { name: "We have read it" }).click();
    await page.getByText(/^Read 26 Nov 2021$/).waitFor();
    await desk.reload();
    await desk.getByText(/Read 26 Nov 2021/).waitFor();
    expect(await desk.getByText("Enter a change").count()).toBe(0);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  test("an analyst ends an agreement by an earlier last day, and their liaison sees nothing more", async () => {
    const visit = await browser.visit({
      server: server.url,
      role: "analyst",
      fragment: "#/displacement?part=neighbours&neighbour=Waltham+Forest",
    });
    const desk = visit.page;
    await desk.getByText("Enter a change, a renewal").click();
    await desk.getByLabel("Last day").fill("2021-11-25");
    await desk.getByRole("button", { name: "Enter", exact: true }).click();
    await desk.getByRole("cell", { name: "Expired 25 Nov 2021" }).waitFor();
    await page.reload();
    await page.getByText("There is no agreement in force with your command").waitFor();
    expect(await page.locator(".neighbours .table, .neighbours form").count()).toBe(0);
    await desk.getByLabel("Last day").fill("2022-03-31");
    await desk.getByRole("button", { name: "Enter", exact: true }).click();
    await desk.getByRole("cell", { name: "In force to 31 Mar 2022" }).waitFor();
    await visit.close();
  });
});

test("an administrator gives a liaison its neighbour, and no other role has one", async () => {
  const visit = await browser.visit({ server: server.url, role: "admin", fragment: "#/accounts" });
  const { page: desk } = visit;
  await desk.getByRole("button", { name: "Add an account" }).click();
  await desk.getByLabel("Sign-in name").fill("l.hackney");
  const neighbour = desk.getByLabel("Neighbouring command");
  expect(await neighbour.count()).toBe(0);
  await desk.getByLabel("Role").selectOption("liaison");
  expect(await neighbour.locator("option").allTextContents()).not.toContain("Enfield-Haringey");
  await neighbour.selectOption("Hackney");
  await desk.getByRole("button", { name: "Add", exact: true }).click();
  await desk.getByRole("dialog", { name: "l.hackney" }).waitFor();
  await desk.keyboard.press("Escape");
  await desk.getByText("Liaison in a neighbouring command: Hackney").first().waitFor();
  await visit.close();
});

test.each([
  { role: "liaison", width: 1280, theme: "light" },
  { role: "liaison", width: 768, theme: "dark" },
  { role: "analyst", width: 768, theme: "light" },
] as const)(
  "$role at $width px, $theme: no serious fault of access, nothing wider than the screen",
  async ({ role, ...look }) => {
    const fragment = "#/displacement?part=neighbours";
    const visit = await browser.visit({ server: server.url, role, fragment, ...look });
    await visit.page.locator(".neighbours .table").first().waitFor();
    expect(await seriousViolations(visit.page)).toEqual([]);
    const main = visit.page.locator("main");
    expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);
