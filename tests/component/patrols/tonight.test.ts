import { afterEach, expect, test } from "vitest";
import type { StayBody, TonightReply } from "#core/patrols/wire/tonight.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import {
  instantAt,
  stayAt,
  tonightOf,
  tonightStop,
  tonightWindow,
  withStops,
} from "#tests/support/tonight.ts";

/** A unit's phone in every state of its night: the server's answer is given, what it becomes is read. */
const { browser } = demoWith(openPages);
let visit: Visit | null = null;
afterEach(async () => {
  expect(visit?.problems).toEqual([]);
  await visit?.close();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Tonight once the server has a tap. */
function taken(reply: TonightReply, { method, path, body }: Sent): TonightReply {
  type Said = StayBody & { readonly windows?: readonly { readonly windowId: string }[] };
  const said = body as Said | null;
  const key = path.split("/").at(-1) ?? "";
  const at = (ago: number) => instantAt(-ago / 60);
  return {
    ...reply,
    windows: reply.windows.map((window) => ({
      ...window,
      seenAt: said?.windows?.some(({ windowId }) => windowId === window.id)
        ? instantAt(0)
        : window.seenAt,
      stops: window.stops.map((stop) => {
        const others = stop.stays.filter((stay) => stay.key !== key);
        const isPut = method === "PUT" && said !== null;
        if (!isPut || window.id !== said.windowId || stop.order !== said.order) {
          return { ...stop, stays: others };
        }
        const leftAt = said.leftAgo === null ? null : at(said.leftAgo);
        const stay = { key, unit: window.unit, arrivedAt: at(said.arrivedAgo), leftAt };
        return { ...stop, stays: [...others, stay] };
      }),
    })),
  };
}

const phone = { width: 390, height: 844, touch: true } as const;

async function open(
  reply: TonightReply,
  look: { role?: "sergeant" | "warden"; isDesk?: boolean; fragment?: string } = {},
): Promise<{ page: Page; sent: Sent[]; answer: (next: TonightReply) => void }> {
  const { role = "sergeant", isDesk = false, fragment = "#/plan" } = look;
  visit = await browser.visit({ role, ...(isDesk ? { width: 1440, height: 900 } : phone) });
  const { page } = visit;
  let current = reply;
  const sent: Sent[] = [];
  await page.route("**/api/tonight**", async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    if (request.method() !== "GET") {
      const tap = { method: request.method(), path, body: request.postDataJSON() };
      sent.push(tap);
      current = taken(current, tap);
    }
    await route.fulfill({ json: current });
  });
  // The page asked as it opened, before its answer was given here.
  await page.goto(`/${fragment}`);
  await page.reload();
  return { page, sent, answer: (next) => (current = next) };
}

const title = (page: Page) => page.locator(".tonight__title, .call-off__title").first();
const card = (page: Page) => page.locator(".tonight__card, .tonight__off").first();
const act = (page: Page) => page.locator(".tonight__act");
const reads = (page: Page, words: string | RegExp) =>
  expect.poll(async () => (await title(page).textContent())?.trim()).toMatch(words);

const off = { status: "called_off", end: instantAt(-1) } as const;

test("before the shift: when it begins, its first stop, and nothing to tap", async () => {
  const { page } = await open(tonightOf(tonightWindow(30)));
  await reads(page, "Your patrol begins at 20:30");
  expect(await card(page).textContent()).toContain("Do not go there before 20:30.");
  expect(await page.getByRole("button", { name: "Arrived" }).count()).toBe(0);
});

test("from unlocking to Arrived it is two taps: the unit once, then Arrived, which goes out with its stop", async () => {
  const mine = withStops(tonightWindow(-10), { visits: 2 });
  const { page, sent } = await open(tonightOf(mine, tonightWindow(-5, { unit: 2 })));
  await page.getByText("Which unit are you?").waitFor();
  expect(await act(page).count()).toBe(0);
  await page.getByRole("button", { name: "Unit 1" }).click();
  await reads(page, "Fore Street by Alpha Road");
  expect(await card(page).textContent()).toMatch(/Next stop, 1 of 3.*About 19:50 to 20:05\./);
  expect(await card(page).textContent()).toContain("2 of 4 visits today.");
  expect(new URL(page.url()).hash).toContain("unit=1&night=2021-11-26");
  await page.getByRole("button", { name: "Arrived" }).click();
  await reads(page, "At Fore Street by Alpha Road");
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]).toMatchObject({
    method: "PUT",
    body: { planId: "1", windowId: mine.id, order: 1, leftAgo: null },
  });
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Leave"]);
});

