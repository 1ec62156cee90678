import type { ControlDayEffect } from "#core/displacement/control-day-effect.ts";

/** What control days tell of patrols, in plain words, the interval before the best estimate. */
export function controlDaySentence({ control, other, ...effect }: ControlDayEffect): string {
  if (control.days === 0) {
    return "No week with control days is over yet: nothing can be compared.";
  }
  const { ratio, low, high, verdict } = effect;
  if (ratio === null || low === null || high === null) {
    return `Not enough reports to tell: ${reports(control.reports)} on the days left out and ${reports(other.reports)} on the other days are too few to compare, or one of the two is.`;
  }
  const found = `${percentOff(low)} to ${percentOff(high)} reports a place and day where patrols were possible than on the days left out (best estimate ${percentOff(ratio)})`;
  if (verdict === "fall") return `${found}: fewer where patrols were possible.`;
  if (verdict === "rise") return `${found}: more where patrols were possible.`;
  return `${found}: no clear difference.`;
}

function reports(count: number): string {
  return count === 1 ? "1 report" : `${count} reports`;
}

/** 0.84 is "16% fewer", 1.2 "20% more". */
function percentOff(ratio: number): string {
  const percent = Math.round((ratio - 1) * 100);
  return percent < 0 ? `${-percent}% fewer` : `${percent}% more`;
}
