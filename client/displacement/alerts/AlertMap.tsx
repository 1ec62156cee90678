import { useMemo } from "react";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlineLayer, outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import { countColours, usePalette } from "#client/map/palette.ts";
import { roomAround } from "#client/map/room.ts";
import type { AlertReply, AlertsReply } from "#core/displacement/wire/alerts.ts";
import { cellAt, cellCentre, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/ui/legend.css";

export interface AlertMapProps {
  readonly places: PlacesReply;
  readonly reply: AlertsReply;
  readonly chosen: AlertReply;
  readonly onChoose: (id: number) => void;
}

export function AlertMap({ places, reply, chosen, onChoose }: AlertMapProps) {
  const palette = usePalette();
  const treated = useMemo(
    () =>
      (reply.operations.find(({ operation }) => operation === chosen.operation)?.treated ??
        []) as H3Cell[],
    [reply, chosen.operation],
  );
  const others = useMemo(
    () => reply.alerts.filter(({ id, state }) => id !== chosen.id && state !== "closed"),
    [reply, chosen.id],
  );
  const layers = useMemo(() => {
    const items = chosen.cells.map(({ cell }, index) => ({ cell: cell as H3Cell, index }));
    const most = Math.max(...chosen.cells.map(({ reports }) => reports));
    return [
      hexagonLayer({
        id: "alert-cells",
        items,
        classes: Uint8Array.from(chosen.cells, ({ reports }) =>
          Math.max(1, Math.ceil((5 * reports) / most)),
        ),
        colours: countColours(palette),
      }),
      outlineLayer("alert-treated", treated, palette.ink, 2),
      pathLayer({
        id: "alert-others",
        paths: others.flatMap(({ cells }) => outlinePaths(cellsOf(cells))),
        colour: palette["cannot-tell"],
        widthPx: 1.5,
      }),
      outlineLayer("alert-outline", cellsOf(chosen.cells), palette.ink, 1.5),
    ];
  }, [others, chosen, treated, palette]);
  const home = useMemo(
    () =>
      roomAround([...treated, ...cellsOf(chosen.cells)].map(cellCentre), [0.15, 0.25, 0.15, 0.15]),
    [treated, chosen.cells],
  );
  const choose = (at: Position) => {
    const cell = cellAt(at, eventResolution);
    const found = reply.alerts.find(({ cells }) => cells.some((one) => one.cell === cell));
    if (found) onChoose(found.id);
  };
  return (
    <MapView
      places={places}
      layers={layers}
      home={home}
      frame={home}
      onClick={choose}
      legend={
        <p className="legend rounded shadow raised pad-2-3 small">
          Alert {chosen.id}: {formatQuantity(chosen.cells.length, "cell")} with reports; darker
          means more. Thick line: treated area.
          {others.length > 0 ? " Grey outline: other alerts." : null}
        </p>
      }
      fallback={<p>The list shows every alert and its place.</p>}
    />
  );
}

function cellsOf(cells: AlertReply["cells"]): H3Cell[] {
  return cells.map(({ cell }) => cell as H3Cell);
}