test("a unit that is alone is chosen by itself, and another night asks again", async () => {
  const one = await open(tonightOf(tonightWindow(-10)));
  await reads(one.page, "Fore Street by Alpha Road");
  await visit?.close();
  const two = tonightOf(tonightWindow(-10), tonightWindow(-5, { unit: 2 }));
  const again = await open(two, { fragment: "#/plan?unit=2&night=2021-11-25" });
  await again.page.getByText("Which unit are you?").waitFor();
  await again.page.evaluate(() => {
    window.location.hash = "#/plan?unit=2&night=2021-11-26";
  });
  await reads(again.page, "Fore Street by Alpha Road");
  expect(
    await again.page.getByRole("button", { name: "Unit 2" }).getAttribute("aria-pressed"),
  ).toBe("true");
});

test("Leave logs the minutes and shows the way on; one tap takes it back", async () => {
  const stay = stayAt(-6, null);
  const there = withStops(tonightWindow(-10), { stays: [stay] });
  const { page, sent } = await open(tonightOf(there));
  await reads(page, "At Fore Street by Alpha Road");
  expect(await card(page).textContent()).toMatch(/6 min.*Since 19:54\. Planned: 15 min\./);
  expect(await card(page).textContent()).toContain("350 m, 5 min: north on Fore Street.");
  await page.getByRole("button", { name: "Leave" }).click();
  await reads(page, "Fore Street by Sebastopol Road");
  await page.getByRole("button", { name: "Still at Fore Street by Alpha Road" }).click();
  await reads(page, "At Fore Street by Alpha Road");
  await expect.poll(() => sent.length).toBe(2);
  const [left, back] = sent.map(({ path, body }) => ({ path, ...(body as object) }));
  expect([left?.path, back?.path]).toEqual(Array(2).fill(`/api/tonight/stays/${stay.key}`));
  expect(left).toMatchObject({ order: 1, leftAgo: 0 });
  expect(back).toMatchObject({ order: 1, leftAgo: null });
  await page.getByRole("button", { name: "I am not here" }).click();
  await expect.poll(() => sent.at(-1)?.method).toBe("DELETE");
});

test("so long after Arrived that Leave may be forgotten it asks when: one tap answers, and none logs nothing", async () => {
  const stay = stayAt(-125, null);
  const window = tonightWindow(-130, { end: instantAt(40) });
  const { page, sent } = await open(tonightOf(withStops(window, { stays: [stay] })));
  await reads(page, "When did you leave?");
  await page.getByText("Fore Street by Alpha Road, arrived 17:55").waitFor();
  const answers = page.locator(".tonight__answers button");
  expect(await answers.allTextContents()).toEqual([
    "18:005 min",
    "18:0510 min",
    "18:1015 min",
    "18:1520 min",
    "18:2530 min",
    "18:4045 min",
    "18:551 h",
    "19:251 h 30 min",
    "19:552 h",
    "I do not know",
  ]);
  await page.getByText("Just now, 2 h 5 min").waitFor();
  await page.getByRole("button", { name: "I do not know" }).click();
  await reads(page, "Fore Street by Sebastopol Road");
  expect(sent).toEqual([]);
  await page.getByText("17:55, Leave not tapped").waitFor();
  await page.goto("/#/outcomes");
  await page.goto("/#/plan");
  await answers.nth(2).click();
  await reads(page, "Fore Street by Sebastopol Road");
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]?.body).toMatchObject({ order: 1, isAnswer: true });
  const [{ arrivedAgo, leftAgo }] = sent.map(({ body }) => body) as [StayBody];
  expect(arrivedAgo - (leftAgo ?? 0)).toBe(900);
  await page.getByText(/^17:5[45], 15 min$/).waitFor();
});

test("once its time has ended, whoever is still there is told to leave, and for where", async () => {
  const over = withStops(tonightWindow(-95), {}, {}, { stays: [stayAt(-20, null)] });
  const { page } = await open(tonightOf(over, tonightWindow(-3)));
  await reads(page, "Leave for Fore Street by Alpha Road now");
  expect(await card(page).textContent()).toMatch(/Your patrol here has ended\..*650 m south/);
});

