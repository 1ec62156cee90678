import { MapAdapter } from "#client/map/map-adapter.ts";
import type { MapPart } from "#client/map/map-canvas.ts";
import { metresPerPixel } from "#client/ui/picture/scale.ts";
import type { Still } from "#client/ui/picture/still.ts";

/** However wide the screen: the words beside it are then about 10 pt on a page of A4. */
const widths = { landscape: 900, portrait: 640 } as const;
/** Dots for each of these pixels: some 270 to the inch. */
const sharpness = 3.2;
const mostWaitMs = 60_000;

/**
 * A part of a map drawn once more, by a map of its own beside the page: as wide and as sharp as
 * paper wants it. What the first one shows is taken at once.
 */
export function stillOf(shown: MapAdapter, part: MapPart): Promise<Still> {
  const widthPx = part.width < part.height ? widths.portrait : widths.landscape;
  const scale = widthPx / part.width;
  const heightPx = Math.round(part.height * scale);
  const { paint, layers, centre, zoom } = shown.partOf(part);
  const container = document.createElement("div");
  container.inert = true;
  container.style.cssText = `position:fixed;left:-9999px;top:0;width:${widthPx}px;height:${heightPx}px`;
  document.body.append(container);
  const camera = { centre, zoom: zoom + Math.log2(scale) };
  let map: MapAdapter | null = null;
  const drawn = new Promise<void>((resolve, reject) => {
    const giveUp = () => reject(new Error("The map was not drawn in time."));
    setTimeout(giveUp, mostWaitMs);
    map = new MapAdapter(paint, {
      container,
      start: camera,
      sharpness,
      coveredPx: () => 0,
      onHover: () => undefined,
      onClick: () => undefined,
      onMoved: () => undefined,
      onDrawn: resolve,
      onLost: giveUp,
    });
    map.setLayers(layers);
  });
  return drawn
    .then(() => {
      if (map === null) throw new Error("There is no map.");
      const metresAcross = metresPerPixel(centre[1], camera.zoom) * widthPx;
      return { dots: map.paperDots(), widthPx, heightPx, metresAcross };
    })
    .finally(() => {
      map?.destroy();
      container.remove();
    });
}
