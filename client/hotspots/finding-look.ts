import type { Finding } from "#client/hotspots/findings.ts";
import type { Measure } from "#client/hotspots/view.ts";
import type { MarkShape } from "#client/map/layers/mark-shapes.ts";
import type { Palette } from "#client/map/palette.ts";
import { fewestMinutes } from "#core/hotspots/effort.ts";
import { fewestAround } from "#core/hotspots/emerging-group.ts";

/** How a finding looks on map, legend and list: never by colour alone. */
export interface FindingLook {
  readonly finding: Finding;
  /** One or two words, in the list. */
  readonly word: string;
  /** In the legend: what it means. */
  readonly label: string;
  /** Filled with this token; null: no fill. */
  readonly fill: keyof Palette | null;
  readonly opacity: number;
  readonly mark: MarkShape | null;
}

const look = (
  finding: Finding,
  word: string,
  label: string,
  fill: FindingLook["fill"],
  mark: FindingLook["mark"],
  opacity = 0.85,
): FindingLook => ({ finding, word, label, fill, mark, opacity });

const changes: readonly FindingLook[] = [
  look("rise", "Rise", "Rise: significantly more", "rise", "up"),
  look("fall", "Fall", "Fall: significantly fewer", "fall", "down"),
  look("no_clear_change", "No significant change", "No significant change", "count-2", null, 0.5),
  look("too_few", "Not enough reports to tell", "Not enough reports to tell", null, "dot"),
];

const groups: readonly FindingLook[] = [
  look("rising", "Rising", "Rising: new, or hotter each step", "rise", "up"),
  look("steady", "Steady", "Steady: hot nearly always", "count-5", "bar"),
  look("on_and_off", "On and off", "On and off: now, and at times", "count-4", "ring"),
  look("easing", "Easing", "Easing: still hot, but falling", "fall", "down"),
  look("gone", "Gone", "Gone: hot before, not now", "fall", "cross", 0.45),
  look("quiet", "Quiet", "Quiet: fewer than chance", "count-1", "down"),
  look("no_pattern", "No pattern", "No pattern", "count-2", null, 0.5),
  look(
    "too_few",
    "Not enough reports to tell",
    `Not enough reports to tell: under ${fewestAround} around`,
    null,
    "dot",
  ),
];

const rates: readonly FindingLook[] = [
  look("rate_1", "Under 0.25 an hour", "Under 0.25 an hour", null, null),
  look("rate_2", "0.25 to 0.5 an hour", "0.25 to 0.5 an hour", null, null),
  look("rate_3", "0.5 to 1 an hour", "0.5 to 1 an hour", null, null),
  look("rate_4", "1 to 2 an hour", "1 to 2 an hour", null, null),
  look("rate_5", "2 an hour and more", "2 an hour and more", null, null),
  look(
    "too_few",
    "Not enough patrol time to tell",
    `Not enough patrol time to tell: under ${fewestMinutes} minutes`,
    null,
    "dot",
  ),
  look("unknown", "No patrol logged", "No patrol logged", null, "dash"),
];

/** In the order of the legend; none where the picture is the counts themselves. */
export const findingLooks: Readonly<Record<Measure, readonly FindingLook[]>> = {
  count: [],
  hot: [],
  change: changes,
  emerging: groups,
  effort: rates,
};

export function lookOf(measure: Measure, finding: Finding | null): FindingLook | null {
  return findingLooks[measure].find((each) => each.finding === finding) ?? null;
}

/** A mark is cut out of its fill; without one it has the colour itself. */
export function markToken({ fill }: FindingLook, isHollow: boolean): keyof Palette {
  if (!fill) return "cannot-tell";
  return isHollow ? fill : "paper";
}
