import { useMemo } from "react";
import { middleOf, type Placed } from "#client/displacement/compass.ts";
import type { EdgeRow } from "#client/displacement/VerdictMark.tsx";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { type Palette, usePalette, withOpacity } from "#client/map/palette.ts";
import { roomAround } from "#client/map/room.ts";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import { cellAt, cellCentre, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface EdgeMapProps {
  readonly places: PlacesReply;
  readonly zones: DisplacementReply["zones"];
  readonly edges: readonly Placed<EdgeRow>[];
  readonly chosen: string | null;
  readonly onChoose: (neighbour: string | null) => void;
}

const verdictOrder = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;

/** Numbered as in the strip. */
export function EdgeMap({ places, zones, edges, chosen, onChoose }: EdgeMapProps) {
  const palette = usePalette();
  const drawn = useMemo(
    () =>
      edges.map(({ item }, index) => {
        const zone = zones.edges.find(({ neighbour }) => neighbour === item.neighbour);
        const cells = [...(zone?.inner ?? []), ...(zone?.outer ?? [])] as H3Cell[];
        const inner = zone?.inner.length ? zone.inner : cells;
        return {
          neighbour: item.neighbour,
          cells,
          label: middleOf(inner),
          order: index + 1,
          verdict: item.verdict,
        };
      }),
    [zones, edges],
  );
  const layers = useMemo(
    () => layersOf(zones, drawn, palette, chosen),
    [zones, drawn, palette, chosen],
  );
  const home = useMemo(
    () =>
      roomAround(
        drawn.flatMap(({ cells }) => cells.map(cellCentre)),
        room,
      ),
    [drawn],
  );
  const choose = (at: Position) => {
    const cell = cellAt(at, eventResolution);
    onChoose(drawn.find((edge) => edge.cells.includes(cell))?.neighbour ?? null);
  };
  return (
    <MapView
      places={places}
      layers={layers}
      home={home}
      onClick={choose}
      fallback={<p>The strip and the table list every boundary.</p>}
    />
  );
}

/** For the licence line below, the names of the neighbours above and the buttons beside. */
const room = [0.05, 0.15, 0.1, 0.05] as const;

interface DrawnEdge {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  readonly label: Position | null;
  readonly order: number;
  readonly verdict: EdgeRow["verdict"];
}

function layersOf(
  zones: DisplacementReply["zones"],
  edges: readonly DrawnEdge[],
  palette: Palette,
  chosen: string | null,
) {
  const items = edges
    .flatMap((edge) => edge.cells.map((cell) => ({ cell, verdict: edge.verdict })))
    .map(({ cell, verdict }, index) => ({ cell, verdict, index }));
  const classes = Uint8Array.from(items, ({ verdict }) => verdictOrder.indexOf(verdict) + 1);
  const picked = edges.find(({ neighbour }) => neighbour === chosen);
  return [
    hexagonLayer({
      id: "edge-cells",
      items,
      classes,
      colours: [
        withOpacity(palette.rise, 0.9),
        withOpacity(palette.fall, 0.9),
        withOpacity(palette["cannot-tell"], 0.7),
        withOpacity(palette["cannot-tell"], 0.3),
      ],
      opacity: 0.8,
    }),
    pathLayer({
      id: "control",
      paths: outlinePaths((zones.control ?? []) as H3Cell[]),
      colour: palette["cannot-tell"],
      widthPx: 1.5,
    }),
    pathLayer({
      id: "treated",
      paths: outlinePaths(zones.treated as H3Cell[]),
      colour: palette.ink,
      widthPx: 2,
    }),
    pathLayer({
      id: "chosen-edge",
      paths: picked ? outlinePaths(picked.cells) : [],
      colour: palette.ink,
      widthPx: 2.5,
    }),
    ...stopLayers({
      id: "edge-numbers",
      stops: edges.flatMap(({ label, order }) => (label ? [{ at: label, order }] : [])),
      colour: palette.ink,
      textColour: palette.paper,
    }),
  ];
}
