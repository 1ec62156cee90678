import type { MapWords } from "#client/map/legend-reading.ts";
import { createStore } from "#client/state/store.ts";

export interface StillMap {
  readonly dots: HTMLCanvasElement;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Along the middle. */
  readonly metresAcross: number;
}

export interface Still {
  readonly map: StillMap;
  readonly words: MapWords;
}

export type TakeStill = () => Still;

export type Stills = ReturnType<typeof createStills>;

export function createStills() {
  const all = createStore<readonly TakeStill[]>([]);
  return {
    all,
    /** Returns the function to remove it. */
    add: (take: TakeStill) => {
      all.set((known) => [...known, take]);
      return () => all.set((known) => known.filter((each) => each !== take));
    },
  };
}
