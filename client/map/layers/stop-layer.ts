import { ScatterplotLayer, TextLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import type { Position } from "#core/geo/cell.ts";

export interface Stop {
  readonly at: Position;
  /** 1, 2, 3 ... in walking order. */
  readonly order: number;
}

export interface StopLayerInput {
  readonly id: string;
  readonly stops: readonly Stop[];
  readonly colour: Rgba;
  readonly textColour: Rgba;
}

const radiusPx = 11;

export function stopLayers({ id, stops, colour, textColour }: StopLayerInput) {
  return [
    new ScatterplotLayer<Stop>({
      id: `${id}-disc`,
      data: stops as Stop[],
      getPosition: ({ at }) => [...at],
      getRadius: radiusPx,
      radiusUnits: "pixels",
      getFillColor: [...colour],
      stroked: true,
      getLineColor: [...textColour],
      getLineWidth: 1.5,
      lineWidthUnits: "pixels",
    }),
    new TextLayer<Stop>({
      id: `${id}-number`,
      data: stops as Stop[],
      getPosition: ({ at }) => [...at],
      getText: ({ order }) => String(order),
      getSize: 12,
      getColor: [...textColour],
      fontFamily: "Inter Variable, sans-serif",
      fontWeight: 600,
      characterSet: "0123456789",
    }),
  ] as const;
}
