import { createContext, use } from "react";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import type { HotspotsData, Picture } from "#client/hotspots/ranked/use-picture.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { ViewStore } from "#client/hotspots/state/view-store.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

/** Shared by all parts of the screen, so that they never disagree. */
export interface HotspotsParts {
  readonly data: HotspotsData;
  readonly places: PlacesReply;
  readonly nameOf: (cell: H3Cell) => string;
  /** From the first record to the as-at date. */
  readonly within: DateRange;
  readonly view: HotspotsView;
  readonly store: ViewStore;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
}

export const HotspotsContext = createContext<HotspotsParts | null>(null);

export function useHotspotsParts(): HotspotsParts {
  const parts = use(HotspotsContext);
  if (!parts) throw new Error("useHotspotsParts is for parts of Hotspots");
  return parts;
}
