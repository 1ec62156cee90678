import { useMemo } from "react";
import { fetchJson } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { kept } from "#client/live/kept.ts";
import type { Bounds } from "#client/map/place-features.ts";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { usePaperGround } from "#client/map/streets/use-paper-ground.ts";
import {
  largestPublicZoom,
  publicBasemapReply,
  type ShownBasemap,
} from "#core/places/wire/basemap.ts";
import type { PanelDrawing, PanelGround } from "#core/releases/presentation/shapes.ts";

/** Asked for without a name: what a hall sees is drawn from what is public. */
const publicBasemap = kept(async (signal): Promise<ShownBasemap | null> => {
  const { basemap } = await fetchJson("/api/public/basemap", publicBasemapReply, { signal });
  return basemap && { ...basemap, maxZoom: Math.min(basemap.maxZoom, largestPublicZoom) };
});

/** The tiles under public maps; null while not known, where there are none, and where the answer does not come. */
export function usePublicBasemap(): ShownBasemap | null {
  const resource = useShared(publicBasemap);
  return hasValue(resource) ? resource.value : null;
}

/** The streets under the map of a slide or a handout. */
export function usePanelStreets({ ground, width, height }: PanelDrawing): PaperGround | null {
  const tiles = usePublicBasemap();
  const bounds = useMemo(
    () => ground && boundsOfDrawing(ground, width, height),
    [ground, width, height],
  );
  return usePaperGround({ tiles, audience: "public", bounds, width });
}

function boundsOfDrawing(
  { west, north, perLng, perLat }: PanelGround,
  width: number,
  height: number,
): Bounds {
  return [west, north - height / perLat, west + width / perLng, north];
}
