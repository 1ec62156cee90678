import type { PanelFigure } from "#client/panel/panel-view.ts";
import { formatCount } from "#client/ui/format.ts";

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** "September 2021" */
export function monthName(month: string): string {
  return `${months[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;
}

/** What residents said in one month, in one sentence; no share, no sum. */
export function panelSentence(
  command: PanelFigure | null,
  figures: readonly PanelFigure[],
  month: string,
): string {
  if (!command) return `${monthName(month)}: the number of complaints is not shown.`;
  return `${areaSentence(command, month)}${command.count === null ? "" : most(figures)}`;
}

/** One area in one month, for the slide that follows one area. */
export function areaSentence({ area, count }: PanelFigure, month: string): string {
  const when = monthName(month);
  return count === null
    ? `${area.name}, ${when}: the number of complaints is not shown.`
    : `Residents made about ${formatCount(count)} complaints in ${area.name} in ${when}.`;
}

/** Why the month in the address is not the one that is shown. */
export function refusedMonth(asked: string, months: readonly string[], shown: string): string {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const instead = `${monthName(shown)} is shown instead.`;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(asked)) return `The address names no month. ${instead}`;
  if (asked < first) {
    return `${monthName(asked)} is before the first month here, ${monthName(first)}. ${instead}`;
  }
  return `${monthName(asked)} may not be shown yet: a month is shown once another whole month has passed since it ended. The last such month, ${monthName(last)}, is shown instead.`;
}

/** The areas that share the highest figure, as long as they are few enough to name. */
function most(figures: readonly PanelFigure[]): string {
  const highest = figures[0]?.count ?? null;
  if (highest === null || figures.length < 2) return "";
  const names = figures.filter(({ count }) => count === highest).map(({ area }) => area.name);
  if (names.length > 3) return "";
  const last = names.pop();
  const list = names.length > 0 ? `${names.join(", ")} and ${last}` : last;
  return ` The highest figure is in ${list}, about ${formatCount(highest)}${names.length > 0 ? " each" : ""}.`;
}

/** Shown on every slide and on every sheet, small, at the foot. */
export const sourceLine =
  "Source: complaints recorded by the command. Contains National Statistics data and OS data © Crown copyright and database right, Open Government Licence v3. Place names: GeoNames, CC BY 4.0.";

/** A figure can be withheld although it is 10 or more: else another could be worked out. */
export const notShown = "Not shown: fewer than 10, or withheld to protect another figure";
export const fewerNote = "Fewer than 10 does not mean none.";
export const noneNote = "A month with none is not shown either.";
export const beforeNote = "No figures yet: records may not reach back this far";
