import type { DisclosureRule } from "#core/disclosure/rule.ts";
import { type Month, monthName } from "#core/panel/months.ts";
import type { PanelArea } from "#core/wire/panel.ts";

/** What stands at the foot of every panel slide, table and handout, in plain words. */
export function panelNotes(input: {
  readonly asAtDate: string;
  readonly months: readonly Month[];
  readonly areas: readonly PanelArea[];
  readonly rule: DisclosureRule;
}): string[] {
  const { threshold, base } = input.rule;
  const last = monthName(input.months.at(-1) ?? "");
  return [
    "Complaints that residents made, by calendar month and area. A complaint with an uncertain time counts in the month that holds the middle of its time span.",
    `A blank means fewer than ${threshold}, or a figure withheld so that no blank can be worked out from the others. Fewer than ${threshold} does not mean none, and a month from before records were kept is blank too.`,
    `Every figure is rounded to the nearest ${base}, so that parts need not add up to the whole. There are no totals over months and no percentages.`,
    `A month is shown once another whole month has passed since it ended: as at ${dateName(input.asAtDate)} the last is ${last}.`,
    ...areaNotes(input.areas),
  ];
}

function areaNotes(areas: readonly PanelArea[]): string[] {
  const kinds = new Set(areas.map((area) => area.kind));
  const notes: string[] = [];
  if (kinds.has("ward")) {
    notes.push(
      "Complaints recorded before the wards were brought in are placed by the ward at the centre of their map cell. These are not official ward statistics.",
    );
  }
  if (kinds.has("neighbourhood")) {
    notes.push(
      "Neighbourhoods are the places nearest to one name within a borough. They are not wards, which are not in this tool yet for those places.",
    );
  }
  return notes;
}

/** "26 November 2021" */
function dateName(date: string): string {
  return `${Number(date.slice(8))} ${monthName(date.slice(0, 7))}`;
}
