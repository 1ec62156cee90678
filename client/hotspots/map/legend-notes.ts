import { capitalised } from "#client/hotspots/capitalised.ts";
import { describeWeek } from "#client/hotspots/clock/week-words.ts";
import { countedWords, nounOf, sourceLine } from "#client/hotspots/count-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import { faultOf, isAnswerable } from "#client/hotspots/measures/measure.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import { type HotspotsView, isWholeWeek, leadingSource, showsHot } from "#client/hotspots/view.ts";
import { fewestAround } from "#core/hotspots/emerging-group.ts";
import { describeWeeks } from "#core/hotspots/sentence.ts";
import { typesNote } from "#core/records/types.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface LegendWords {
  readonly view: HotspotsView;
  readonly picture: Picture;
}

/** Period, study area, source, test and correction: the same lines under every measure. */
export function legendNotes(words: LegendWords): readonly string[] {
  const { view, picture } = words;
  return [
    formatDateRange(view.from, view.to),
    ...asideNotes(words),
    describeWeek(view.time),
    `${picture.lens.study.name}. ${sourceLine(view)}`,
    ...typeNotes(picture),
    ...testNotes(words),
    ...fewNotes(words),
    ...scaleNotes(view),
  ];
}

function asideNotes({ view, picture: { aside } }: LegendWords): readonly string[] {
  if (!isAnswerable(aside)) return [];
  return measureOf(aside.measure).notes?.(aside, countedWords(view)) ?? [];
}

function typeNotes({ types = [] }: Picture): readonly string[] {
  const note = typesNote(types);
  return note === null ? [] : [note];
}

/** None where the picture is the counts: their test stands below the notes. */
function testNotes({ view, picture }: LegendWords): readonly string[] {
  const { aside } = picture;
  const fault = faultOf(aside);
  if (fault !== null) return [fault];
  const { id, test } = measureOf(view.measure);
  if (!test) return [];
  return [test(isAnswerable(aside) && aside.measure === id ? aside : null)];
}

/** A handful clusters easily: the outlines stand, and so does the warning. */
function fewNotes({ view, picture }: LegendWords): readonly string[] {
  const { total } = picture.leading.summary;
  if (!showsHot(view) || total === 0 || total >= fewestAround) return [];
  return [`Under ${fewestAround} in all: not enough reports to tell which places stand out`];
}

function scaleNotes(view: HotspotsView): readonly string[] {
  if (!showsHot(view) || leadingSource(view) !== "reported") return [];
  return [`Same scale for any ${describeLength(view)}`];
}

/** "8 weeks", "8 weeks of these hours": what the classes are fixed for. */
function describeLength(view: HotspotsView): string {
  const length = describeWeeks(daysIn(view) / 7);
  return isWholeWeek(view.time) ? length : `${length} of these hours`;
}

/** "Reports per cell", "Change in complaints per cell". */
export function countTitle(view: HotspotsView, size: string): string {
  return `${capitalised(nounOf(view).many)} per cell, ${size} across`;
}
