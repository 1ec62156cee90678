import type { DisclosureRule } from "#core/disclosure/rule.ts";
import { leastCount } from "#core/displacement/compare.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import type { PanelArea } from "#core/places/wire/public-areas.ts";
import { type Month, monthName } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";

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
    `"Not shown" means fewer than ${threshold}, or a figure withheld so that no other can be worked out from it. Fewer than ${threshold} does not mean none; none is "not shown" too. Months before the first one with a figure anywhere are marked apart: records may not reach back to them.`,
    `Every figure is rounded to the nearest ${base}, so that parts need not add up to the whole. There are no totals over months and no percentages.`,
    `A month is shown once another whole month has passed since it ended: as at ${dateName(input.asAtDate)} the last is ${last}.`,
    ...areaNotes(input.areas),
    movedNoteMeaning,
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

/** Always there, so that it says nothing about whether there is such a note. */
const movedNoteMeaning = `A note may stand beside the figures: that reports fell in the streets of an operation and rose near a line, within ${edgeZoneMetres.toLocaleString("en-GB")} m of it on either side. It is not about the month shown. It compares the time since the operation began, up to the end of the last month that may be shown, with as many days before it and with the rest of the area. It counts complaints by residents, as the figures do, and is made only where each number compared is ${leastCount} or more.`;
