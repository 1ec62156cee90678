import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import { formatCount } from "#core/text/numbers.ts";

/** How it is looked for and what it cannot say; shown beside the alerts. */
export function watchNote(settings: WatchSettings): readonly string[] {
  const { days, longestDays, radiusMetres, reachMetres, fewestReports, mostPerCellAndDay } =
    settings;
  const many = settings.falseAlertsPerYear === 1 ? "one" : String(settings.falseAlertsPerYear);
  const metres = (value: number) => `${formatCount(value)} m`;
  return [
    `Looked at: everything within ${metres(reachMetres)} of the treated area and outside of it, on both sides of the command's line where reports from beyond it are recorded; the ${days} days up to today.`,
    `Counted: complaints by residents and partners, and kerb crawling that they reported, each where and when the middle of its time span lies, at most ${mostPerCellAndDay === 1 ? "one" : mostPerCellAndDay} of a cell in a day. What police discovered is left out, because it follows where police go; so is reported street sex work, because an alert offers watch stops and no patrol is sent by it.`,
    `Looked for: circles of at most ${metres(radiusMetres)} with more reports in the last days, ${longestDays} at most, than the place and the days have had otherwise (space-time permutation scan, Kulldorff and others 2005). A place that is busy all the time, and a day that is busy everywhere, do not stand out; nor do fewer than ${settings.fewestInCluster} reports. A rise that came on more slowly than that is for the assessment, not for an alert.`,
    `Looked again each day and after each import. The level is set so that chance alone brings about ${many} alert a year for each operation at most; an alert that goes on is brought up to date, not raised again, and goes on while its cluster is at most ${settings.holdFactor} times as likely by chance as that.`,
    `With fewer than ${fewestReports} reports the answer is "not enough reports to tell". It is cautious: beside two reports a day, about half of the clusters of 12 more reports in two weeks raise an alert, and nine in ten of 18 (simulated). No alert does not mean that nothing moved. An alert says that reports have come together, not why, and nothing of who stands there.`,
  ];
}
