import { warningsFor } from "#core/records/quality/warnings.ts";
import { percent } from "#core/records/quality/words.ts";
import type { QualityGroup, QualityReply } from "#core/records/wire/quality.ts";
import { formatDate } from "#core/time/words.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";

interface Period {
  readonly from: string;
  readonly to: string;
}

/** A smaller share of uncertain times moves no comparison. */
const notableShare = 0.05;

/**
 * What of the records weighs on a comparison, in sentences: days that no report covers, and what the
 * quality of the records says. Of what was reported alone; police records are not counted.
 */
export function dataCaveats(
  quality: QualityReply,
  { before, after }: { readonly before: Period; readonly after: Period },
): readonly string[] {
  const reported = quality.groups.filter(({ source }) => source !== "police");
  if (reported.length === 0) return ["There is no report by residents or partners at all."];
  const shows: Parameters<typeof warningsFor>[1]["shows"] = (_kind, source) => source !== "police";
  const warnings = warningsFor(quality, { from: before.from, to: after.to, shows });
  return [
    ...startCaveat(reported, before.from),
    ...warnings.map(({ text }) => text),
    ...uncertainTimes(reported),
  ];
}

function startCaveat(groups: readonly QualityGroup[], from: string): string[] {
  const first = groups.map((group) => group.first).reduce((a, b) => (a < b ? a : b));
  const missing = Math.round((parseLocalDate(first) - parseLocalDate(from)) / dayMs);
  if (missing <= 0) return [];
  return [
    `The first report is of ${formatDate(first)}: the first ${missing} days of the period before hold none, so it is no full comparison.`,
  ];
}

function uncertainTimes(groups: readonly QualityGroup[]): string[] {
  const events = groups.reduce((total, group) => total + group.events, 0);
  const uncertain = groups.reduce((total, group) => total + group.overSixHours, 0);
  if (!(uncertain / events >= notableShare)) return [];
  return [
    `${percent(uncertain / events)} of the reports have a time that is uncertain by more than six hours; each counts where and when its middle lies.`,
  ];
}
