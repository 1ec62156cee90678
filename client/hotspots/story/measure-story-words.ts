import { nounOf } from "#client/hotspots/count-words.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import { isAnswerable } from "#client/hotspots/measures/measure.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";

/** What the measure found in one place, in figures; null where it has nothing to say. `at`: in the study set. */
export function storyWords(view: HotspotsView, ranked: Ranked, at: number): string | null {
  const { answer, picture } = ranked;
  const { aside, leading } = picture;
  if (!isAnswerable(aside) || answer?.measure !== aside.measure) return null;
  const told = { at, count: leading.summary.counts[at] ?? 0, noun: nounOf(view) };
  return measureOf(answer.measure).story?.(told, aside, answer) ?? null;
}
