import { tenFiveRule } from "#core/disclosure/rule.ts";
import { recordOf } from "#core/patrols/seals/record.ts";
import { verdictOf, weeksWords } from "#core/patrols/seals/words.ts";
import type { OutcomeContent } from "#core/patrols/wire/forecast-seals.ts";
import type { ReleaseForecast } from "#core/releases/wire/release.ts";
import { endOfMonths, type Month } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** About what patrols of a week reach. */
const publicShare = 0.02;

export interface SealedOutcomes {
  /** The first score of each week. */
  readonly outcomes: readonly OutcomeContent[];
  /** Of the chain of seals. */
  readonly head: string | null;
  readonly isReplayed: boolean;
}

/**
 * How often the forecast was right, over every sealed week inside the months shown: of weeks, never of a place or of how many
 * came. A week with fewer reports than may be shown is left out, whichever way it went.
 */
export function forecastWords(
  { outcomes, head, isReplayed }: SealedOutcomes,
  months: readonly Month[],
): ReleaseForecast {
  const [from, end] = [`${months[0] ?? ""}-01`, endOfMonths(months)];
  const inside = outcomes.filter(
    ({ week, total }) => week >= from && addDays(week, 7) <= end && total >= tenFiveRule.threshold,
  );
  const record = recordOf(inside);
  const share = record.shares.find((one) => one.share === publicShare);
  const basis = [
    isReplayed
      ? "These forecasts were made afterwards for the demonstration, from what was known before each week, so they prove nothing. In use, each is sealed before its week and cannot be changed after that."
      : "Each forecast is sealed before its week begins and cannot be changed after that.",
    `The places chosen are ${publicShare * 100}% of the area; which they are is not public. Weeks with fewer than ${tenFiveRule.threshold} reports are left out.`,
    ...(head === null ? [] : [`Last seal: ${head.slice(0, 16)}.`]),
  ].join(" ");
  if (!share) return { text: "No week of these months has a sealed forecast to judge.", basis };
  const [first, last] = [inside[0]?.week ?? "", inside.at(-1)?.week ?? ""];
  return {
    text: `Each week the places that the forecast chose are compared with as many chosen by counting last year's reports. They had ${weeksWords(share, record.weeks)}. ${verdicts[verdictOf(share) ?? "unclear"]}`,
    basis: `Weeks from ${dateName(first)} to ${dateName(addDays(last, 6))}. ${basis}`,
  };
}

const verdicts = {
  better: "Over all these weeks they had more reports than the best of three ways of counting.",
  worse: "Over all these weeks the best of three ways of counting did better.",
  unclear:
    "There are not enough reports to tell whether they do better than the best of three ways of counting.",
} as const;