test("between patrols: until when, and not before", async () => {
  const done = withStops(tonightWindow(-95), { stays: [stayAt(-90, -77)] });
  const { page } = await open(tonightOf(done, tonightWindow(45)));
  await reads(page, "Next patrol at 20:45");
  expect(await card(page).textContent()).toContain("Do not go there before 20:45.");
});

test("a place that has had its visits says so and offers another stop, and no Arrived", async () => {
  const full = withStops(tonightWindow(-10), { isFull: true, visits: 4 });
  const { page, sent } = await open(tonightOf(full));
  await reads(page, "This place has had its 4 visits today: choose another stop");
  expect(await page.getByRole("button", { name: "Arrived" }).count()).toBe(0);
  await page
    .getByRole("button", { name: "Go to Fore Street by Sebastopol Road", exact: true })
    .click();
  await reads(page, "Fore Street by Sebastopol Road");
  await page.getByRole("button", { name: "Go here: Fore Street by Brettenham Road" }).click();
  await reads(page, "Fore Street by Brettenham Road");
  expect(sent).toEqual([]);
});

test("called off while there: leave, for where and by which way; one tap says seen and logs the minutes", async () => {
  const stay = stayAt(-4, null);
  const lost = withStops({ ...tonightWindow(-20), ...off }, { stays: [stay] });
  const { page, sent } = await open(
    tonightOf(lost, tonightWindow(-3, { stops: [tonightStop(2, 2)] })),
  );
  await reads(page, "Leave for Fore Street by Sebastopol Road now");
  expect(await page.getByRole("alert").textContent()).toMatch(
    /350 m north.* of Fore Street by Alpha Road/,
  );
  expect(await page.locator("s").allTextContents()).toEqual(
    expect.arrayContaining(["Fore Street by Brettenham Road"]),
  );
  expect(await page.getByRole("alert").textContent()).not.toMatch(
    /outreach|partner|keep.clear|because/i,
  );
  await page.getByRole("button", { name: "Seen: I am leaving" }).click();
  await reads(page, "Fore Street by Sebastopol Road");
  await expect.poll(() => sent.length).toBe(2);
  expect(sent[0]).toMatchObject({ path: `/api/tonight/stays/${stay.key}`, body: { leftAgo: 0 } });
  expect(sent[1]).toMatchObject({
    path: "/api/tonight/seen",
    body: { windows: [{ planId: "1", windowId: lost.id }] },
  });
});

test("called off before it began: do not go, and what is next", async () => {
  const lost = { ...tonightWindow(20), status: "unavailable" } as const;
  const { page, sent } = await open(tonightOf(lost, tonightWindow(120)));
  await reads(page, "Called off: do not go");
  await page.getByRole("button", { name: "Seen" }).click();
  await reads(page, "Next patrol at 22:00");
  await expect.poll(() => sent.map(({ path }) => path)).toEqual(["/api/tonight/seen"]);
  expect(await page.locator(".tonight__stop--lost").count()).toBe(3);
});

test("the unit that comes after reads who was there, and two at one stop read of each other", async () => {
  const theirs = (left: number | null) => ({
    ...tonightWindow(-60, { unit: 2 }),
    stops: [tonightStop(1, -50, { stays: [stayAt(-40, left, 2)] })],
  });
  const mine = tonightWindow(-10);
  const { page, answer } = await open(tonightOf(theirs(-27), mine), {
    fragment: "#/plan?unit=1&night=2021-11-26",
  });
  await reads(page, "Fore Street by Alpha Road");
  expect(await card(page).textContent()).toContain("Unit 2 was here 19:20, 13 min");
  answer(tonightOf(theirs(null), mine));
  await page.getByRole("button", { name: "Unit 2" }).click();
  await page.getByRole("button", { name: "Unit 1" }).click();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect.poll(() => card(page).textContent()).toContain("Unit 2 is here since 19:20");
});

test("all done: stops and minutes, and what was not reached", async () => {
  const done = withStops(
    tonightWindow(-95),
    { stays: [stayAt(-90, -77)] },
    { stays: [stayAt(-70, -50)] },
  );
  const { page } = await open(tonightOf(done));
  await reads(page, "All done tonight");
  expect(await card(page).textContent()).toContain("2 stops, 33 min. 1 stop without a visit.");
});

