import type { MapWords } from "#client/ui/picture/legend-reading.ts";

/** Dots of a map or chart, and what they stand for. */
export interface Still {
  readonly dots: HTMLCanvasElement;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Along the middle; null where it is no map. */
  readonly metresAcross: number | null;
}

/** Begun while the page is light; the dots may come later. */
export interface Taken {
  readonly still: Promise<Still>;
  readonly words: MapWords;
}

/** What is made into a picture, and what stands around it. */
export interface PictureSubject {
  readonly sentence: string;
  /** What the demonstration is marked with; null where records are real. */
  readonly mark: string | null;
  /** Date and program; the sources are read off the map. */
  readonly foot: readonly string[];
  readonly fileName: string;
  /** Logs that it leaves. Nothing is made before. */
  readonly note: () => Promise<unknown>;
  /** Why it stays on screen, in words. */
  readonly whyNot: string | null;
}
