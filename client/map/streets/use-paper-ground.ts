import { useEffect, useState } from "react";
import type { Bounds } from "#client/map/place-features.ts";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import type { StreetTiles } from "#client/map/streets/street-tiles.ts";
import { createStore } from "#client/state/store.ts";

/** How many drawings still wait for their streets: paper waits for them. */
export const groundsOnTheWay = createStore(0);

export interface PaperGroundInput {
  /** Null while it is not known, and where there is none. */
  readonly tiles: StreetTiles | null;
  /** Keep the same array while it holds. */
  readonly bounds: Bounds | null;
  /** Units of the drawing from west to east. */
  readonly width: number;
}

/** The streets of a drawing; null until they are there, and where there are no tiles. */
export function usePaperGround(input: PaperGroundInput): PaperGround | null {
  const { tiles, bounds, width } = input;
  const [ground, setGround] = useState<PaperGround | null>(null);
  useEffect(() => {
    if (!tiles || !bounds) return setGround(null);
    let isWanted = true;
    groundsOnTheWay.set((count) => count + 1);
    // Pages without streets do not load the tile reader.
    void import("#client/map/streets/paper-ground.ts")
      .then(({ loadPaperGround }) => loadPaperGround({ tiles, bounds, width }))
      .catch(() => null)
      .then((read) => {
        groundsOnTheWay.set((count) => count - 1);
        if (isWanted) setGround(read);
      });
    return () => {
      isWanted = false;
    };
  }, [tiles, bounds, width]);
  return ground;
}
