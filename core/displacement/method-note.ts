import { assessmentAlpha, leastCount } from "#core/displacement/compare.ts";
import { heavyShare } from "#core/displacement/control-check.ts";
import { ringCount } from "#core/displacement/zones.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { fewestForDispersion } from "#core/stats/dispersion.ts";
import { fewestForTrend } from "#core/stats/parallel-trend.ts";
import { formatCount } from "#core/text/numbers.ts";

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
