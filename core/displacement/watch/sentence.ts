import { isRarest, recurrenceYears } from "#core/displacement/watch/level.ts";
import { watchedDays } from "#core/displacement/watch/reports.ts";
import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import { formatCount } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";
import { addDays, dayMs, parseLocalDate } from "#core/time/zone.ts";

export interface AlertFigures {
  readonly place: string;
  readonly neighbour: string | null;
  /** The line runs inside the command. */
  readonly isInternal: boolean;
  /** Reports beyond the line. */
  readonly beyond: number;
  /** London dates, both inclusive. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly observed: number;
  readonly expected: number;
  readonly p: number;
  readonly replicates: number;
  readonly looksPerYear: number;
}

/** "In the 14 days to 26 November 2021, 12 reports near X where 4.1 were expected; ..." */
export function alertSentence(alert: AlertFigures): string {
  const { firstDay, lastDay, observed, expected, place } = alert;
  const days = Math.round((parseLocalDate(lastDay) - parseLocalDate(firstDay)) / dayMs) + 1;
  const when =
    days === 1 ? `On ${dateName(lastDay)}` : `In the ${days} days to ${dateName(lastDay)}`;
  const were = `${expected.toFixed(1)} ${expected.toFixed(1) === "1.0" ? "was" : "were"} expected`;
  return `${when}, ${observed} reports near ${place} where ${were}; ${chanceWords(alert)}.${lineWords(alert)}`;
}

function chanceWords({ p, replicates, looksPerYear }: AlertFigures): string {
  const years = recurrenceYears(p, looksPerYear);
  const often = isRarest(p, replicates) ? "at most once" : "about once";
  return `chance alone would show as much ${often} in ${yearWords(years)}`;
}

function yearWords(years: number): string {
  if (years >= 9.5) return `${Math.round(years)} years`;
  const rounded = years.toFixed(1).replace(/\.0$/, "");
  return rounded === "1" ? "a year" : `${rounded} years`;
}

function lineWords({ neighbour, isInternal, beyond, observed }: AlertFigures): string {
  if (neighbour === null) return "";
  if (isInternal) return ` It lies along the ${neighbour} line.`;
  const over =
    beyond === 0
      ? "on this side of the line"
      : beyond === observed
        ? "all of it beyond the line"
        : `${beyond} of the ${observed} beyond the line`;
  return ` It lies along the edge to ${neighbour}, ${over}.`;
}

export interface LookFigures {
  readonly asAt: string;
  readonly answer: "too_few" | "nothing" | "found";
  readonly reports: number;
  readonly leftOut: number;
  /** London date of the last report; null without one. */
  readonly lastOn: string | null;
  /** Neighbours beyond whose line nothing is recorded in these days, or only from within them on. */
  readonly unseen: readonly string[];
}

/** What a look was at and what came of it. */
export function lookSentence(look: LookFigures, settings: WatchSettings): string {
  const { reports, answer, leftOut } = look;
  const { from, to } = watchedDays(look.asAt, settings.days);
  const counted = `${reports === 1 ? "1 report" : `${reports} reports`} within ${formatCount(settings.reachMetres)} m of the treated area from ${dateName(from)} to ${dateName(to)}`;
  const found = {
    too_few: `Not enough reports to tell: ${counted}; a look needs ${settings.fewestReports}.`,
    nothing: `Nothing stands out among ${counted}.`,
    found: `Something stands out among ${counted}.`,
  }[answer];
  const out = leftOut === 0 ? "" : ` ${leftOut} more are left out, as their day is not known.`;
  return `${found}${out}${lateWords(look, settings)}${unseenWords(look.unseen)}`;
}

/** A look sees what goes on today: where nothing has come in for long it sees nothing. */
const lateDays = 7;

function lateWords({ asAt, lastOn, answer }: LookFigures, { days }: WatchSettings): string {
  if (lastOn === null) return answer === "too_few" ? "" : ` None in ${days} days.`;
  if (lastOn >= addDays(asAt, -lateDays)) return "";
  return ` The last of them is of ${dateName(lastOn)}: what has happened since is not in yet.`;
}

function unseenWords(unseen: readonly string[]): string {
  if (unseen.length === 0) return "";
  const names =
    unseen.length === 1 ? unseen[0] : `${unseen.slice(0, -1).join(", ")} and ${unseen.at(-1)}`;
  return ` Beyond the line with ${names} nothing is recorded, or the last days alone: a cluster there would not be seen.`;
}
