import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

const tooFew = "Too few visits to tell";

/** "86": of 100. */
export function pointsText(score: number): string {
  return formatCount(Math.round(100 * score));
}

/** "86 of 100" */
export function scoreText(score: number | null): string {
  return score === null ? tooFew : `${pointsText(score)} of 100`;
}

/** "Arrival times: 86 of 100 for being hard to predict (62 the week before)." */
export function arrivalSentence({ score, weeks }: ArrivalTimes): string {
  if (score === null) return "Arrival times: too few visits to tell how hard to predict.";
  const before = weeks.at(-1)?.score ?? null;
  const beside = before === null ? "" : ` (${pointsText(before)} the week before)`;
  return `Arrival times: ${scoreText(score)} for being hard to predict${beside}.`;
}

/** "By week: Mon 11 Oct too few visits, Mon 18 Oct 62, this plan 86." For who does not see the bars. */
export function trendSentence({ score, weeks }: ArrivalTimes): string {
  const pointsOf = (one: number | null) => (one === null ? "too few visits" : pointsText(one));
  const before = weeks.map((week) => `${formatDay(week.from)} ${pointsOf(week.score)}`);
  return `By week: ${[...before, `this plan ${pointsOf(score)}`].join(", ")}.`;
}
