import type { PlanReply, PlansReply } from "#core/wire/plan.ts";
import type { Page } from "#tests/browser/driver.ts";

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
