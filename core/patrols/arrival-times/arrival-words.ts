import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

/** "86": of 100. */
export function pointsText(score: number): string {
  return formatCount(Math.round(100 * score));
}

/** "1 time in 7", "8 times in 10", "nearly every time" */
export function guessText(guessed: number): string {
  if (guessed >= 0.95) return "nearly every time";
  if (guessed > 2 / 3) return `${Math.round(10 * guessed)} times in 10`;
  return `1 time in ${Math.round(1 / guessed)}`;
}

/** "Arrival times: an observer would guess the half-hour 1 time in 7 (the week before, 1 time in 5). Varied: 86 of 100." */
export function arrivalSentence({ score, guessed, weeks }: ArrivalTimes): string {
  if (score === null || guessed === null) return "Arrival times: too few visits to tell.";
  const before = weeks.at(-1)?.guessed ?? null;
  const beside = before === null ? "" : ` (the week before, ${guessText(before)})`;
  return `Arrival times: an observer would guess the half-hour ${guessText(guessed)}${beside}. Varied: ${pointsText(score)} of 100.`;
}

/** "86 of 100" */
export function scoreText(score: number | null): string {
  return score === null ? "Too few visits to tell" : `${pointsText(score)} of 100`;
}

/** "By week: Mon 11 Oct too few visits, Mon 18 Oct 62, this plan 86." For who does not see the bars. */
export function trendSentence({ score, weeks }: ArrivalTimes): string {
  const pointsOf = (one: number | null) => (one === null ? "too few visits" : pointsText(one));
  const before = weeks.map((week) => `${formatDay(week.from)} ${pointsOf(week.score)}`);
  return `By week: ${[...before, `this plan ${pointsOf(score)}`].join(", ")}.`;
}
