import { afterAll, beforeAll, expect, test } from "vitest";
import { pushCommand } from "#server/accounts/commands/push.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { patiently } from "#tests/browser/protected-time/outreach-support.ts";
import { addTestAccount, countIn, goodPassword } from "#tests/support/accounts.ts";
import { runCommand } from "#tests/support/command.ts";
import { type PushService, pushHost, startPushService } from "#tests/support/push-service.ts";

type Context = ReturnType<Page["context"]>;

/** An officer's phone, from the switch to the tap; each test a step of one story. */
const name = "late.turn";
const phone = { width: 390, height: 844, touch: true, app: true, paper: true };
const { server, browser } = demoWith(openBrowser, { pushHosts: [pushHost] });
let service: PushService;
let visit: Visit;
let page: Page;
let context: Context;
beforeAll(async () => {
  service = await startPushService();
  Object.assign(server.services, { pushNetwork: service.network });
  await addTestAccount(server.services.db, { name });
  visit = await browser.visit(phone);
  page = visit.page;
  context = page.context();
  // No browser of a test reaches a push service: what it would be given is made up here.
  await context.addInitScript(giveSubscription, service.addressOf(name));
  const signedIn = { data: { name, password: goodPassword } };
  expect((await context.request.post("/api/session", signedIn)).ok()).toBe(true);
  await page.goto("/#/plan");
  await page.reload();
  await list().waitFor(patiently);
});
afterAll(async () => {
  await visit.close();
  await service.close();
});

function giveSubscription(endpoint: string): void {
  let known: object | null = null;
  PushManager.prototype.getSubscription = async () => known as PushSubscription | null;
  PushManager.prototype.subscribe = async () => {
    const unsubscribe = async () => {
      known = null;
      return true;
    };
    known = { endpoint, options: { applicationServerKey: null }, unsubscribe };
    return known as PushSubscription;
  };
}

const list = () => page.locator(".tonight");
const toggle = () => list().getByLabel("Notify this phone");
const rows = () => countIn(server.services.db, "push_subscription");

test("where push is not set up, or blocked, the page says so and has no switch", async () => {
  await list().getByText("Notifications are not set up on this server.").waitFor(patiently);
  expect(await toggle().count()).toBe(0);
  await runCommand(server.services, pushCommand, {
    positionals: ["setup"],
    values: { contact: "mailto:desk@example.test" },
  });
  await page.reload();
  // Nobody has been asked yet, and headless browsers say no.
  const permission = await page.evaluate(() => Notification.permission);
  if (permission === "denied") {
    await list().getByText("Notifications are blocked.").waitFor(patiently);
    expect(await toggle().count()).toBe(0);
  } else expect(permission).toBe("default");
  await context.grantPermissions(["notifications"], { origin: server.url });
  await page.reload();
  await toggle().waitFor(patiently);
  expect(await toggle().isChecked()).toBe(false);
});

test("the switch puts this phone on the list, a test reaches its push service, and off takes it away", async () => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await toggle().click();
  await list().getByRole("button", { name: "Test notification" }).waitFor(patiently);
  expect([await toggle().isChecked(), await rows()]).toEqual([true, 1]);
  await list().getByRole("button", { name: "Test notification" }).click();
  await list().getByText("Sent. If nothing comes, switch off and on.").waitFor(patiently);
  await expect
    .poll(() => service.pushed.map(({ path, body }) => [path, body]))
    .toEqual([[name, ""]]);
  expect(await seriousViolations(page)).toEqual([]);
  await toggle().click();
  await expect.poll(rows, patiently).toBe(0);
  await expect.poll(() => toggle().isChecked(), patiently).toBe(false);
  await toggle().click();
  await expect.poll(rows, patiently).toBe(1);
});

test("whatever a push holds, the phone shows “Check your plan” and nothing else, and a tap opens Tonight", async () => {
  await page.goto("/#/hotspots");
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  const isHeld = () => page.evaluate(() => navigator.serviceWorker.controller !== null);
  await expect.poll(isHeld, patiently).toBe(true);
  const cdp = await context.newCDPSession(page);
  const registrationId = await registrationOf(cdp);
  const push = (said: string) =>
    cdp.send("ServiceWorker.deliverPushMessage", {
      origin: server.url,
      registrationId,
      data: said,
    });
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.getRegistration();
      const notes = (await worker?.getNotifications()) ?? [];
      return notes.map(({ title, body, data: more }) => [title, body, more as unknown]);
    });
  const closeAll = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.getRegistration();
      for (const note of (await worker?.getNotifications()) ?? []) note.close();
    });
  for (const said of ["Fore Street 19:00, ask North Van", ""]) {
    // One that is shown still would answer for the next.
    await closeAll();
    await expect.poll(shown, patiently).toEqual([]);
    await push(said);
    await expect.poll(shown, patiently).toEqual([["Check your plan", "", null]]);
  }
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(tap);
  await expect.poll(() => new URL(page.url()).hash, patiently).toBe("#/plan");
  await list().waitFor(patiently);
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  expect(await worker?.evaluate(() => "isFocused" in globalThis)).toBe(true);
  // A browser takes a closed one away in its own time.
  await expect.poll(shown, patiently).toEqual([]);
});

test("signing out takes the phone off the list", async () => {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator(".sign-in").waitFor(patiently);
  await expect.poll(rows, patiently).toBe(0);
  expect(visit.problems).toEqual([]);
});

/** In the worker: as a person's tap, which alone lets it bring a page to the front. */
async function tap(): Promise<void> {
  interface Scope {
    isFocused?: true;
    readonly registration: ServiceWorkerRegistration;
    readonly WindowClient: { prototype: { focus: () => Promise<unknown> } };
  }
  const scope = globalThis as unknown as Scope;
  scope.WindowClient.prototype.focus = async () => {
    scope.isFocused = true;
  };
  const [notification] = await scope.registration.getNotifications();
  let done: Promise<unknown> = Promise.resolve();
  const waitUntil = (work: Promise<unknown>) => {
    done = work;
  };
  dispatchEvent(Object.assign(new Event("notificationclick"), { notification, waitUntil }));
  await done;
}

async function registrationOf(cdp: Awaited<ReturnType<Context["newCDPSession"]>>): Promise<string> {
  const found = new Promise<string>((done) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations.filter(({ isDeleted }) => !isDeleted);
      if (first) done(first.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  return found;
}
