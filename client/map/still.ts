import type { MapWords } from "#client/map/legend-reading.ts";
import { createStore } from "#client/state/store.ts";

/** A picture of the map that stays, with what a scale bar is drawn from. */
export interface StillMap {
  readonly dots: HTMLCanvasElement;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Along the middle. */
  readonly metresAcross: number;
}

/** A map and all that stands on it, of the same moment. */
export interface Still {
  readonly map: StillMap;
  readonly words: MapWords;
}

export type TakeStill = () => Still;

export type Stills = ReturnType<typeof createStills>;

/** The maps that are drawn now, one or two beside each other, in their order. */
export function createStills() {
  const all = createStore<readonly TakeStill[]>([]);
  return {
    all,
    /** Returns what takes it out again. */
    add: (take: TakeStill) => {
      all.set((known) => [...known, take]);
      return () => all.set((known) => known.filter((each) => each !== take));
    },
  };
}
