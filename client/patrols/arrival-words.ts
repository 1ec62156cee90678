import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

const tooFew = "Too few visits to tell";

/** "86 of 100" */
export function scoreText(score: number | null): string {
  return score === null ? tooFew : `${formatCount(Math.round(100 * score))} of 100`;
}

/** "62 the week before"; null where that cannot be told. */
export function weekBeforeText({ score, weeks }: ArrivalTimes): string | null {
  const before = weeks.at(-1)?.score ?? null;
  if (score === null || before === null) return null;
  return `${formatCount(Math.round(100 * before))} the week before`;
}

/** "Arrival times: 86 of 100 for being hard to predict (62 the week before)." */
export function arrivalSentence(times: ArrivalTimes): string {
  if (times.score === null) return "Arrival times: too few visits to tell how hard to predict.";
  const before = weekBeforeText(times);
  return `Arrival times: ${scoreText(times.score)} for being hard to predict${before ? ` (${before})` : ""}.`;
}

/** "By week: Mon 11 Oct too few visits, Mon 18 Oct 62, this plan 86." For who does not see the bars. */
export function trendSentence({ score, weeks }: ArrivalTimes): string {
  const numberOf = (value: number | null) =>
    value === null ? "too few visits" : formatCount(Math.round(100 * value));
  const before = weeks.map((week) => `${formatDay(week.from)} ${numberOf(week.score)}`);
  return `By week: ${[...before, `this plan ${numberOf(score)}`].join(", ")}.`;
}
