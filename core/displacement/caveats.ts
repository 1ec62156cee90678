import { assessmentAlpha, leastCount } from "#core/displacement/compare.ts";
import { heavyShare } from "#core/displacement/control-check.ts";
import { ringCount } from "#core/displacement/zones.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { warningsFor } from "#core/records/quality/warnings.ts";
import { percent } from "#core/records/quality/words.ts";
import type { QualityGroup, QualityReply } from "#core/records/wire/quality.ts";
import { fewestForDispersion } from "#core/stats/dispersion.ts";
import { fewestForTrend } from "#core/stats/parallel-trend.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import { daysBetween } from "#core/time/zone.ts";

/** What a fall may hide; beside every one that is claimed (SAFEGUARDS). */
export const movedIntoDanger =
  "A fall is no success if people were moved into danger. Street sex workers displaced by police in London had about 4.8 times the odds of recent client violence.";

/** How the figures are made and what they cannot say; shown and printed with them. */
export const methodNote: readonly string[] = [
  "Counted: reports by residents and partners, each at the middle of its time span. Reports recorded by police are excluded, because they follow where police go.",
  `Compared: before and after the start, in the treated area, in the ${ringCount} rings of cells around it, and within ${formatCount(edgeZoneMetres)} m of each boundary. The comparison area is the rest of the area, or cells you chose. It is scaled to match each area’s count before the start. Counts before are scaled to the number of days after.`,
  `Weighted displacement difference (Wheeler and Ratcliffe 2018) with its ${100 * (1 - assessmentAlpha)}% interval, adjusted for testing several boundaries or phases (Holm 1979). With fewer than ${leastCount} reports in any of the four counts the answer is "not enough reports to tell".`,
  `Month-to-month variation: every interval is widened for overdispersion. The factor is the square root of the variation of the area's months before the start; 1 is chance alone. With ${fewestForDispersion} or more whole months it is taken about a seven-month mean, so seasons count as variation. No area is taken to vary less than the boundaries together, or the parts of the comparison area together. With fewer months those alone decide.`,
  "Elsewhere, with nothing done (placebo in space): the same difference is taken at every comparable stretch of the comparison area, and at the other boundaries. What they differ by beyond chance is local drift. It widens every interval, by the wider of the two and for the doubt about it. With too few comparable places it is not known.",
  `The comparison area is checked, not formally tested. The checks cover the whole months before the start, from ${fewestForTrend} months to three years. Four rules ask whether it departs from the treated area. Month by month and by half-year, the limit is the average difference by chance. Overall and for the trend, it is one standard error. They help to choose a comparison area. A good one fails at least one rule about half the time. After a failure, look at the months and try another area. A pass proves nothing about the time after. The overall check passes because of the scaling.`,
  `Parts of the comparison area (cells of about 94,000 m²) with more than ${100 * heavyShare}% of the treated area's reports are named but not excluded. Excluding places because they were busy would make the rest seem to rise.`,
  "Not checked: whether anything else happened in the treated area, whether people kept reporting as before, and whether the comparison area was affected.",
  "The running difference is shown for every month, so its band does not test single months. The first month of change is when the running total first shows the change. The change may have begun earlier.",
  "One-sided: beyond that boundary reports are not recorded, or not for both whole periods. A problem that moved across would not be seen.",
  "Across hotspot policing in general, 78 tests find slight diffusion of benefit, not displacement (Braga et al. 2019, doi 10.1007/s11292-019-09372-3). That is about places and crime in general, not sex workers.",
  `${movedIntoDanger} The odds ratio is 4.79, 95% interval 1.99 to 12.11 (Scientific Reports 14:8191, 2024).`,
];

interface Period {
  readonly from: string;
  readonly to: string;
}

/** A smaller share of uncertain times moves no comparison. */
const notableShare = 0.05;

/**
 * Limits of the records behind a comparison, as sentences: days that no report covers, and record
 * quality. Reported events only; police records are not counted.
 */
export function dataCaveats(
  quality: QualityReply,
  { before, after }: { readonly before: Period; readonly after: Period },
): readonly string[] {
  const reported = quality.groups.filter(({ source }) => source !== "police");
  if (reported.length === 0) return ["There are no reports by residents or partners."];
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
  const missing = daysBetween(from, first);
  if (missing <= 0) return [];
  return [
    `The first report is from ${formatDate(first)}. The first ${missing} days of the period before have none, so the comparison is incomplete.`,
  ];
}

function uncertainTimes(groups: readonly QualityGroup[]): string[] {
  const events = groups.reduce((total, group) => total + group.events, 0);
  const uncertain = groups.reduce((total, group) => total + group.overSixHours, 0);
  if (!(uncertain / events >= notableShare)) return [];
  return [
    `For ${percent(uncertain / events)} of the reports the time is uncertain by more than six hours. Each counts at the middle of its time span.`,
  ];
}
