import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { MapWindow } from "#client/map/map-adapter.ts";
import type { MapPart } from "#client/map/map-canvas.ts";
import { moved, type Shape, shapes, sized, startFrame } from "#client/map/print-frame.ts";
import { Button } from "#client/ui/Button.tsx";
import { PictureActs } from "#client/ui/picture/PictureActs.tsx";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import "#client/map/map-picture.css";

interface MapPictureProps {
  readonly ground: MapWindow;
  readonly subject: PictureSubject;
  readonly take: (part: MapPart) => readonly Taken[];
  readonly onClose: () => void;
}

/**
 * What of the map is taken: all in view, or a frame in the proportions of a page. The choices lie in
 * a corner of the window: over the map they would hide the frame.
 */
export function MapPicture({ ground, subject, take, onClose }: MapPictureProps) {
  const [shape, setShape] = useState<Shape | "view">("view");
  const [chosen, setFrame] = useState<MapPart | null>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>("input, button")?.focus(), []);
  // The map may have become smaller since.
  const frame = chosen && moved(chosen, [0, 0], ground.open());
  const resize = (by: number) => frame && setFrame(sized(frame, by, ground.open()));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever the focus is inside.
    <div
      className="map-picture no-print"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      {frame ? <PrintFrame frame={frame} ground={ground} onChange={setFrame} /> : null}
      {createPortal(
        <section
          ref={panel}
          className="map-picture__panel no-print stack gap-2 pad-3 framed raised"
          aria-label="Picture or print"
        >
          <div className="row middle between gap-2">
            <Segmented
              label="Part of the map"
              value={shape}
              options={[
                { value: "view", label: "In view" },
                { value: "landscape", label: "Landscape" },
                { value: "portrait", label: "Portrait" },
              ]}
              onChange={(next) => {
                setShape(next);
                setFrame(next === "view" ? null : startFrame(shapes[next], ground.open()));
              }}
            />
            <Button look="quiet" icon="close" label="Close" onClick={onClose} />
          </div>
          {frame ? (
            <div className="row wrap middle gap-2">
              <Button icon="minus" label="Smaller frame" onClick={() => resize(1 / 1.15)} />
              <Button icon="plus" label="Larger frame" onClick={() => resize(1.15)} />
              <span className="quiet small">Drag the frame or its corner, or move the map.</span>
            </div>
          ) : null}
          <PictureActs subject={subject} take={() => take(frame ?? ground.open())} isPrinted />
        </section>,
        document.body,
      )}
    </div>
  );
}

interface PrintFrameProps {
  readonly frame: MapPart;
  readonly ground: MapWindow;
  readonly onChange: (frame: MapPart) => void;
}

const stepPx = 12;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-stepPx, 0],
  ArrowRight: [stepPx, 0],
  ArrowUp: [0, -stepPx],
  ArrowDown: [0, stepPx],
};
const sizes: Readonly<Record<string, number>> = { "+": 1.15, "=": 1.15, "-": 1 / 1.15 };

function PrintFrame({ frame, ground, onChange }: PrintFrameProps) {
  const drag = useRef<{ x: number; y: number; from: MapPart; isCorner: boolean } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a frame that is moved by dragging and by keys.
    <div
      className="print-frame"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys that move it go to it.
      tabIndex={0}
      aria-label="Frame. Arrow keys move it, plus and minus change its size."
      style={{ left: frame.x, top: frame.y, width: frame.width, height: frame.height }}
      onKeyDown={(event) => {
        const by = arrows[event.key];
        const size = sizes[event.key];
        if (!by && !size) return;
        event.preventDefault();
        onChange(by ? moved(frame, by, ground.open()) : sized(frame, size ?? 1, ground.open()));
      }}
      onPointerDown={(event) => {
        const isCorner = event.target !== event.currentTarget;
        drag.current = { x: event.clientX, y: event.clientY, from: frame, isCorner };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!drag.current) return;
        const { x, y, from, isCorner } = drag.current;
        const by = [event.clientX - x, event.clientY - y] as const;
        const wider = 1 + Math.max(by[0] / from.width, by[1] / from.height);
        onChange(
          isCorner ? sized(from, wider, ground.open(), "corner") : moved(from, by, ground.open()),
        );
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      <span className="print-frame__corner" aria-hidden="true" />
    </div>
  );
}
