import type { PlansReply } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import {
  openBrowser,
  type Page,
  type TestBrowser,
  type Visit,
  type VisitOptions,
  workedMs,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { fillWatched } from "#tests/support/demo.ts";
import { fillPlanned } from "#tests/support/planned.ts";

/** A sergeant before the week's plan, on a demonstration of their own. */
export interface PlanDesk {
  readonly server: DemoServer;
  readonly browser: TestBrowser;
  readonly sergeant: Visit;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** With a plan in this state on screen; "none": as Monday finds it. */
export async function openPlanDesk(
  status: "none" | "suggested" | "agreed",
  {
    open = openBrowser,
    prepare,
    ...more
  }: Partial<Omit<VisitOptions, "server" | "role">> & {
    /** Without a browser where another driver is given. */
    readonly open?: () => Promise<TestBrowser>;
    /** Rows that no screen makes, before the page is opened. */
    readonly prepare?: (server: DemoServer) => Promise<void>;
  } = {},
): Promise<PlanDesk> {
  const server = await startDemoServer({}, status === "none" ? fillWatched : fillPlanned);
  const browser = await open();
  await prepare?.(server);
  const sergeant = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/plan",
    ...more,
  });
  const { page } = sergeant;
  if (status === "agreed") {
    await ensurePlan(page, status);
    await page.reload();
  }
  if (status !== "none") await page.locator("[data-window]").first().waitFor();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { server, browser, sergeant, page, close };
}

/** For a machine that does other things as well. */
export const patiently = { timeout: 20_000 };

/** Words that may stand on no paper and in no file. */
export const unspeakable = /outreach|keep clear|keep-clear|protected|partner/i;

/** The plans of the week that the demonstration opens on. */
export async function plansOf(page: Page): Promise<PlansReply["plans"]> {
  const reply = await page.request.get("/api/plans?from=2021-11-29&days=7");
  return ((await reply.json()) as PlansReply).plans;
}

/** A week of two units, brought to this state without the screen, unless it is there already. */
export async function ensurePlan(page: Page, status: "suggested" | "agreed"): Promise<PlanReply> {
  const [known] = await plansOf(page);
  if (!known) {
    await send(page, "/api/plans/suggest", { from: "2021-11-29", days: 7, units: 2, seed: 1 });
  }
  const [plan] = await plansOf(page);
  if (!plan) throw new Error("A suggestion was asked for and none is stored");
  if (status === "agreed" && plan.status !== "agreed") {
    await send(page, `/api/plans/${plan.id}/agree`, {});
  }
  return plan;
}

async function send(page: Page, path: string, data: object): Promise<void> {
  const reply = await page.request.post(path, { data, timeout: 60_000 });
  const body = await reply.text();
  if (!reply.ok()) throw new Error(`${path} was refused: ${body}`);
}

/**
 * A window that is held at a point is moved so many times, each until it is drawn: what the page's own thread
 * worked for a move, in milliseconds, with all that is judged in between. What else runs on the machine does not count.
 */
export async function heldMoveMs(
  page: Page,
  { x, y }: { readonly x: number; readonly y: number },
  moves: number,
): Promise<number> {
  const move = async ({ left, top, count }: { left: number; top: number; count: number }) => {
    for (let step = 1; step <= count; step += 1) {
      globalThis.dispatchEvent(
        new PointerEvent("pointermove", {
          pointerId: 1,
          clientX: left + (step % 12) * 9,
          clientY: top + (step % 12) * 12,
        }),
      );
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    }
  };
  const all = await workedMs(page, () => page.evaluate(move, { left: x, top: y, count: moves }));
  return all / moves;
}
