import type { Baseline } from "#client/hotspots/map/baseline.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import type { MarkShape } from "#client/map/layers/mark-shapes.ts";
import type { Palette } from "#client/map/palette.ts";
import type { PeriodLengths } from "#core/hotspots/change.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import type { HarmSums } from "#core/hotspots/harm.ts";
import type { Hotspot, RankInput, Measure as RankMeasure } from "#core/hotspots/rank.ts";
import type { DoseReply } from "#core/hotspots/wire/dose.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { HarmTable } from "#core/records/wire/harm-weights.ts";
import type { Zone } from "#core/time/zone.ts";

/** What a measure reads of the view. */
export interface MeasureView extends DateRange {
  readonly area: string;
  readonly time: { readonly days: readonly number[] };
  readonly baseline: Baseline;
  readonly reported: readonly EventKind[];
}

/** What a measure may stand on: the same records in other dates, hours of patrol, the finest cells. */
export interface Scene {
  readonly view: MeasureView;
  /** From the first record to the as-at date. */
  readonly within: DateRange;
  readonly zone: Zone;
  readonly study: StudySet;
  readonly finest: StudySet;
  /** The chosen records in other dates, half-open epoch minutes; a fresh summary each time. */
  readonly counted: (during: { readonly from: number; readonly to: number }) => HotspotSummary;
  readonly dose: DoseReply | "loading" | "failed";
  /** Saved harm weights, newest first; none: nobody has saved any. */
  readonly harmTables: readonly HarmTable[] | "loading" | "failed";
  /** The chosen reports by harm, from the weight of each class of events (`harmByClass`). */
  readonly weighed: (byClass: Float64Array) => HarmSums;
  /** Counts of the finest cells and the bounds of their classes; null while no surface is drawn. */
  readonly fine: {
    readonly study: StudySet;
    readonly breaks: readonly number[];
    readonly weights: () => Float64Array;
  } | null;
}

/** What a measure stands on beside the counts of the chosen dates, and what the worker is asked for it. */
export interface Aside {
  readonly measure: string;
  readonly ask: () => Ask;
}

/** The question makes no sense here: counts are shown in its place, and a plain answer says so, why and what to do. */
export interface Unanswerable {
  readonly measure: "none";
  /** "By count: no harm weights are saved yet." */
  readonly fault: string;
  /** What it waits for may still come. */
  readonly isWaiting: boolean;
}