test("nothing tonight, and without an answer, say so; what else a unit needs is within reach", async () => {
  const { page } = await open(tonightOf());
  await page.getByText("No approved patrol in the next 12 hours.").waitFor();
  for (const name of ["Check a place and time", "Log an emergency", "Test the sound"]) {
    expect(await page.getByRole("button", { name }).count(), name).toBe(1);
  }
});

test("an hour without contact: every stop reads that it is not sure any more, none is offered, and whom to call", async () => {
  const { page } = await open(tonightOf(tonightWindow(-10)));
  await reads(page, "Fore Street by Alpha Road");
  await page.unroute("**/api/tonight**");
  await page.route("**/api/**", (route) => route.abort());
  const clock = Date.now;
  try {
    Date.now = () => clock() + 61 * 60_000;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await reads(page, "Not sure any more: call before you go");
    const rows = await page.locator(".tonight__state").allTextContents();
    expect(rows).toEqual(Array(3).fill("Not sure any more: call before you go"));
    expect(await page.getByRole("button", { name: /Arrived|Go here/ }).count()).toBe(0);
    expect(await act(page).locator("a").getAttribute("href")).toBe("tel:01632960123");
  } finally {
    Date.now = clock;
    await page.unrouteAll();
  }
});

test("called off, nobody is sent on to a full place, nor after an hour without contact to any", async () => {
  const lost = { ...tonightWindow(-20), ...off };
  const next = (isFull: boolean) => tonightWindow(-3, { stops: [tonightStop(2, 2, { isFull })] });
  const { page, answer } = await open(tonightOf(lost, next(true)));
  await reads(page, "Called off: leave now");
  answer(tonightOf(lost, next(false)));
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await reads(page, "Leave for Fore Street by Sebastopol Road now");
  await page.unroute("**/api/tonight**");
  await page.route("**/api/**", (route) => route.abort());
  const clock = Date.now;
  try {
    Date.now = () => clock() + 61 * 60_000;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await reads(page, "Called off: leave now");
    expect(await card(page).textContent()).toContain("Not sure any more: call before you go");
  } finally {
    Date.now = clock;
    await page.unrouteAll();
  }
});

test("a warden coordinator reads the same in its own words, and nothing of police", async () => {
  const own = { patrolPartner: "enfield-wardens", unit: 5 };
  const full = { visits: null, isFull: true, why: "Busy place at this time." };
  const { page } = await open(tonightOf(withStops(tonightWindow(-10, own), full)), {
    role: "warden",
  });
  await reads(page, "This place has had its visits today: choose another stop");
  await page
    .getByRole("button", { name: "Go to Fore Street by Sebastopol Road", exact: true })
    .click();
  await page.getByText("What to look for").click();
  expect(await page.getByText("Do not stop, search or hold anyone.").count()).toBe(1);
  const words = (await page.locator(".tonight").textContent()) ?? "";
  expect(words).not.toMatch(/outreach|police|session|because|Log an emergency/i);
});

test("the desk reads who is where, late or not told, minutes by place, and says that a unit knows", async () => {
  const lost = { ...tonightWindow(-20, { unit: 2 }), ...off };
  const wardens = { ...tonightWindow(-20, { unit: 5, patrolPartner: "enfield-wardens" }), ...off };
  const late = withStops(tonightWindow(-50), { stays: [stayAt(-48, -35)], visits: 2 });
  const { page, sent } = await open(tonightOf(late, lost, wardens), { isDesk: true });
  await reads(page, "Called off: leave now");
  // A patrol partner's coordinator tells its units.
  expect(await page.getByRole("alert").textContent()).not.toContain("Wardens");
  await page.getByText("3 units, 1 late, 2 not told of a change").click();
  const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
  expect(await row("Unit 1").textContent()).toBe(
    "Unit 1Next: stop 2 of 3, Fore Street by Sebastopol Road. Late: planned 19:3013",
  );
  expect(await row("Fore Street by Alpha Road").textContent()).toBe("Fore Street by Alpha Road132");
  expect(await page.getByRole("row").getByRole("button").count()).toBe(0);
  await page.getByRole("button", { name: "They know" }).click();
  await expect
    .poll(() => sent.at(-1)?.body)
    .toEqual({ windows: [{ planId: "1", windowId: lost.id }] });
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await expect.poll(() => row("Unit 2").textContent()).toContain("seen 20:0");
});
