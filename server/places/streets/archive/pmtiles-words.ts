import { type Header, TileType } from "pmtiles";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";
import type { PmtilesIndex } from "#server/places/streets/archive/pmtiles-index.ts";
import { type ArchiveWords, layerNames } from "#server/places/streets/archive/tile-archive.ts";

/** What a PMTiles archive says of itself; refused where its tiles are no vector tiles that we read. */
export function pmtilesWords({ header, metadata }: Omit<PmtilesIndex, "locate">): ArchiveWords {
  refuseOtherTiles(header.tileType);
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = header;
  return {
    minZoom,
    maxZoom,
    layers: layerNames(metadata["vector_layers"]),
    attribution: metadata["attribution"],
    bounds: minLon < maxLon && minLat < maxLat ? [minLon, minLat, maxLon, maxLat] : null,
    compression: header.tileCompression,
  };
}

const pictures: Readonly<Record<number, string>> = {
  [TileType.Png]: "PNG",
  [TileType.Jpeg]: "JPEG",
  [TileType.Webp]: "WebP",
  [TileType.Avif]: "AVIF",
};

function refuseOtherTiles(type: Header["tileType"]): void {
  if (type === TileType.Mvt || type === TileType.Unknown) return;
  const picture = pictures[type];
  throw new ArchiveFault(
    picture === undefined
      ? "Its tiles are in a form that Boxster does not read: it needs Mapbox vector tiles (MVT)."
      : rasterWords(picture),
  );
}

export function rasterWords(format: string): string {
  return `It holds raster tiles, which are pictures (${format}): Boxster needs vector tiles, whose streets have names and lines.`;
}
