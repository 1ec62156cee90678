import { runInNewContext } from "node:vm";
import type { Position } from "#core/geo/cell.ts";

const constituencies = ["Broxbourne", "Welwyn Hatfield", "Hertsmere", "Epping Forest"];

interface EncodedFeature {
  readonly properties: { readonly pcon16nm: string };
  readonly geometry: { readonly coordinates: string[]; readonly encodeOffsets: number[][] };
}

/**
 * The four constituencies as GeoJSON, from the script of npm `echarts-united-kingdom-js@0.0.1`
 * (Westminster constituencies, December 2016, full clipped).
 */
export function decodeDistricts(script: string): unknown {
  let features: readonly EncodedFeature[] = [];
  const echarts = {
    registerMap: (_name: string, map: { features: readonly EncodedFeature[] }) => {
      features = map.features;
    },
  };
  runInNewContext(script, { echarts });
  return {
    type: "FeatureCollection",
    features: constituencies.map((name) => {
      const feature = features.find((each) => each.properties.pcon16nm === name);
      if (!feature) throw new RangeError(`No constituency "${name}" in the map script`);
      const { coordinates, encodeOffsets } = feature.geometry;
      const rings = coordinates.map((text, index) => decodeRing(text, encodeOffsets[index] ?? []));
      return {
        type: "Feature",
        properties: { name },
        geometry: { type: "Polygon", coordinates: rings },
      };
    }),
  };
}

/**
 * ECharts' compressed rings: zigzag differences in 1/1024 degree, offset by 64. The encoder rounds
 * up, so that decoded points lie half a step too far north and east (measured).
 */
function decodeRing(text: string, offset: readonly number[]): Position[] {
  const step = 1 / 1024;
  const unzigzag = (code: number) => (code >> 1) ^ -(code & 1);
  let [x = 0, y = 0] = offset;
  const ring: Position[] = [];
  for (let at = 0; at + 1 < text.length; at += 2) {
    x += unzigzag(text.charCodeAt(at) - 64);
    y += unzigzag(text.charCodeAt(at + 1) - 64);
    ring.push([(x - 0.5) * step, (y - 0.5) * step]);
  }
  const first = ring[0];
  if (first) ring.push(first);
  return ring;
}
