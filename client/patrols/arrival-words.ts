import { pointsText } from "#core/patrols/arrival-times/arrival-words.ts";
import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { formatDay } from "#core/time/words.ts";

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
