import { useMemo } from "react";
import type { AreaTools } from "#client/displacement/operations/use-area-tools.ts";
import { areaLayers } from "#client/map/layers/area-layers.ts";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { usePalette, withOpacity } from "#client/map/palette.ts";
import { roomAroundCells } from "#client/map/room.ts";
import type { OperationReply } from "#core/displacement/wire/operations.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface OperationMapProps {
  readonly places: PlacesReply;
  readonly treated: readonly H3Cell[] | null;
  readonly control: readonly H3Cell[] | null;
  readonly others: readonly OperationReply[];
  readonly own: number | null;
  readonly tools: AreaTools;
}

const none: readonly H3Cell[] = [];

export function OperationMap(props: OperationMapProps) {
  const { places, others, own, tools } = props;
  const treated = props.treated ?? none;
  const control = props.control ?? none;
  const palette = usePalette();
  const layers = useMemo(() => {
    const rest = others.filter(({ id }) => id !== own);
    return [
      pathLayer({
        id: "other-operations",
        paths: rest.flatMap(({ cells }) => outlinePaths(cells as readonly H3Cell[])),
        colour: palette["cannot-tell"],
        widthPx: 1.5,
      }),
      ...areaLayers("control", control, withOpacity(palette["cannot-tell"], 0.4), palette.ink, 1),
      ...areaLayers("treated", treated, withOpacity(palette.accent, 0.7), palette.accent, 2.5),
    ];
  }, [treated, control, others, own, palette]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the map opens, not where it is led.
  const home = useMemo(() => roomAroundCells([...treated, ...control], room), [own]);
  // Picked or drawn areas are already in view.
  const isLed = !tools.isPicked && tools.sketch === null;
  const frame = useMemo(
    () => (isLed ? roomAroundCells(treated, room) : undefined),
    [isLed, treated],
  );
  return (
    <div className="editor__map no-print">
      <MapView
        places={places}
        layers={layers}
        home={home}
        frame={frame}
        sketch={tools.sketch}
        onClick={tools.onClick}
        legend={<OperationLegend hasOthers={others.some(({ id }) => id !== own)} />}
        fallback={<p>You can still choose a named area or a street, or search for a place.</p>}
      />
    </div>
  );
}

function OperationLegend({ hasOthers }: { readonly hasOthers: boolean }) {
  const marks = { treated: "Treated area", control: "Comparison area", other: "Other operations" };
  return (
    <ul className="small raised framed pad-2-3">
      {Object.entries(marks).map(([of, words]) =>
        of === "other" && !hasOthers ? null : (
          <li key={of} className="row middle gap-2">
            <span className={`operation-legend__mark operation-legend__mark--${of}`} /> {words}
          </li>
        ),
      )}
    </ul>
  );
}

/** As much again as there is of the area. */
const room = [0.5, 0.5, 0.5, 0.5] as const;
