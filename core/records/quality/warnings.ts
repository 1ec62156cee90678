import type { EventSource } from "#core/records/event.ts";
import { type EventKind, reportedKinds } from "#core/records/kinds.ts";
import {
  daysSince,
  type Finding,
  findingsOf,
  hasMidnightSpike,
  missingMonths,
  sharesOf,
} from "#core/records/quality/findings.ts";
import { groupName, monthList, percent, unknownSentence } from "#core/records/quality/words.ts";
import type { QualityGroup, QualityReply } from "#core/records/wire/quality.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** What a screen shows: dates inclusive, and the kinds from each source. */
export interface ShownRecords {
  readonly from: string;
  readonly to: string;
  readonly shows: (kind: EventKind, source: EventSource) => boolean;
}

export interface QualityWarning {
  readonly finding:
    | Extract<Finding, "stale" | "gap" | "midnight" | "snapped">
    | "moved"
    | "renamed";
  readonly text: string;
}

export const careFor: Readonly<Record<QualityWarning["finding"], string>> = {
  stale: "That it looks quiet after that day says nothing: go by what you know.",
  moved: "Read neither a rise nor a fall over that day where the area changed.",
  renamed: "What was printed before that day names the old areas.",
  gap: "Read neither a fall into that time nor a rise after it.",
  midnight:
    "The hours around midnight may only look busy: ask what is known of the hours beside it.",
  snapped: "Think of the street as a whole: a cell beside a busy one may be as busy.",
};

export function warningsFor(quality: QualityReply, shown: ShownRecords): QualityWarning[] {
  const groups = quality.groups
    .filter(({ kind, source }) => shown.shows(kind, source))
    .filter(({ first }) => first <= shown.to)
    .flatMap((group) => warningsOf(group, quality.asAt, shown));
  return [...moveWarnings(quality, shown), ...unknownWarnings(quality, shown), ...groups];
}

/** Screens compare with up to a year before what they show. */
const comparedDays = 366;

function moveWarnings({ moved }: QualityReply, { from, to }: ShownRecords): QualityWarning[] {
  if (moved === undefined || moved.on > to || moved.on <= addDays(from, -comparedDays)) return [];
  const effects = [
    ...(moved.cameIn ? ["ground that came in has few records from before"] : []),
    ...(moved.left ? ["ground that left has none since"] : []),
  ];
  const isGround = effects.length > 0;
  const effect = isGround ? effects.join(", and ") : "all dates are counted by the new ones";
  const text = `Boundaries changed on ${formatDate(moved.on)}: ${effect}.`;
  return [{ finding: isGround ? "moved" : "renamed", text }];
}

const isShownMonth = ({ from, to }: ShownRecords, month: string) =>
  month >= from.slice(0, 7) && month <= to.slice(0, 7);

function unknownWarnings({ unknownMonths }: QualityReply, shown: ShownRecords): QualityWarning[] {
  const { shows } = shown;
  const months = unknownMonths.filter((month) => isShownMonth(shown, month));
  const isReported = reportedKinds.some(
    (kind) => shows(kind, "resident") || shows(kind, "partner"),
  );
  if (months.length === 0 || !isReported) return [];
  return [{ finding: "gap", text: unknownSentence(months) }];
}

function warningsOf(group: QualityGroup, asAt: string, shown: ShownRecords): QualityWarning[] {
  const name = groupName(group);
  const found = findingsOf(group, asAt);
  const shares = sharesOf(group);
  const missing = missingMonths(group).filter((month) => isShownMonth(shown, month));
  const warnings: (QualityWarning | false)[] = [
    found.has("stale") &&
      shown.to > group.last && {
        finding: "stale",
        text: `${name} end on ${formatDate(group.last)}: none came in for ${formatQuantity(daysSince(group, asAt), "day")}, which is longer than ever before.`,
      },
    missing.length > 0 && {
      finding: "gap",
      text: `${name}: none in ${monthList(missing)}, though there are before and after. That is a gap in the records, not a quiet time.`,
    },
    hasMidnightSpike(group) && {
      finding: "midnight",
      text: `${name}: ${percent(shares.midnight ?? 0)} of the times are 00:00, far more than at other full hours. Midnight may mean "not known".`,
    },
    found.has("snapped") && {
      finding: "snapped",
      text: `${name}: ${percent(shares.snapped ?? 0)} lie on points that many share, beyond chance. Cells with such a point look busier, those beside it emptier.`,
    },
  ];
  return warnings.filter((warning) => warning !== false);
}
