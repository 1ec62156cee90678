import type { Shape } from "#core/table/features/feature-layer.ts";

const types = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"];

/**
 * A shape in well-known binary (OGC 06-103r4, section 8) as GeoJSON has it, without heights and measures; of a curve or a
 * collection the type alone. Throws a `RangeError` where it ends too soon.
 */
export function readWkb(octets: Uint8Array): Shape {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let at = 0;
  const readShape = (): Shape => {
    const isLittle = view.getUint8(at) === 1;
    const written = view.getUint32(at + 1, isLittle);
    at += 5;
    const take = <Value>(size: number, read: (from: number, isLittle: boolean) => Value): Value => {
      at += size;
      return read.call(view, at - size, isLittle);
    };
    const { code, dimensions } = typeOf(written);
    const readPoint = () => {
      const numbers = Array.from({ length: dimensions }, () => take(8, view.getFloat64));
      return numbers.slice(0, 2);
    };
    const listOf = <Value>(read: () => Value): Value[] =>
      Array.from({ length: take(4, view.getUint32) }, read);
    const type = types[code - 1];
    if (type === undefined) return { type: `shape of type ${code}` };
    if (type === "Point") return { type, coordinates: readPoint() };
    if (type === "LineString") return { type, coordinates: listOf(readPoint) };
    if (type === "Polygon") return { type, coordinates: listOf(() => listOf(readPoint)) };
    return { type, coordinates: listOf(() => readShape().coordinates) };
  };
  return readShape();
}

/** Height and measure are said in thousands (ISO), or in the highest bits (as older programs write it). */
function typeOf(written: number): { readonly code: number; readonly dimensions: number } {
  const plain = written & 0x1fff_ffff;
  const iso = Math.floor(plain / 1000);
  const hasHeight = written >= 0x8000_0000 || iso === 1 || iso === 3;
  const hasMeasure = (written & 0x4000_0000) !== 0 || iso === 2 || iso === 3;
  return { code: plain % 1000, dimensions: 2 + Number(hasHeight) + Number(hasMeasure) };
}