export function unanswerable(why: string, isWaiting = false): Unanswerable {
  const fault = `By count: ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  return { measure: "none", fault, isWaiting };
}

export function isAnswerable(aside: Aside | Unanswerable | null | undefined): aside is Aside {
  return aside !== null && aside !== undefined && aside.measure !== "none";
}

/** Why there is no answer; null where there may be one. */
export function faultOf(aside: Aside | Unanswerable | null | undefined): string | null {
  return aside && "fault" in aside ? (aside as Unanswerable).fault : null;
}

/** What a measure finds of a place, in the words of its legend; "too few to say" is one of them. */
export type Finding = string;

/** Per cell of the study set; null where there is nothing to say. */
export type Findings = readonly (Finding | null)[];

/** How a finding looks on map, legend and list: never by colour alone. */
export interface FindingLook {
  readonly finding: Finding;
  /** One or two words, in the list. */
  readonly word: string;
  /** In the legend: what it means. */
  readonly label: string;
  /** Filled with this token; null: no fill. */
  readonly fill: keyof Palette | null;
  readonly opacity: number;
  readonly mark: MarkShape | null;
}

export const look = (
  finding: Finding,
  word: string,
  label: string,
  fill: FindingLook["fill"],
  mark: FindingLook["mark"],
  opacity = 0.85,
): FindingLook => ({ finding, word, label, fill, mark, opacity });

/** A mark is cut out of its fill; without one it has the colour itself. */
export function markToken({ fill }: FindingLook, isHollow: boolean): keyof Palette {
  if (!fill) return "cannot-tell";
  return isHollow ? fill : "paper";
}

/** A row of the list as a measure sees it. */
export interface MeasuredRow extends Hotspot {
  /** Position in the study set. */
  readonly at: number;
  readonly finding: Finding | null;
}

export interface MeasureColumn {
  readonly key: string;
  readonly label: string;
  readonly text: (row: MeasuredRow) => string;
  readonly isNumber: boolean;
  /** Shown with the mark of what was found. */
  readonly isFound?: boolean;
  /** Never on paper (SAFEGUARDS 6). */
  readonly screenOnly?: boolean;
  /** Ascending; absent for a column of the counts. */
  readonly compare?: (a: MeasuredRow, b: MeasuredRow) => number;
}

export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** What a change is told against, for all that shows both periods. */
export interface Compared {
  readonly range: DateRange;
  readonly lengths: PeriodLengths;
  readonly summary: HotspotSummary;
}

/** What every sentence begins with. */
export interface Told {
  readonly total: number;
  readonly weeks: number;
  readonly noun: Noun;
  /** How many places there are of each finding. */
  readonly counts: ReadonlyMap<Finding, number>;
}

/**
 * One measure of Hotspots: what it asks, what it makes of the answer, and every word and column it has on screen,
 * in files and on paper. A new one is a file like the others here and a line in `list.ts`; where it asks the worker
 * something, what that answers is an entry of `answers.ts`. It imports no component: what it shows is drawn alike for all.
 */
export interface MeasureModule<A extends Aside, R extends Answer> {
  readonly id: string;
  /** In the row of choices. */
  readonly name: string;
  /** One paragraph: what it shows, and what it does not. */
  readonly help: string;
  /** "Places ranked by ..." */
  readonly rankedBy: string;
  /** The order that the list comes in. */
  readonly sort: { readonly key: string; readonly down: boolean };
  /** By what the core orders its places. */
  readonly rank: RankMeasure;
  /** Whether a place plan can keep a figure of it. */
  readonly canBePinned: boolean;
  /** Its picture is the counts, with the outlines of hot places. */
  readonly showsCounts?: true;
  /** Of what police found by themselves alone: hollow, and on screen only. */
  readonly isOfFinds?: true;
  /** By the harm weights in use. */
  readonly weighs?: true;
  /** Two periods, which can stand beside each other. */
  readonly compares?: true;
  /** It is about times itself: the story of a place says nothing more of them. */
  readonly isOverTime?: true;
  /** Of its fills. */
  readonly opacity: number;
  /** In the order of the legend, which is that of the list too unless `first` says otherwise. */
  readonly looks: readonly FindingLook[];
  readonly first?: readonly Finding[];
  readonly aside?: (scene: Scene) => A | Unanswerable | null;
  readonly findings?: (answer: R) => Findings;
  /** Larger comes first among equal findings. */
  readonly size?: (answer: R, row: Hotspot, at: number) => number;
  readonly ranking?: (answer: R) => Pick<RankInput, "changes" | "emerging" | "isListed">;
  /** The columns after the name of a place; absent where counts are the list. */
  readonly columns?: (aside: A | null, answer: R | null) => readonly MeasureColumn[];
  readonly sentence?: (told: Told, aside: A, answer: R) => string;
  /** The exact statement of what it stands on: baseline or steps, test and correction. */
  readonly statement?: (aside: A) => string;
  /** Of the legend; absent: that of counts. */
  readonly title?: (noun: Noun, size: string) => string;
  /** Lines of the legend: what it stands on, after the dates, and its test. */
  readonly notes?: (aside: A, counted: string) => readonly string[];
  readonly test?: (aside: A | null) => string;
  /** What it found in one place, in figures; null where it has nothing to say. */
  readonly story?: (told: StoryTold, aside: A, answer: R) => string | null;
  /** Beside each place of a file, and below all of them. */
  readonly values?: (answer: R, at: number, word: string | null) => Record<string, FileValue>;
  readonly lines?: (aside: A) => readonly (readonly [string, string])[];
  readonly compared?: (aside: A) => Compared;
}

export type FileValue = string | number | null;

export interface StoryTold {
  /** Position in the study set. */
  readonly at: number;
  readonly count: number;
  readonly noun: Noun;
}

/** A measure whose own types are forgotten: an aside and an answer come back to the module that made them. */
export type AnyMeasure = MeasureModule<Aside, Answer>;

export function defineMeasure<
  const Id extends string,
  A extends Aside = Aside,
  R extends Answer = Answer,
>(module: MeasureModule<A, R> & { readonly id: Id }): AnyMeasure & { readonly id: Id } {
  return module as unknown as AnyMeasure & { readonly id: Id };
}

export function roundedTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Six digits, as a file has a probability. */
export function significant(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}

export const adjusted = "adjusted for multiple testing (Benjamini-Hochberg)";

/** What a measure asks the worker beside the counts that every picture is tested by; of which it is the worker reads. */
export interface Ask {
  readonly measure: string;
}

export interface Answer {
  readonly measure: string;
}
