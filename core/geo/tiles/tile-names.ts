import { type TileNames, type TileSchema, tileNames } from "#core/geo/tiles/tile-schema.ts";
import { type FeatureTable, holds, translations } from "#core/geo/tiles/translation.ts";

interface NamedLayer {
  readonly length: number;
  readonly feature: (index: number) => { readonly properties: Readonly<Record<string, unknown>> };
}

/**
 * Which names a decoded tile carries. An archive may have roads without names, or no places: what is seen in one of
 * its largest tiles, where there is most, holds for all.
 */
export function namesOfTile(
  schema: TileSchema,
  layers: Readonly<Record<string, NamedLayer>>,
): readonly TileNames[] {
  const { roads, roadName, places, towns, stations } = translations[schema];
  const carries = (table: FeatureTable & { readonly name: string }) => {
    const layer = Object.hasOwn(layers, table.layer) ? layers[table.layer] : undefined;
    for (let index = 0; layer && index < layer.length; index += 1) {
      const { properties } = layer.feature(index);
      if (holds(table, properties) && properties[table.name]) return true;
    }
    return false;
  };
  const found = {
    streets: roads.some(({ layer }) => carries({ layer, name: roadName })),
    places: carries(places) || carries(towns),
    stations: carries(stations),
  };
  return tileNames.filter((kind) => found[kind]);
}
