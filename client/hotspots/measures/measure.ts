import type { Baseline } from "#client/hotspots/measures/baseline.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import type { MarkShape } from "#client/map/layers/mark-shapes.ts";
import type { Palette } from "#client/map/palette.ts";
import type { PeriodLengths } from "#core/hotspots/change.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import type { HarmSums } from "#core/hotspots/harm.ts";
import type { Hotspot, RankInput } from "#core/hotspots/rank.ts";
import type { DoseReply } from "#core/hotspots/wire/dose.ts";
import type { Measure as RankMeasure } from "#core/hotspots/wire/hotspots.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { HarmTable } from "#core/records/wire/harm-weights.ts";
import type { Zone } from "#core/time/zone.ts";

export interface MeasureView extends DateRange {
  readonly area: string;
  readonly time: { readonly days: readonly number[] };
  readonly baseline: Baseline;
  readonly reported: readonly EventKind[];
}

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
  /** Newest first; empty: nobody has saved any. */
  readonly harmTables: readonly HarmTable[] | "loading" | "failed";
  /** The chosen reports by harm, from the weight of each class of events (`harmByClass`). */
  readonly weighed: (byClass: Float64Array) => HarmSums;
  /** Null while no surface is drawn. */
  readonly fine: {
    readonly study: StudySet;
    readonly breaks: readonly number[];
    readonly weights: () => Float64Array;
  } | null;
}

export interface Aside {
  readonly measure: string;
  readonly ask: () => Ask;
}

/** Counts are shown instead, and `fault` says why and what to do. */
export interface Unanswerable {
  readonly measure: "none";
  /** "By count: no harm weights are saved yet." */
  readonly fault: string;
  /** Its input may still arrive. */
  readonly isWaiting: boolean;
}

export function unanswerable(why: string, isWaiting = false): Unanswerable {
  const fault = `By count: ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  return { measure: "none", fault, isWaiting };
}

export function isAnswerable(aside: Aside | Unanswerable | null | undefined): aside is Aside {
  return aside !== null && aside !== undefined && aside.measure !== "none";
}

/** Null where there may be an answer. */
export function faultOf(aside: Aside | Unanswerable | null | undefined): string | null {
  return aside && "fault" in aside ? (aside as Unanswerable).fault : null;
}

export type Finding = string;

/** Per cell of the study set; null where there is nothing to say. */
export type Findings = readonly (Finding | null)[];

/** How a finding looks on map, legend and list: never by colour alone. */
export interface FindingLook {
  readonly finding: Finding;
  readonly word: string;
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
  /** Drawn with the finding's mark. */
  readonly isFound?: boolean;
  /** Never on paper (SAFEGUARDS 6). */
  readonly screenOnly?: boolean;
  /** Ascending; absent for a column of the counts. */
  readonly compare?: (a: MeasuredRow, b: MeasuredRow) => number;
}

export function number(
  key: string,
  label: string,
  text: MeasureColumn["text"],
  more: Partial<MeasureColumn> = {},
): MeasureColumn {
  return { key, label, text, isNumber: true, ...more };
}

export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface Compared {
  readonly range: DateRange;
  readonly lengths: PeriodLengths;
  readonly summary: HotspotSummary;
}

export interface Told {
  readonly total: number;
  readonly weeks: number;
  readonly noun: Noun;
  readonly counts: ReadonlyMap<Finding, number>;
}

/**
 * One measure of Hotspots: its request, its result, and all its words and columns on screen, in
 * files and on paper. To add one, add a file here and a line in `list.ts`; a worker answer also
 * needs an entry in `answers.ts`. It imports no component: all measures are drawn alike.
 */
export interface MeasureModule<A extends Aside, R extends Answer> {
  readonly id: string;
  readonly name: string;
  /** One paragraph: what it shows, and what it does not. */
  readonly help: string;
  /** "Places ranked by ..." */
  readonly rankedBy: string;
  readonly sort: { readonly key: string; readonly down: boolean };
  readonly rank: RankMeasure;
  readonly canBePinned: boolean;
  /** Its picture is the counts, with the outlines of hot places. */
  readonly showsCounts?: true;
  /** Police finds only: hollow, and on screen only. */
  readonly isOfFinds?: true;
  /** By the harm weights in use. */
  readonly weighs?: true;
  /** Two periods, which can be shown side by side. */
  readonly compares?: true;
  /** Already about time, so the story of a place adds nothing on it. */
  readonly isOverTime?: true;
  /** Of its fills. */
  readonly opacity: number;
  /** In legend order, which is also the list's unless `first` is given. */
  readonly looks: readonly FindingLook[];
  readonly first?: readonly Finding[];
  readonly aside?: (scene: Scene) => A | Unanswerable | null;
  readonly findings?: (answer: R) => Findings;
  /** Larger comes first among equal findings. */
  readonly size?: (answer: R, row: Hotspot, at: number) => number;
  readonly ranking?: (answer: R) => Pick<RankInput, "changes" | "emerging" | "isListed">;
  /** After the place name; absent where counts are the list. */
  readonly columns?: (aside: A | null, answer: R | null) => readonly MeasureColumn[];
  readonly sentence?: (told: Told, aside: A, answer: R) => string;
  /** Baseline or steps, test and correction. */
  readonly statement?: (aside: A) => string;
  readonly title?: (noun: Noun, size: string) => string;
  readonly notes?: (aside: A, counted: string) => readonly string[];
  readonly test?: (aside: A | null) => string;
  /** In figures; null where there is nothing to say. */
  readonly story?: (told: StoryTold, aside: A, answer: R) => string | null;
  /** Columns beside each place of a file, and lines below all of them. */
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

/** Type-erased: an aside and an answer only go back to the module that made them. */
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

/** Six significant digits, as for a probability in a file. */
export function significant(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}

export const adjusted = "adjusted for multiple testing (Benjamini-Hochberg)";

export interface Ask {
  readonly measure: string;
}

export interface Answer {
  readonly measure: string;
}
