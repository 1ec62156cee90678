import { nounOf } from "#client/hotspots/count-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { countFindings, type Findings } from "#client/hotspots/findings.ts";
import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { ChangeVerdict } from "#core/hotspots/change.ts";
import type { EmergingGroup } from "#core/hotspots/emerging-group.ts";
import {
  describeChanges,
  describeEfforts,
  describeGroups,
} from "#core/hotspots/measure-sentences.ts";
import type { Fold } from "#core/stats/folds.ts";
import { addDays } from "#core/time/zone.ts";

export interface MeasureSentenceInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly answer: MeasureAnswer | null;
  readonly findings: Findings | null;
}

/** The sentence of change, patterns and effort; null where that of counts and hot places holds. */
export function measureSentence(input: MeasureSentenceInput): string | null {
  const { view, picture, answer } = input;
  const { aside } = picture;
  if (aside?.measure === "none") return aside.fault;
  const { total } = picture.leading.summary;
  const shared = { total, weeks: daysIn(view) / 7, noun: nounOf(view) };
  const counts = countFindings(input.findings ?? []);
  const numberOf = (finding: Parameters<typeof counts.get>[0]) => counts.get(finding) ?? 0;
  if (answer?.measure === "change" && aside?.measure === "change") {
    return describeChanges({
      ...shared,
      before: aside.summary.total,
      weeksBefore: daysIn(aside.range) / 7,
      verdicts: counts as ReadonlyMap<ChangeVerdict, number>,
    });
  }
  if (answer?.measure === "emerging" && aside?.measure === "emerging") {
    return describeGroups({
      ...shared,
      steps: describeSteps(aside.steps),
      groups: counts as ReadonlyMap<EmergingGroup, number>,
    });
  }
  if (answer?.measure === "effort" && aside?.measure === "effort") {
    const known = answer.efforts.filter((effort) => effort?.status === "known").length;
    return describeEfforts({
      ...shared,
      minutes: aside.total,
      known,
      unknown: numberOf("unknown"),
    });
  }
  return null;
}

/** "15 months", "8 weeks". */
export function describeSteps(steps: readonly Fold[]): string {
  const [first] = steps;
  const isWeeks = first !== undefined && addDays(first.from, 6) === first.to;
  return `${steps.length} ${isWeeks ? "weeks" : "months"}`;
}
