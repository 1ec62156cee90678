import { H3HexagonLayer } from "@deck.gl/geo-layers";
import { deckOpacity, type Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface HexagonItem {
  readonly cell: H3Cell;
  readonly index: number;
}

export interface HexagonLayerInput {
  readonly id: string;
  /** Keep the same array while the resolution holds: only colours change under the brush. */
  readonly items: readonly HexagonItem[];
  /** Per item 0 (nothing there, not drawn) or 1..5. A new array when anything changed. */
  readonly classes: Uint8Array;
  /** Colours of classes 1..5. */
  readonly colours: readonly Rgba[];
  /** As it is seen, and as a legend says it. */
  readonly opacity?: number;
}

const invisible: Rgba = [0, 0, 0, 0];

/** Cells filled by class. Not stroked: drawing 5,000 outlines takes thirteen times as long. */
export function hexagonLayer(input: HexagonLayerInput) {
  const { id, items, classes, colours, opacity = 0.9 } = input;
  const colourOf = (item: HexagonItem) => {
    const cellClass = classes[item.index] ?? 0;
    return cellClass === 0 ? invisible : (colours[cellClass - 1] ?? invisible);
  };
  return new H3HexagonLayer<HexagonItem, { beforeId: string }>({
    id,
    data: items as HexagonItem[],
    getHexagon: ({ cell }) => cell,
    getFillColor: colourOf as unknown as (item: HexagonItem) => [number, number, number, number],
    updateTriggers: { getFillColor: [classes, colours] },
    highPrecision: true,
    extruded: false,
    stroked: false,
    filled: true,
    opacity: deckOpacity(opacity),
    beforeId: dataSlot,
  });
}
