import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { MapGround } from "#client/map/map-adapter.ts";
import { Button } from "#client/ui/Button.tsx";
import type { Position } from "#core/geo/cell.ts";
import { fewestCorners } from "#core/places/drawn-area.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/hotspots/drawn-area/draw-area.css";

export interface DrawAreaProps {
  readonly ground: MapGround;
  readonly onDone: (corners: readonly Position[]) => void;
  readonly onCancel: () => void;
}

/** A click this near the first corner closes the area. */
const closePx = 14;
const panPx = 40;
const widePanPx = 160;

/**
 * Draws an area by dragging, by clicking corners, or by keyboard: arrows move the map
 * under the cross, Space adds a corner.
 */
export function DrawArea({ ground, onDone, onCancel }: DrawAreaProps) {
  const [corners, setCorners] = useState<readonly Position[]>([]);
  const [pointed, setPointed] = useState<Pixel | null>(null);
  const [hasCross, setCross] = useState(false);
  const stroke = useRef<Stroke | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useMapMoves(ground);
  useEffect(() => box.current?.focus(), []);

  const canClose = corners.length >= fewestCorners;
  const finish = () => {
    if (canClose) onDone(corners);
  };
  const takeBack = () => setCorners((known) => known.slice(0, -1));
  const pixels = corners.map(ground.toPixel);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setCross(false);
    stroke.current = strokeFrom(pixelOf(event));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = pixelOf(event);
    setPointed(at);
    stroke.current?.add(at);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const drawn = stroke.current;
    stroke.current = null;
    if (!drawn) return;
    const loop = drawn.loop();
    if (loop) onDone(loop.map(ground.toPosition));
    else addCorner(pixelOf(event));
  };
  const addCorner = (at: Pixel) => {
    const [first] = pixels;
    if (first && canClose && distance(first, at) <= closePx) finish();
    else setCorners((known) => [...known, ground.toPosition(at)]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const move = arrows[event.key];
    const act = move
      ? () => {
          setCross(true);
          const step = event.shiftKey ? widePanPx : panPx;
          ground.panBy([move[0] * step, move[1] * step]);
        }
      : {
          " ": () => {
            setCross(true);
            addCorner(middleOf(event.currentTarget));
          },
          Enter: finish,
          Backspace: takeBack,
          Escape: onCancel,
          "+": () => ground.zoomBy(1),
          "-": () => ground.zoomBy(-1),
        }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <>
      <div
        ref={box}
        className="draw-area cover no-print"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes pointer and keys like the map below it.
        tabIndex={0}
        role="application"
        aria-label="Draw an area. Arrow keys move the map, Space adds a point at the cross, Backspace undoes it, Enter finishes, Esc cancels."
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => setPointed(null)}
        onKeyDown={onKeyDown}
      >
        <svg className="tall no-pointer full" aria-hidden="true">
          <path
            className="draw-area__line"
            d={pathOf(stroke.current?.points() ?? pixels, stroke.current ? null : pointed)}
          />
          {pixels.map(([x, y]) => (
            <circle key={`${x} ${y}`} className="draw-area__corner" cx={x} cy={y} r={4} />
          ))}
        </svg>
        {hasCross ? <div className="cross cover" aria-hidden="true" /> : null}
      </div>
      <div className="draw-area__bar absolute rounded shadow pad-2-3 raised no-print">
        <p>
          <strong>Draw an area:</strong> press and drag around the area, or click its corners. Keys:
          arrows, Space, Enter; Esc to cancel.
        </p>
        <div className="above-2 row wrap middle gap-2">
          <span className="quiet" role="status">
            {formatQuantity(corners.length, "point")}
            {canClose ? "" : ` (at least ${fewestCorners})`}
          </span>
          <Button onClick={takeBack} disabled={corners.length === 0}>
            Undo last point
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
          <Button look="filled" onClick={finish} disabled={!canClose}>
            Done
          </Button>
        </div>
      </div>
    </>
  );
}

function useMapMoves(ground: MapGround): void {
  const [, setMoves] = useState(0);
  useEffect(() => ground.onMove(() => setMoves((moves) => moves + 1)), [ground]);
}

function pixelOf(event: PointerEvent<HTMLElement>): Pixel {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function middleOf(box: HTMLElement): Pixel {
  return [box.clientWidth / 2, box.clientHeight / 2];
}

function distance([ax, ay]: Pixel, [bx, by]: Pixel): number {
  return Math.hypot(ax - bx, ay - by);
}

export type Pixel = readonly [number, number];

export interface Stroke {
  readonly add: (at: Pixel) => void;
  readonly points: () => readonly Pixel[];
  /** Corners of the loop; null for a mere click. */
  readonly loop: () => readonly Pixel[] | null;
}

export function strokeFrom(start: Pixel): Stroke {
  const points: Pixel[] = [start];
  let reach = 0;
  return {
    add: (at) => {
      const last = points.at(-1) ?? start;
      if (Math.hypot(at[0] - last[0], at[1] - last[1]) < stepPx) return;
      points.push(at);
      reach = Math.max(reach, Math.hypot(at[0] - start[0], at[1] - start[1]));
    },
    points: () => points,
    loop: () => (points.length >= fewestPoints && reach > clickPx ? points : null),
  };
}

export function pathOf(points: readonly Pixel[], pointed: Pixel | null): string {
  if (points.length === 0) return "";
  const all = pointed ? [...points, pointed] : points;
  return `M${all.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
}

/** Points nearer together than this are one. */
const stepPx = 6;

/** A hand that clicks may shake this far. */
const clickPx = 12;
const fewestPoints = 4;

const arrows: Readonly<Record<string, Pixel>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
