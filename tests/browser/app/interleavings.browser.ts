import { afterAll, beforeAll, expect, test } from "vitest";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { formatLocal, hourMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { openBrowser, type TestBrowser, type Visit } from "#tests/browser/driver.ts";
import { ensurePlan } from "#tests/browser/patrols/plan-support.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { testServices } from "#tests/support/app.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { circleAt, london } from "#tests/support/outreach.ts";
import { fillPlanned } from "#tests/support/planned.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Two browsers, a phone and a desk, on PostgreSQL where there is one: both press at one moment. */
const engine = engines.includes("postgres") ? "postgres" : "embedded";
const rounds = 10;

let server: DemoServer;
let phone: TestBrowser;
let board: TestBrowser;
let partner: Visit;
let desk: Visit;
let planId = "";
let windows: readonly WindowReply[] = [];
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = engine === "postgres" ? await startOnServer() : await startDemoServer({}, fillPlanned);
  [phone, board] = await Promise.all([openBrowser(), openBrowser()]);
  partner = await visitPartner(phone, server);
  desk = await board.visit({ server: server.url, role: "sergeant", fragment: "#/plan" });
  const plan = await ensurePlan(desk.page, "suggested");
  planId = plan.id ?? "";
  windows = plan.windows.slice(0, rounds);
  for (const [at, window] of windows.entries()) {
    const spot = cellCentre(window.stops[0]?.cell as H3Cell);
    const data = { label: labelOf(at), ...circleAt(spot, 100) };
    const reply = await partner.page.request.post("/api/outreach/places", { data });
    expect(reply.ok()).toBe(true);
  }
  await desk.page.reload();
  await partner.page.goto("/#/outreach");
}, 600_000);
afterAll(async () => {
  await Promise.all([phone.close(), board.close()]);
  await server.close();
  for (const end of ends) await end();
});

async function startOnServer(): Promise<DemoServer> {
  const { db, url, drop } = await openTestDatabase("postgres");
  const services = await testServices(db);
  await loadDemo(services, () => undefined);
  await services.solver.close();
  ends.push(drop);
  return startDemoServer({ databaseUrl: url });
}

const labelOf = (at: number) => `Spot ${String.fromCharCode(97 + at)}`;
const localOf = (instant: number) => formatLocal(london.toLocal(instant));

/** As far as the button that saves. */
async function fillSession(at: number, window: WindowReply): Promise<void> {
  const { page } = partner;
  const start = Date.parse(window.start) + 10 * minuteMs;
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Place", { exact: true }).selectOption({ label: labelOf(at) });
  await page.getByLabel("First date").fill(localOf(start).slice(0, 10));
  await page.getByLabel("From", { exact: true }).fill(localOf(start).slice(11, 16));
  await page.getByLabel("To", { exact: true }).fill(localOf(start + hourMs).slice(11, 16));
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).waitFor(patiently);
}

async function stateOf(window: WindowReply) {
  return server.services.db.transaction(ownerActor, async (tx) => {
    const [row] = await tx.query<{ overlaps: number; status: string }>(
      `select
         (select count(*)::int
          from occupancy patrol
          join occupancy closed on closed.cell = patrol.cell and closed.during && patrol.during
          where patrol.kind = 'patrol' and closed.kind = 'protected') as "overlaps",
         (select status from patrol_window
          where plan_id = $1::bigint and label = $2::text) as "status"`,
      [planId, window.id],
    );
    return row;
  });
}

test.runIf(isWhole)(
  "both press at one moment, in turns: the session is saved, no patrol is inside, the partner reads no error",
  async () => {
    expect(windows).toHaveLength(rounds);
    const outcomes: (string | undefined)[] = [];
    for (const [at, window] of windows.entries()) {
      await desk.page.goto(`/#/plan?plan=${planId}&window=${window.id}`);
      const agree = desk.page.getByRole("button", { name: "Approve this patrol" });
      await agree.waitFor(patiently);
      await fillSession(at, window);
      const save = partner.page.getByRole("button", { name: "Save", exact: true });
      const agreed = desk.page.waitForResponse((reply) => reply.url().endsWith("/agree"));
      // In turns one of them is a little earlier.
      const first = at % 2 === 0 ? [agree, save] : [save, agree];
      await Promise.all(first.map((button) => button.click()));
      await agreed;
      await partner.page.getByRole("heading", { name: "Next sessions" }).waitFor(patiently);
      expect(await partner.page.getByRole("alert").count()).toBe(0);
      await expect
        .poll(() => partner.page.locator(".session-card__where").allTextContents(), patiently)
        .toContain(labelOf(at));
      const state = await stateOf(window);
      expect(state?.overlaps).toBe(0);
      expect(["suggested", "unavailable"]).toContain(state?.status);
      outcomes.push(state?.status);
    }
    expect(outcomes).toHaveLength(rounds);
    expect(partner.problems).toEqual([]);
  },
  900_000,
);
