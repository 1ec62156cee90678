import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import type { MapGround } from "#client/map/map-adapter.ts";
import { formatDrawn } from "#core/geo/drawn-area.ts";

// Asked for by a click: the first page does not wait for it.
const DrawArea = lazy(async () => ({
  default: (await import("#client/hotspots/DrawArea.tsx")).DrawArea,
}));

export interface Drawing {
  readonly isOn: boolean;
  readonly start: () => void;
  readonly stop: () => void;
  /** What lies over the map meanwhile; null where nothing is drawn. */
  readonly sketch: ((ground: MapGround) => ReactNode) | null;
  /** Around the button that began it, which has the focus again afterwards. */
  readonly home: RefObject<HTMLDivElement | null>;
}

/** Drawing an area over the map: begun by a button, ended by the area or by leaving. */
export function useDrawing(onChange: ChangeView): Drawing {
  const [isOn, setOn] = useState(false);
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
      <Suspense>
        <DrawArea
          ground={ground}
          onDone={(corners) => {
            setOn(false);
            onChange({ area: formatDrawn(corners) });
          }}
          onCancel={stop}
        />
      </Suspense>
    ),
    [onChange, stop],
  );
  return { isOn, start, stop, sketch: isOn ? sketch : null, home };
}
