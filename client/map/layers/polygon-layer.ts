import { SolidPolygonLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { Position } from "#core/geo/cell.ts";

export interface FilledArea {
  readonly key: string;
  /** Rings: the outer one, then holes. */
  readonly rings: readonly (readonly Position[])[];
  readonly colour: Rgba;
}

/** Areas filled by class, such as neighbourhoods in the panel. */
export function polygonLayer({
  id,
  areas,
}: {
  readonly id: string;
  readonly areas: readonly FilledArea[];
}) {
  return new SolidPolygonLayer<FilledArea, { beforeId: string }>({
    id,
    data: areas as FilledArea[],
    getPolygon: ({ rings }) => rings as unknown as [number, number][][],
    getFillColor: ({ colour }) => [...colour],
    updateTriggers: { getFillColor: areas },
    beforeId: dataSlot,
  });
}
