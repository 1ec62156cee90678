import { expect } from "vitest";
import { horizonOf } from "#core/protected-time/protected.ts";
import { weekdayNames } from "#core/time/words.ts";
import { addDays, dayMs, formatLocal, hourMs } from "#core/time/zone.ts";
import { patiently } from "#tests/browser/protected-time/outreach-support.ts";
import type { DemoServer } from "#tests/browser/support-server.ts";
import type { Page } from "#tests/component/driver.ts";
import { london } from "#tests/support/outreach.ts";
import type { Act, ShownForm } from "#tests/support/outreach-form.tsx";
import {
  readSpan,
  toldByControls,
  toldByWords,
  visitsTold,
} from "#tests/support/outreach-words.ts";
import {
  clipped,
  closedByRows,
  closedRows,
  keptClear,
  storedRows,
} from "#tests/support/stored-sessions.ts";

/** One play: the form of a new session, or of the one that was saved last, and what is tapped and typed on it. */
export interface Play {
  readonly isChange: boolean;
  readonly acts: readonly Act[];
}

interface Desk {
  readonly page: Page;
  readonly police: Page["request"];
  readonly server: DemoServer;
}

/**
 * Taps and types on the real form, reads it, its preview, the row that it saves and the times that police keep
 * clear, and compares all of them. False where the form refuses what was typed.
 */
export async function playThrough(desk: Desk, { isChange, acts }: Play): Promise<boolean> {
  const { page, police, server } = desk;
  const { db, asAt } = server.services;
  const now = asAt.now();
  const today = london.dateOf(now);
  const before = await storedRows(db);
  const doing = isChange ? `move:${before.at(-1)?.key}` : "add";
  await page.goto(`/#/outreach?do=${doing}`);
  await page.getByLabel("Place", { exact: true }).waitFor(patiently);
  for (const act of acts) await perform(page, act, today);

  const form = await readPage(page);
  await page.getByRole("button", { name: "Next: what police will see" }).click();
  const preview = page.locator(".preview");
  const refused = page.locator(".session-form [role=alert]");
  const long = page.getByRole("dialog");
  await preview.or(refused).or(long).first().waitFor(patiently);
  if (await long.isVisible()) await long.getByRole("button", { name: /^Yes, / }).click();
  if (await refused.isVisible()) {
    await page.getByRole("button", { name: "Back" }).click();
    await leave(page);
    return false;
  }
  await preview.waitFor(patiently);
  expect(await preview.getByRole("heading", { level: 2 }).textContent()).toBe(form.sentence);
  const spans = await page.locator(".preview__when").allTextContents();

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".session-card").first().waitFor(patiently);
  const rows = await storedRows(db);
  expect(rows).toHaveLength(before.length + 1);
  const row = rows.at(-1);
  if (!row) throw new Error("Nothing is stored");

  const span = { now, to: horizonOf(now) };
  const visits = visitsTold(row, span);
  const keys = [...visits.keys()];
  const words = toldByWords(form.sentence, row.first, today);
  expect([...visitsTold(words, span).keys()]).toEqual(keys);
  expect([...visitsTold(toldByControls(form, words.except), span).keys()]).toEqual(keys);
  const wall = (instant: number) => formatLocal(london.toLocal(instant));
  const closed = [...visits.values()];
  expect(spans.map((one) => readSpan(one, today))).toEqual(
    closed.slice(0, 6).map(([from, to]) => [wall(from), wall(to)]),
  );
  const known = [now + hourMs, span.to - hourMs] as const;
  expect(clipped(await closedRows(db, row), known)).toEqual(clipped(closed, known));
  // As long as the calendar counts as confirmed: later it is closed an hour wider.
  const seen = [now + hourMs, now + 6 * dayMs] as const;
  const reply = (await (await police.get("/api/keep-clear")).json()) as unknown;
  expect(clipped(keptClear(reply, row.cells), seen)).toEqual(
    clipped(closedByRows(rows, row.cells, span), seen),
  );
  return true;
}

async function leave(page: Page): Promise<void> {
  const question = page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true });
  await question.or(page.locator(".session-card").first()).first().waitFor(patiently);
  if (await question.isVisible()) await question.click();
}

/** What the form does not offer just then is not tapped. */
async function perform(page: Page, act: Act, today: string): Promise<void> {
  const isWeekly = await page.getByLabel("Weekly", { exact: true }).isChecked();
  const dateAhead = (ahead: number | null) => (ahead === null ? "" : addDays(today, ahead));
  const field = (label: string) => page.getByLabel(label, { exact: true });
  switch (act.kind) {
    case "day":
      if (isWeekly) await field((weekdayNames[act.day - 1] ?? "").slice(0, 3)).click();
      break;
    case "firstDate":
      await field(isWeekly ? "First date" : "Date").fill(dateAhead(act.ahead));
      break;
    case "until":
      if (isWeekly) await field("End date (optional)").fill(dateAhead(act.ahead));
      break;
    case "start":
      await field("From").fill(act.time);
      break;
    case "end":
      await field("To").fill(act.time);
      break;
    case "repeats":
      await field(act.repeats === "weekly" ? "Weekly" : "Once").check();
      break;
    case "everyWeeks":
      if (isWeekly) await field("Every").selectOption(String(act.weeks));
      break;
    case "place":
      await field("Place").selectOption({ index: act.index % 2 });
      break;
  }
}

/** The form as it stands on the screen. */
async function readPage(page: Page): Promise<ShownForm> {
  return page.evaluate(() => {
    const text = (part: string) => document.querySelector(part)?.textContent ?? "";
    const labels = [...document.querySelectorAll<HTMLLabelElement>(".field label")];
    const value = ({ control }: HTMLLabelElement) =>
      control instanceof HTMLInputElement || control instanceof HTMLSelectElement
        ? control.value
        : "";
    const boxes = [...document.querySelectorAll<HTMLInputElement>(".day-fields input")];
    return {
      repeats: document.querySelector<HTMLInputElement>(".segmented input[type=radio]:checked")
        ?.value as string,
      chips: boxes.flatMap(({ checked }, index) => (checked ? [index + 1] : [])),
      fields: Object.fromEntries(labels.map((label) => [label.textContent, value(label)])),
      notes: text(".session-form"),
      sentence: text(".understood strong"),
      dates: text(".understood .quiet"),
    };
  });
}
