import { beforeAll, expect, test } from "vitest";
import type { OperationReply, OperationsReply } from "#core/displacement/wire/operations.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Operations as people make them: by keys alone, by drawing, and two at once. */
const { server, browser } = demoWith(openBrowser);
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment: "#/displacement?part=operations" });
  page = sergeant.page;
  await page.locator(".operations tbody tr").first().waitFor();
});

const patiently = { timeout: 20_000 };

async function stored(name: string, of: Page = page): Promise<OperationReply | undefined> {
  const reply = await of.request.get("/api/operations");
  return ((await reply.json()) as OperationsReply).operations.find((one) => one.name === name);
}

/** Tab until what has the focus carries this name. */
async function tabTo(name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const said = await page.evaluate(() => {
      const at = document.activeElement;
      const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement;
      return label
        ? (at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? "")
        : (at?.getAttribute("aria-label") ?? at?.textContent ?? "");
    });
    if (name.test(said.trim())) return;
  }
  throw new Error(`No control called ${name} is reached by Tab`);
}

test("an operation is added by the keyboard alone, and said what it shares with another", async () => {
  await page.locator("main").focus();
  await tabTo(/^Add an operation$/);
  await page.keyboard.press("Enter");
  await page.getByLabel("Name").waitFor();
  await tabTo(/^Name$/);
  await page.keyboard.type("Edmonton autumn");
  await tabTo(/^First day$/);
  await page.keyboard.type("09062021");
  await tabTo(/^Ward or area$/);
  await page.keyboard.press("ArrowRight");
  await tabTo(/^Street$/);
  await page.keyboard.type("Fore Street");
  await page.keyboard.press("Enter");
  await tabTo(/^Use this street$/);
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.locator(".editor__part > [role=status]").first().textContent(), patiently)
    .toMatch(/Along Fore Street, 130 m on either side: \d+ cells/);
  expect(await page.locator(".operation-editor__notes").textContent()).toMatch(
    /shares \d+ cells with "boxster-2021", which runs from 1 Aug 2021 on/,
  );
  await tabTo(/^Add$/);
  await page.keyboard.press("Enter");
  await page.locator(".operations").getByText("Edmonton autumn").waitFor();
  expect(await stored("Edmonton autumn")).toMatchObject({
    startsOn: "2021-09-06",
    endsOn: null,
    revision: 1,
    treatedArea: { by: "corridor" },
  });
});

/** Drawing itself is tried on the map of hotspots, on each run. */
test.runIf(isWhole)(
  "on the map, cells are picked and taken out again by a click and by search; an area is drawn by keys",
  async () => {
    const { page, close } = await browser.visit({
      role: "sergeant",
      fragment: "#/displacement?part=operations&edit=new",
      map: true,
    });
    await page.getByRole("heading", { name: "Add an operation" }).waitFor();
    const status = page.locator(".editor__part > [role=status]").first();
    await page.getByRole("radio", { name: "Choose cells" }).first().check();
    await page.locator("[data-drawn]").first().waitFor();
    const box = await page.locator(".editor__map canvas").first().boundingBox();
    const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 300 };
    await page.mouse.click(middle.x, middle.y);
    await expect.poll(() => status.textContent(), patiently).toContain("1 cell");
    await page.mouse.click(middle.x, middle.y);
    await expect.poll(() => status.textContent(), patiently).toContain("0 cells");
    await page.getByLabel("Street, station or coordinates").fill("Ponders");
    await page.locator(".place-box__option").first().click();
    await expect
      .poll(() => status.textContent(), patiently)
      .toContain("Chosen cell by cell: 1 cell");
    await page.getByRole("radio", { name: "Draw" }).first().check();
    await page.getByRole("button", { name: "Draw it on the map" }).click();
    await page.locator(".draw-area").waitFor();
    await page.keyboard.press("Space");
    for (const key of ["ArrowUp", "ArrowRight", "ArrowDown"]) {
      for (let step = 0; step < 3; step += 1) await page.keyboard.press(`Shift+${key}`);
      await page.keyboard.press("Space");
    }
    await page.keyboard.press("Enter");
    await expect
      .poll(() => status.textContent(), patiently)
      .toMatch(/Drawn on the map: [\d,]+ cells/);
    await close();
  },
);

test.runIf(isWhole)("deleted while it is edited: what was typed goes on as a new one", async () => {
  const made = await page.request.post("/api/operations", {
    data: await bodyLike("boxster-2021", { name: "Soon gone" }),
  });
  expect(made.ok(), await made.text()).toBe(true);
  const id = (await stored("Soon gone"))?.id ?? 0;
  await page.goto(`${server.url}/#/displacement?part=operations&edit=${id}`);
  await page.getByLabel("Name").waitFor();
  await page.getByLabel("Name").fill("Kept all the same");
  const gone = await page.request.delete(`/api/operations/${id}?revision=1`);
  expect(gone.ok()).toBe(true);
  await page.getByRole("button", { name: "Save my text as a new operation" }).click(patiently);
  await page.getByRole("heading", { name: "Add an operation" }).waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Kept all the same");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator(".operations").getByText("Kept all the same").waitFor();
});

async function bodyLike(name: string, more: object): Promise<object> {
  const found = await stored(name);
  if (!found) throw new Error(`"${name}" is not stored`);
  const { startsOn, endsOn, phases, treatedArea, cells } = found;
  return { startsOn, endsOn, phases, control: null, treated: { ...treatedArea, cells }, ...more };
}
