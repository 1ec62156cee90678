import { assessmentAlpha, leastCount } from "#core/displacement/compare.ts";
import { ringCount } from "#core/displacement/zones.ts";
import { edgeZoneMetres } from "#core/geo/edge-zone.ts";

/** How the figures are made and what they cannot say; shown beside them and printed with them. */
export const methodNote: readonly string[] = [
  "Counted: reports by residents and partners, each where and when the middle of its time span lies. What police discovered is left out, because it follows where police go.",
  `Compared: before with after the start, in the treated area, in the ${ringCount} rings of cells around it, and within ${edgeZoneMetres.toLocaleString("en-GB")} m of each border, against the rest of the command. The rest is scaled so that its count before the start equals that of the area it is compared with.`,
  `Weighted displacement difference (Wheeler and Ratcliffe 2018) with its ${100 * (1 - assessmentAlpha)} % interval; the edges are judged together (Holm 1979). With fewer than ${leastCount} reports in any of the four counts the answer is "cannot tell".`,
  "One-sided: nothing is recorded beyond that line, so a problem that moved over it would not be seen.",
  "Across hot-spot policing in general, 78 tests find slight diffusion of benefit, not displacement (Braga et al. 2019, doi 10.1007/s11292-019-09372-3). That result is about places and crime in general, not about sex workers.",
  "Street sex workers displaced by police in London had about 4.8 times the odds of recent client violence (odds ratio 4.79, 95 % interval 1.99 to 12.11; Scientific Reports 14:8191, 2024). A fall in reports is no gain if people were moved into harm.",
];
