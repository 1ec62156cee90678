import { PathLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import { markSlot } from "#client/map/style.ts";
import type { Position } from "#core/geo/cell.ts";

export interface LineItem {
  readonly line: readonly Position[];
  /** 0 (not drawn) or 1..5. */
  readonly lineClass: number;
}

export interface LineLayerInput {
  readonly id: string;
  /** Keep the same array while nothing changes. */
  readonly items: readonly LineItem[];
  /** Colours of classes 1..5. */
  readonly colours: readonly Rgba[];
  /** Of classes 1..5, in pixels. */
  readonly widths: readonly number[];
}

/** Between the map's streets and names; both colour and width show the class. */
export function lineLayer({ id, items, colours, widths }: LineLayerInput) {
  const drawn = items.filter(({ lineClass }) => lineClass > 0);
  return new PathLayer<LineItem, { beforeId: string }>({
    id,
    data: drawn as LineItem[],
    getPath: ({ line }) => line as unknown as [number, number][],
    getColor: ({ lineClass }) => [...(colours[lineClass - 1] ?? invisible)],
    getWidth: ({ lineClass }) => widths[lineClass - 1] ?? 0,
    updateTriggers: { getColor: [colours], getWidth: [widths] },
    widthUnits: "pixels",
    capRounded: true,
    jointRounded: true,
    beforeId: markSlot,
  });
}

const invisible: Rgba = [0, 0, 0, 0];
