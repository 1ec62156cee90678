import { errors, type Locator, type Page } from "playwright-core";

/** How long each page waits for what does not come. */
const patience = new WeakMap<Page, number>();

/**
 * Playwright looks for what is not there yet after 20, 70, 170 and 270 ms, and from then on twice a second: what comes after
 * 300 ms is seen after 800. Steps above a fifth of the time that it is given are left out, so a long wait is made of short
 * ones here. What is pressed or filled in is waited for in the same way until it is there.
 */
export function lookOften(page: Page, patienceMs: number): void {
  patience.set(page, patienceMs);
  page.setDefaultTimeout(patienceMs);
  const locators = Object.getPrototypeOf(page.locator("html")) as Locator & Record<string, unknown>;
  if (changed.has(locators)) return;
  changed.add(locators);
  const { waitFor } = locators;
  locators.waitFor = function waitOften({ timeout, ...state } = {}) {
    const given = timeout ?? patience.get(this.page()) ?? stepMs;
    return inSteps(given, (step) => waitFor.call(this, { ...state, timeout: step }));
  };
  for (const name of acts) {
    const act = locators[name] as (this: Locator, ...given: unknown[]) => Promise<unknown>;
    locators[name] = async function actOnceThere(this: Locator, ...given: unknown[]) {
      const { timeout } = Object(given.at(-1)) as { readonly timeout?: number };
      const wait = { state: "attached", ...(timeout ? { timeout } : {}) } as const;
      if ((await this.count()) === 0) await this.first().waitFor(wait);
      return act.apply(this, given);
    };
  }
}

/** All of them open pages of one kind, whose methods are changed once. */
const changed = new WeakSet<Locator>();
const acts = ["check", "click", "fill", "focus", "press", "selectOption", "tap", "uncheck"];
const stepMs = 900;

async function inSteps(given: number, wait: (step: number) => Promise<void>): Promise<void> {
  const end = performance.now() + given;
  for (let left = given; ; left = end - performance.now()) {
    const isLast = left <= stepMs;
    try {
      return await wait(isLast ? Math.max(left, 1) : stepMs);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      if (isLast) throw new Error(`Waited ${given} ms: ${error.message}`, { cause: error });
    }
  }
}
