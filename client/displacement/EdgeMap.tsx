import { useMemo } from "react";
import { usePicture } from "#client/accounts/use-picture.ts";
import type { PlacedEdge } from "#client/displacement/compass.ts";
import { verdictWords } from "#client/displacement/VerdictMark.tsx";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlineLayer } from "#client/map/layers/path-layer.ts";
import { stopLayers } from "#client/map/layers/stop-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { type Palette, usePalette, withOpacity } from "#client/map/palette.ts";
import { roomAround } from "#client/map/room.ts";
import { Legend, OutlineSwatch, Swatch } from "#client/ui/Legend.tsx";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import { cellAt, cellCentre, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface EdgeMapProps {
  readonly places: PlacesReply;
  readonly zones: DisplacementReply["zones"];
  readonly edges: readonly PlacedEdge[];
  readonly chosen: string | null;
  readonly onChoose: (neighbour: string | null) => void;
  readonly sentence: string;
}

const verdictOrder = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;

/** Numbered as in the strip. */
export function EdgeMap({ places, zones, edges, chosen, onChoose, sentence }: EdgeMapProps) {
  const subject = usePicture("displacement", sentence);
  const palette = usePalette();
  const layers = useMemo(
    () => layersOf(zones, edges, palette, chosen),
    [zones, edges, palette, chosen],
  );
  const home = useMemo(
    () =>
      roomAround(
        edges.flatMap(({ cells }) => cells.map(cellCentre)),
        room,
      ),
    [edges],
  );
  const choose = (at: Position) => {
    const cell = cellAt(at, eventResolution);
    onChoose(edges.find(({ cells }) => cells.includes(cell))?.item.neighbour ?? null);
  };
  return (
    <MapView
      places={places}
      layers={layers}
      home={home}
      onClick={choose}
      picture={{ subject }}
      legend={<EdgeLegend edges={edges} hasControl={zones.control !== null} />}
      fallback={<p>The strip and the table list every boundary.</p>}
    />
  );
}

function EdgeLegend(props: {
  readonly edges: readonly PlacedEdge[];
  readonly hasControl: boolean;
}) {
  const seen = verdictOrder.filter((one) => props.edges.some(({ item }) => item.verdict === one));
  const names = props.edges.map(({ item, order }) => `${order} ${item.name}`);
  return (
    <Legend
      title="Reports at each boundary"
      isOpen={false}
      entries={[
        ...seen.map((verdict) => ({
          key: verdict,
          swatch: <Swatch {...verdictLooks[verdict]} />,
          label: verdictWords[verdict],
        })),
        { key: "treated", swatch: <OutlineSwatch colour="ink" />, label: "Treated area" },
        ...(props.hasControl
          ? [
              {
                key: "control",
                swatch: <OutlineSwatch colour="cannot-tell" />,
                label: "Comparison area",
              },
            ]
          : []),
      ]}
      notes={[names.join(", ")]}
    />
  );
}

const verdictLooks = {
  rise: { colour: "rise" },
  fall: { colour: "fall" },
  no_clear_change: { colour: "cannot-tell" },
  cannot_tell: {
    colour: "cannot-tell",
    css: "color-mix(in srgb, var(--cannot-tell) 35%, transparent)",
  },
} as const;

/** For the licence line below, the names of the neighbours above and the buttons beside. */
const room = [0.05, 0.15, 0.1, 0.05] as const;

function layersOf(
  zones: DisplacementReply["zones"],
  edges: EdgeMapProps["edges"],
  palette: Palette,
  chosen: string | null,
) {
  const items = edges
    .flatMap(({ item, cells }) => cells.map((cell) => ({ cell, verdict: item.verdict })))
    .map(({ cell, verdict }, index) => ({ cell, verdict, index }));
  const classes = Uint8Array.from(items, ({ verdict }) => verdictOrder.indexOf(verdict) + 1);
  const picked = edges.find(({ item }) => item.neighbour === chosen);
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
    outlineLayer("control", (zones.control ?? []) as H3Cell[], palette["cannot-tell"], 1.5),
    outlineLayer("treated", zones.treated as H3Cell[], palette.ink, 2),
    outlineLayer("chosen-edge", picked?.cells ?? [], palette.ink, 2.5),
    ...stopLayers({
      id: "edge-numbers",
      stops: edges.flatMap(({ at, order }) => (at ? [{ at, order }] : [])),
      colour: palette.ink,
      textColour: palette.paper,
    }),
  ];
}
