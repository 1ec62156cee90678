import {
  type PlacePlan,
  type PlanArea,
  planStateWords,
  responseParts,
  responseWords,
} from "#core/place-plans/plan.ts";
import { formatDate } from "#core/time/words.ts";

/** What is another between two states of a plan, each as a short clause; of long words only that they changed. */
export function planChanges(before: PlacePlan, after: PlacePlan): readonly string[] {
  return [
    ...changed("name", before.name, after.name),
    ...changed("state", planStateWords[before.state], planStateWords[after.state]),
    ...changed("review", formatDate(before.reviewOn), formatDate(after.reviewOn)),
    ...changed("place", areaWords(before.area), areaWords(after.area)),
    ...(["scanning", "analysis"] as const).flatMap((part) =>
      reworded(part, before[part], after[part]),
    ),
    ...responseParts.flatMap((part) =>
      reworded(
        `response, ${responseWords[part].toLowerCase()}`,
        before.response[part],
        after.response[part],
      ),
    ),
    ...reworded("stop rule", before.stopRule, after.stopRule),
    ...reworded("result", before.result, after.result),
    ...changed("at the meeting", spoken(before), spoken(after)),
  ];
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before}, now ${after}`];
}

function reworded(what: string, before: string, after: string): string[] {
  if (before === after) return [];
  if (before === "") return [`${what}: written`];
  return [after === "" ? `${what}: taken out` : `${what}: reworded`];
}

function spoken({ isForMeeting }: PlacePlan): string {
  return isForMeeting ? "yes" : "no";
}

/** "Fore Street (14 cells)" */
export function areaWords({ by, name, cells }: PlanArea): string {
  const said = name ?? (by === "point" ? "around a point of the map" : "picked cell by cell");
  return `${said} (${cells.length} ${cells.length === 1 ? "cell" : "cells"})`;
}
