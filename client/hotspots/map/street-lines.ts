import type { Layer } from "@deck.gl/core";
import { along } from "@turf/along";
import { lineString } from "@turf/helpers";
import { length } from "@turf/length";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { countColours, type Palette } from "#client/map/palette.ts";
import type { Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { classBreaks, classOf } from "#core/hotspots/class-breaks.ts";
import type { StreetPlaceRow } from "#core/hotspots/wire/streets.ts";

/** Pixels by class, lowest first. */
export const streetWidths = [3, 4, 5, 6, 7] as const;

/** Lower bounds, scaled to the largest weight listed. */
export function streetBreaks(rows: readonly Pick<StreetPlaceRow, "weight">[]): readonly number[] {
  return classBreaks(rows.reduce((most, { weight }) => Math.max(most, weight), 0));
}

export interface StreetLayersInput {
  readonly rows: readonly StreetPlaceRow[];
  readonly chosen: number | null;
  readonly hovered: number | null;
  readonly palette: Palette;
}

/** Hot stretches have an outline in the hotspot colour, the chosen one in ink. */
export function streetLayers({ rows, chosen, hovered, palette }: StreetLayersInput): Layer[] {
  const breaks = streetBreaks(rows);
  const colours = countColours(palette);
  const linesOf = (isWanted: (row: StreetPlaceRow) => boolean) =>
    rows.filter(isWanted).map(({ line }) => line);
  const hot = { paths: linesOf((row) => row.hot) };
  const isHovered = ({ segment }: StreetPlaceRow) => segment === hovered;
  const isChosen = ({ segment }: StreetPlaceRow) => segment === chosen;
  return [
    pathLayer({ id: "streets-hot", ...hot, colour: palette.hot, widthPx: 13 }),
    pathLayer({ id: "streets-hot-inner", ...hot, colour: palette.paper, widthPx: 9 }),
    ...streetWidths.map((widthPx, at) =>
      pathLayer({
        id: `streets-${at + 1}`,
        paths: linesOf(({ weight }) => classOf(weight, breaks) === at),
        colour: colours[at] ?? palette.ink,
        widthPx,
      }),
    ),
    pathLayer({
      id: "streets-hovered",
      paths: linesOf(isHovered),
      colour: palette.ink,
      widthPx: 2,
    }),
    pathLayer({ id: "streets-chosen", paths: linesOf(isChosen), colour: palette.ink, widthPx: 4 }),
  ];
}

/** Pointer tolerance beside a line. */
const pointerMetres = 25;

/** The nearest listed stretch; null where none is near. */
export function streetAt(
  rows: readonly Pick<StreetPlaceRow, "segment" | "line">[],
  at: Position,
): number | null {
  const plane = createPlane(at);
  let best: { readonly segment: number; readonly metres: number } | null = null;
  for (const { segment, line } of rows) {
    if (line.length === 0) continue;
    const { distance } = locateOnLine([0, 0], line.map(plane.toPlane));
    if (distance <= (best?.metres ?? pointerMetres)) best = { segment, metres: distance };
  }
  return best?.segment ?? null;
}

/** Half way along the line. */
export function middleOfLine(line: readonly Position[]): Position | null {
  if (line.length < 2) return line[0] ?? null;
  const whole = lineString(line.map(([lng, lat]) => [lng, lat]));
  const [lng = 0, lat = 0] = along(whole, length(whole) / 2).geometry.coordinates;
  return [lng, lat];
}
