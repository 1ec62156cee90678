import { watchedDays } from "#core/displacement/watch/reports.ts";
import { isRarest, recurrenceYears, watchSettings } from "#core/displacement/watch/settings.ts";
import type { AlertReply, WatchedOperation } from "#core/displacement/wire/alerts.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";
import { addDays, daysIn } from "#core/time/zone.ts";

type AlertFigures = Pick<
  AlertReply,
  "place" | "neighbour" | "isInternal" | "beyond" | "firstDay" | "lastDay" | "observed" | "expected"
> &
  Pick<AlertReply, "p" | "replicates"> & { readonly looksPerYear: number };

/** "In the 14 days to 26 November 2021, 12 reports near X where 4.1 were expected; ..." */
export function alertSentence(alert: AlertFigures): string {
  const { firstDay, lastDay, observed, expected, place } = alert;
  const days = daysIn({ from: firstDay, to: lastDay });
  const when =
    days === 1 ? `On ${dateName(lastDay)}` : `In the ${days} days to ${dateName(lastDay)}`;
  const were = `${expected.toFixed(1)} ${expected.toFixed(1) === "1.0" ? "was" : "were"} expected`;
  return `${when}, ${observed} reports near ${place} where ${were}; ${chanceWords(alert)}.${lineWords(alert)}`;
}

function chanceWords({ p, replicates, looksPerYear }: AlertFigures): string {
  const years = recurrenceYears(p, looksPerYear);
  const often = isRarest(p, replicates) ? "at most once" : "about once";
  return `chance alone would show this ${often} in ${yearWords(years)}`;
}

function yearWords(years: number): string {
  if (years >= 9.5) return `${Math.round(years)} years`;
  const rounded = years.toFixed(1).replace(/\.0$/, "");
  return rounded === "1" ? "a year" : `${rounded} years`;
}

function lineWords({ neighbour, isInternal, beyond, observed }: AlertFigures): string {
  if (neighbour === null) return "";
  if (isInternal) return ` It is along the ${neighbour} boundary.`;
  const over =
    beyond === 0
      ? "on this side of the boundary"
      : beyond === observed
        ? "all of it beyond the boundary"
        : `${beyond} of the ${observed} beyond the boundary`;
  return ` It is along the boundary with ${neighbour}, ${over}.`;
}

interface LookFigures
  extends Pick<NonNullable<WatchedOperation["look"]>, "asAt" | "answer" | "reports"> {
  readonly leftOut: number;
  /** London date of the last report; null without one. */
  readonly lastOn: string | null;
  /** Neighbours with no records beyond their line in these days, or only from within them on. */
  readonly unseen: readonly string[];
}

export function lookSentence(look: LookFigures): string {
  const { reports, answer, leftOut } = look;
  const { from, to } = watchedDays(look.asAt);
  const counted = `${formatQuantity(reports, "report")} within ${formatCount(watchSettings.reachMetres)} m of the treated area from ${dateName(from)} to ${dateName(to)}`;
  const found = {
    too_few: `Not enough reports to tell: ${counted}. A check needs ${watchSettings.fewestReports}.`,
    nothing: `No cluster among ${counted}.`,
    found: `A cluster found among ${counted}.`,
  }[answer];
  const out = leftOut === 0 ? "" : ` ${leftOut} more excluded: day not known.`;
  return `${found}${out}${lateWords(look)}${unseenWords(look.unseen)}`;
}

/** A look needs current records: with none for this long it sees nothing. */
const lateDays = 7;

function lateWords({ asAt, lastOn, answer }: LookFigures): string {
  if (lastOn === null) return answer === "too_few" ? "" : ` None in ${watchSettings.days} days.`;
  if (lastOn >= addDays(asAt, -lateDays)) return "";
  return ` The latest is from ${dateName(lastOn)}. Later reports are not in yet.`;
}

function unseenWords(unseen: readonly string[]): string {
  if (unseen.length === 0) return "";
  const names = new Intl.ListFormat("en-GB").format(unseen);
  return ` Beyond the boundary with ${names} nothing is recorded, or only the last days. A cluster there would not be seen.`;
}

export function watchNote(): readonly string[] {
  const { days, longestDays, radiusMetres, reachMetres, fewestReports } = watchSettings;
  const metres = (value: number) => `${formatCount(value)} m`;
  return [
    `Area and time: everything outside the treated area and within ${metres(reachMetres)} of it, over the ${days} days up to today. It crosses the area's boundary where reports beyond it are recorded.`,
    `Counted: complaints by residents and partners, and kerb crawling they reported, each at the middle of its time span. At most one per cell and day counts. Reports recorded by police are excluded, because they follow where police go. Reported street sex work is excluded, because an alert offers watch stops and such reports never send a patrol.`,
    `Method: space-time permutation scan (Kulldorff and others 2005). It looks for circles of at most ${metres(radiusMetres)} with more reports than usual for the place and the days. It covers the last days, at most ${longestDays}. A place that is always busy, or a day that is busy everywhere, raises no alert. Nor do fewer than ${watchSettings.fewestInCluster} reports. Slower rises show in the assessment, not as an alert.`,
    `It runs each day and after each import. The threshold is set so that chance alone raises at most one alert a year per operation. A continuing alert is updated, not raised again. It continues while its cluster is at most ${watchSettings.holdFactor} times as likely by chance as that.`,
    `With fewer than ${fewestReports} reports the answer is "not enough reports to tell". It is cautious: beside two reports a day, about half of the clusters of 12 more reports in two weeks raise an alert, and nine in ten of 18 (simulated). No alert does not mean that nothing moved. An alert says that reports have come together, not why, and nothing of who stands there.`,
  ];
}

type CountedCells = readonly { readonly cell: H3Cell; readonly reports: number }[];

export function clusterPlace(
  cells: CountedCells,
  edgeZones: readonly EdgeZone[],
  nameOf: (cell: H3Cell) => string,
): {
  /** Of the cell with the most reports: "Fore Street by Brettenham Road". */
  readonly place: string;
  /** The edge whose zone holds most of it, by its neighbour; null where there is none. */
  readonly neighbour: string | null;
  /** Of its reports, those beyond the line with that neighbour; 0 at a line inside the command. */
  readonly beyond: number;
} {
  const [busiest] = cells;
  if (busiest === undefined) throw new RangeError("A cluster without a report");
  const place = nameOf(busiest.cell);
  const all = countIn(cells, () => true);
  for (const { neighbour, inner, outer, isInternal } of edgeZones) {
    const [near, far] = [new Set(inner), new Set(outer)];
    const within = countIn(cells, (cell) => near.has(cell) || far.has(cell));
    if (2 * within < all) continue;
    return { place, neighbour, beyond: isInternal ? 0 : countIn(cells, (cell) => far.has(cell)) };
  }
  return { place, neighbour: null, beyond: 0 };
}

function countIn(cells: CountedCells, isInside: (cell: H3Cell) => boolean): number {
  return cells.reduce((sum, { cell, reports }) => sum + (isInside(cell) ? reports : 0), 0);
}
