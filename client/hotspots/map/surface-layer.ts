import { BitmapLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { Surface } from "#core/hotspots/surface.ts";

export interface SurfaceLayerInput {
  readonly id: string;
  readonly surface: Surface;
  /** Densities at which it has the colours of the classes. */
  readonly breaks: readonly number[];
  readonly colours: readonly Rgba[];
  readonly opacity: number;
}

/** A density as an image that lies on the map: colours run into each other, nothing is drawn outside the area. */
export function surfaceLayer({ id, surface, breaks, colours, opacity }: SurfaceLayerInput) {
  const { width, height, bounds } = surface;
  const [west, south, east, north] = bounds;
  return new BitmapLayer<{ beforeId: string }>({
    id,
    image: new ImageData(surfacePixels(surface, { breaks, colours, opacity }), width, height),
    bounds: [west, south, east, north],
    beforeId: dataSlot,
  });
}

type Scale = Pick<SurfaceLayerInput, "breaks" | "colours" | "opacity">;

/** Red, green, blue and opacity of each pixel. */
export function surfacePixels(
  { density, width, height }: Surface,
  { breaks, colours, opacity }: Scale,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const first = breaks[0] ?? 1;
  for (let pixel = 0; pixel < density.length; pixel += 1) {
    const value = density[pixel] as number;
    const [red, green, blue] = colourAt(value, breaks, colours);
    pixels[pixel * 4] = red;
    pixels[pixel * 4 + 1] = green;
    pixels[pixel * 4 + 2] = blue;
    // What is less than the first bound fades to nothing.
    pixels[pixel * 4 + 3] = 255 * opacity * Math.min(1, Math.max(0, value / first));
  }
  return pixels;
}

/** Between the colours of two bounds by the ratio, as the bounds themselves are spaced. */
function colourAt(
  value: number,
  breaks: readonly number[],
  colours: readonly Rgba[],
): readonly [number, number, number] {
  let above = breaks.findIndex((bound) => bound > value);
  if (above < 0) above = breaks.length;
  const low = colours[Math.max(0, above - 1)] ?? black;
  const high = colours[Math.min(above, breaks.length - 1)] ?? black;
  const from = breaks[above - 1];
  const to = breaks[above];
  const share =
    from === undefined || to === undefined ? 0 : Math.log(value / from) / Math.log(to / from);
  const mix = (part: 0 | 1 | 2) => low[part] + (high[part] - low[part]) * share;
  return [mix(0), mix(1), mix(2)];
}

const black: Rgba = [0, 0, 0, 255];
