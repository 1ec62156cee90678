import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { formatCount } from "#core/text/numbers.ts";

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
export function arrivalSentence({ score, guessed, before }: ArrivalTimes): string {
  if (score === null || guessed === null) return "Arrival times: too few visits to tell.";
  const beside = before.guessed === null ? "" : ` (the week before, ${guessText(before.guessed)})`;
  return `Arrival times: an observer would guess the half-hour ${guessText(guessed)}${beside}. Varied: ${pointsText(score)} of 100.`;
}

/** "86 of 100" */
export function scoreText(score: number | null): string {
  return score === null ? "Too few visits to tell" : `${pointsText(score)} of 100`;
}
