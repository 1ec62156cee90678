import { tenFiveRule } from "#core/disclosure/rule.ts";
import { recordOf } from "#core/patrols/seals/record.ts";
import { verdictOf } from "#core/patrols/seals/words.ts";
import type { OutcomeContent } from "#core/patrols/wire/forecast-seals.ts";
import type { ReleaseForecast } from "#core/releases/wire/release.ts";
import { formatQuantity } from "#core/text/numbers.ts";
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
    `Each forecast is sealed before its week begins and cannot be changed after that. The places chosen are ${publicShare * 100}% of the area; which they are is not public. Weeks with fewer than ${tenFiveRule.threshold} reports are left out.`,
    isReplayed
      ? "These were made afterwards for the demonstration, from what was known before each week, so they prove nothing."
      : "",
    head === null ? "" : `Last seal: ${head.slice(0, 16)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
  if (!share) return { text: "No week of these months has a sealed forecast to judge.", basis };
  const [first, last] = [inside[0]?.week ?? "", inside.at(-1)?.week ?? ""];
  return {
    text: `The places that the forecast chose are compared with as many chosen by counting last year's reports. ${comparedWords(share, record.weeks)} ${verdicts[verdictOf(share) ?? "unclear"]}`,
    basis: `Weeks from ${dateName(first)} to ${dateName(addDays(last, 6))}. ${basis}`,
  };
}

function comparedWords(
  { more, same, fewer }: { readonly more: number; readonly same: number; readonly fewer: number },
  weeks: number,
): string {
  return `In ${more} of ${formatQuantity(weeks, "week")} the forecast's places had more reports, in ${same} as many, and in ${fewer} fewer.`;
}

const verdicts = {
  better: "Over all these weeks the forecast found more than counting past reports would have.",
  worse: "Over all these weeks counting past reports would have found more.",
  unclear:
    "There are not enough reports to tell whether the forecast is better than counting past reports.",
} as const;
