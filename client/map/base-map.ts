import type { Area, Gazetteer, PlacesReply } from "#core/places/wire/places.ts";

/** What the map draws under everything: the reply of GET /api/places is one. */
export interface BaseMap extends Pick<PlacesReply, "mainRoads" | "attributions"> {
  readonly areas: readonly Omit<Area, "code">[];
  readonly gazetteer: Omit<Gazetteer, "corners">;
  /** Tiles that streets are drawn from; without them roads and names are those above. */
  readonly basemap?: PlacesReply["basemap"];
}

/** Whose data a map of these places shows: streets first, which fill most of it. */
export function sourcesOfMap({ attributions, basemap }: BaseMap): readonly string[] {
  return basemap?.attribution ? [basemap.attribution, ...attributions] : attributions;
}
