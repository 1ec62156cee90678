import { expect } from "vitest";
import type { PlansReply } from "#core/wire/plan.ts";
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

/** A week of two units, suggested and agreed without the screen. */
export async function agreeAll(page: Page): Promise<void> {
  const suggested = await page.request.post("/api/plans/suggest", {
    data: { from: "2021-11-29", days: 7, units: 2, seed: 1 },
    ...patiently,
  });
  expect(suggested.ok()).toBe(true);
  const [plan] = await plansOf(page);
  const agreed = await page.request.post(`/api/plans/${plan?.id}/agree`, {
    data: {},
    ...patiently,
  });
  expect(agreed.ok()).toBe(true);
}
