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
import { dayMs, parseLocalDate } from "#core/time/zone.ts";

/** How the figures are made and what they cannot say; shown beside them and printed with them. */
export const methodNote: readonly string[] = [
  "Counted: reports by residents and partners, each where and when the middle of its time span lies. What police discovered is left out, because it follows where police go.",
  `Compared: before with after the start, in the treated area, in the ${ringCount} rings of cells around it, and within ${formatCount(edgeZoneMetres)} m of each border, against the control: the rest of the command, or cells chosen by hand. The control is scaled so that its count before the start equals that of the area it is compared with, and counts before are brought to the days after.`,
  `Weighted displacement difference (Wheeler and Ratcliffe 2018) with its ${100 * (1 - assessmentAlpha)}% interval; the edges are judged together, and so are phases (Holm 1979). With fewer than ${leastCount} reports in any of the four counts the answer is "not enough reports to tell".`,
  `Scatter: where ${fewestForDispersion} or more whole months before the start are known, every interval is widened by the root of the scatter of the area's own months about their mean of seven months, 1 where they scatter as chance does; an edge is taken to scatter no less than all edges together. Seasons count as scatter, so the interval is rather too wide than too narrow. With fewer months it is not widened.`,
  `The control is checked, not tested: over the whole months before the start, at least ${fewestForTrend} and at most three years, four rules ask whether it strays from the treated area by more than chance does on average (month by month, by half-years) or by one standard error (in sum, in slope). They serve to choose among controls. A control that runs parallel fails at least one of them about every second time, so a failure is a reason to look at the months and at another control, and passing proves nothing of the time after. In sum it passes by the way it is scaled.`,
  `Parts of the control (cells of about 94,000 m²) with more than ${100 * heavyShare}% of the treated area's reports are named and not left out: to leave out places because they were busy before would make the rest look as if it rose.`,
  "No check at all: that nothing else happened in the treated area at the same time, that people went on reporting as before, and that the control itself was not touched.",
  "The running difference is looked at every month, so its band is no test of a month; the first month of change says by when the sum shows a change that the answer has found, and that may be later than the change began.",
  "One-sided: beyond that line nothing is recorded, or not for all of both periods, so a problem that moved over it would not be seen.",
  "Across hot-spot policing in general, 78 tests find slight diffusion of benefit, not displacement (Braga et al. 2019, doi 10.1007/s11292-019-09372-3). That result is about places and crime in general, not about sex workers.",
  "Street sex workers displaced by police in London had about 4.8 times the odds of recent client violence (odds ratio 4.79, 95% interval 1.99 to 12.11; Scientific Reports 14:8191, 2024). A fall in reports is no gain if people were moved into harm.",
];

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
