import { useMemo } from "react";
import type { PaperGround, PaperLine } from "#client/map/streets/paper-ground.ts";
import type { Position } from "#core/geo/cell.ts";
import "#client/map/streets/paper-streets.css";

export interface PaperStreetsProps {
  readonly ground: PaperGround;
  /** Of the drawing, downwards. */
  readonly toPoint: (at: Position) => readonly [number, number];
  readonly width: number;
  readonly height: number;
  readonly unitsPerMetre: number;
  /** Of the pen: about a tenth of a millimetre, or a pixel of the slide. */
  readonly pen: number;
}

type Kind = PaperLine["kind"];

/** Metres across, as streets are; the smallest first, so that larger ones lie over them. */
const widths: readonly (readonly [kind: Kind, metres: number, leastPens: number])[] = [
  ["rail", 5, 1.6],
  ["cycleway", 2, 0.9],
  ["path", 2, 0.9],
  ["service", 5, 1],
  ["street", 9, 1.6],
  ["secondary", 12, 3],
  ["main", 14, 4],
  ["motorway", 22, 5],
];

/** Wide enough in pens to be drawn as two edges with paper between. */
const openFromPens = 8;
/** Drawn as single lines at any scale. */
const narrow: readonly Kind[] = ["rail", "path", "cycleway"];
/** Left out where a drawing shows kilometres. */
const small: readonly Kind[] = ["street", "service", "path", "cycleway"];
const smallFromPens = 1.2;

/** Streets, water and green in the greys of paper, under what a drawing is about. */
export function PaperStreets(props: PaperStreetsProps) {
  const { ground, toPoint, width, height, unitsPerMetre, pen } = props;
  const all = useMemo(
    () => drawn({ ground, toPoint, width, height, unitsPerMetre, pen }),
    [ground, toPoint, width, height, unitsPerMetre, pen],
  );
  return (
    <g className="paper-streets">
      <path className="paper-streets__green" d={all.green} />
      <path className="paper-streets__water" d={all.water} />
      {all.lines.map(({ kind, d, width, isOpen, pen }) =>
        isOpen ? (
          <path
            key={`${kind} edge`}
            className="paper-streets__edge"
            d={d}
            strokeWidth={width + 2 * pen}
          />
        ) : (
          <path
            key={kind}
            className={`paper-streets__line paper-streets__line--${kind}`}
            d={d}
            strokeWidth={width}
          />
        ),
      )}
      {all.lines.map(({ kind, d, width, isOpen }) =>
        isOpen ? (
          <path key={kind} className="paper-streets__street" d={d} strokeWidth={width} />
        ) : null,
      )}
    </g>
  );
}

function drawn({ ground, toPoint, width, height, unitsPerMetre, pen }: PaperStreetsProps) {
  const lineOf = (line: readonly Position[]) => {
    const points = line.map(toPoint);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    // Cheap test by bounding box.
    const isAcross = Math.max(...xs) > 0 && Math.min(...xs) < width;
    return isAcross && Math.max(...ys) > 0 && Math.min(...ys) < height ? pathOf(points) : "";
  };
  const ring = (positions: readonly Position[]) => {
    const line = lineOf(positions);
    return line === "" ? "" : `${line}Z`;
  };
  const shown = widths.filter(
    ([kind, metres]) => !small.includes(kind) || metres * unitsPerMetre >= smallFromPens * pen,
  );
  return {
    green: ground.green.map(ring).join(""),
    water: ground.water.map(ring).join(""),
    lines: shown.flatMap(([kind, metres, leastPens]) => {
      const lines = ground.lines.filter((one) => one.kind === kind);
      const d = lines.map(({ line }) => lineOf(line)).join("");
      const wide = Math.max(leastPens * pen, metres * unitsPerMetre);
      const isOpen = !narrow.includes(kind) && wide >= openFromPens * pen;
      return d === ""
        ? []
        : [{ kind, d, width: narrow.includes(kind) ? leastPens * pen : wide, isOpen, pen }];
    }),
  };
}

export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}
