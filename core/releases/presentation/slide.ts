import type { Language } from "#core/releases/presentation/language.ts";
import type { MapPlan } from "#core/releases/presentation/map-names.ts";
import type { PanelDrawing } from "#core/releases/presentation/shapes.ts";
import type { MonthFigure, PanelFigure, PanelLevel } from "#core/releases/presentation/view.ts";
import type { LawNow } from "#core/releases/wire/law.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";

/** Content blocks of a slide, for screen, paper, file and text alike. */
export type Block =
  | { readonly kind: "figure"; readonly count: string; readonly label: string }
  | {
      readonly kind: "text";
      readonly text: string;
      readonly look?: "strong" | "quiet";
      readonly isFrozen?: true;
    }
  | {
      readonly kind: "list";
      readonly title?: string;
      readonly items: readonly string[];
      /** Of law, which is not translated. */
      readonly lang?: "en";
    }
  | MapBlock
  | TableBlock
  | MonthsBlock
  | { readonly kind: "groups"; readonly groups: readonly DoneGroup[] }
  | {
      readonly kind: "answer";
      /** The operation; null where it is the only one, or that of the block before. */
      readonly about: string | null;
      readonly text: string;
      readonly basis: string;
      readonly wrongIf?: string | undefined;
    }
  | { readonly kind: "promise"; readonly parts: readonly Pair[]; readonly inOneLine: string }
  | { readonly kind: "pairs"; readonly pairs: readonly Pair[] }
  | { readonly kind: "questions"; readonly questions: readonly string[] };

export interface MapBlock {
  readonly kind: "map";
  readonly drawing: PanelDrawing;
  readonly plan: MapPlan;
  readonly figures: readonly PanelFigure[];
  readonly level: PanelLevel;
  readonly release: ReleaseDocument;
}

export interface TableBlock {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly [area: string, count: string];
  readonly rows: readonly (readonly [area: string, count: string])[];
}

export interface MonthsBlock {
  readonly kind: "months";
  readonly points: readonly MonthFigure[];
  readonly month: string;
  readonly release: ReleaseDocument;
}

export interface DoneGroup {
  readonly title: string;
  /** In place of rows if none. */
  readonly note: string | null;
  readonly rows: readonly {
    readonly label: string;
    readonly period: string;
    readonly figure: string;
    readonly inOneLine: string;
  }[];
}

export interface Pair {
  readonly title: string;
  readonly text: string;
  readonly isFrozen?: true;
}

export interface Slide {
  readonly id: string;
  readonly name: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Adds the meaning of "fewer than 10" below. */
  readonly hasFigures: boolean;
  /** The law and the hard questions, in whatever language the others are. */
  readonly isEnglish?: true;
}

export function slideOf(
  id: string,
  name: string,
  heading: string,
  blocks: readonly Block[],
  hasFigures = false,
): Slide {
  return { id, name, heading, blocks, hasFigures };
}

export function textsOf(...texts: readonly string[]): Block[] {
  return texts.map((text) => ({ kind: "text", text }));
}

/** Paragraphs as they were frozen with the release, in English. */
export function frozenTexts(...texts: readonly string[]): Block[] {
  return texts.map((text) => ({ kind: "text", text, isFrozen: true }));
}

export interface Shown {
  readonly reply: ReleaseReply;
  readonly map: DrawnMap;
  readonly language: Language;
  /** On slides; without it, on paper and in files, the law as the release froze it. */
  readonly lawNow?: LawNow;
  /** `YYYY-MM`, one of the release's. */
  readonly month: string;
  readonly level: PanelLevel;
  /** The area shown; undefined for the whole command. */
  readonly area: string | undefined;
}

export interface DrawnMap {
  readonly drawing: PanelDrawing;
  readonly plan: MapPlan;
}
