import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import type { MapGround } from "#client/map/map-adapter.ts";
import { lazily } from "#client/ui/lazily.ts";
import type { Position } from "#core/geo/cell.ts";
import "#client/hotspots/drawn-area/use-drawing.css";

const DrawArea = lazily(
  async () => (await import("#client/hotspots/drawn-area/DrawArea.tsx")).DrawArea,
);

export type Drawing = ReturnType<typeof useDrawing>;

/**
 * Drawing an area on the map, from the button until it is drawn or left. `onDrawn` must
 * be stable.
 */
export function useDrawing(onDrawn: (corners: readonly Position[]) => void) {
  const [isOn, setOn] = useState(false);
  /** Around the button that began it, which has the focus again afterwards. */
  const home = useRef<HTMLDivElement>(null);
  const wasOn = useRef(false);
  useEffect(() => {
    if (wasOn.current && !isOn) home.current?.querySelector("button")?.focus();
    wasOn.current = isOn;
  }, [isOn]);
  const start = useCallback(() => setOn(true), []);
  const stop = useCallback(() => setOn(false), []);
  const sketch = useCallback(
    (ground: MapGround) => (
      <Suspense fallback={<Cover />}>
        <DrawArea
          ground={ground}
          onDone={(corners) => {
            setOn(false);
            onDrawn(corners);
          }}
          onCancel={stop}
        />
      </Suspense>
    ),
    [onDrawn, stop],
  );
  return {
    isOn,
    start,
    stop,
    home,
    /** Null while nothing is drawn. */
    sketch: isOn ? sketch : null,
  };
}

/** Takes clicks while drawing loads, which would move the map or choose a cell. */
function Cover() {
  return (
    <div className="drawing-cover cover no-print" role="status">
      <p className="drawing-cover__words absolute rounded shadow pad-2-3 raised">
        Getting ready to draw…
      </p>
    </div>
  );
}
