import type { SketchView } from "#client/map/sketch-view.ts";
import { lengthWords, type ScaleBar } from "#client/ui/picture/scale.ts";
import "#client/map/sketch.css";

/** Of a drawing in tenths of a millimetre: north at the top right, a round length at the bottom right. */
export function SketchFurniture({
  view: { width, height },
  bar: { metres, length },
}: {
  readonly view: Pick<SketchView, "width" | "height">;
  readonly bar: ScaleBar;
}) {
  return (
    <>
      <g transform={`translate(${width - 40} 30)`}>
        <path className="sketch-ink" d="M0 -18L13 26L0 16L-13 26Z" />
        <text className="sketch-name" y={45}>
          N
        </text>
      </g>
      <g transform={`translate(${width - length - 20} ${height - 15})`}>
        <path className="sketch-line" d={`M0 -10V0H${length}V-10`} />
        <text className="sketch-name" x={length / 2} y={-21}>
          {lengthWords(metres)}
        </text>
      </g>
    </>
  );
}
