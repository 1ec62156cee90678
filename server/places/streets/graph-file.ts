import { crc32 } from "node:zlib";
import { arcsOf, type StreetGraph } from "#core/places/streets/graph.ts";
import { FileFault } from "#core/table/file-fault.ts";

/**
 * The graph as octets, little endian: "BOXSTGR1", version, check sum (CRC-32 of all that follows), number of nodes,
 * segments, vertices and octets of names, then the arrays one behind the other, each on a multiple of eight. What
 * follows from the rest (ways out of nodes, places of nodes) is not written.
 */
export function writeGraph(graph: StreetGraph): Uint8Array {
  const names = Buffer.from(JSON.stringify(graph.names));
  const counts = [graph.nodeCount, graph.segmentCount, graph.shape.length / 2, names.length];
  const arrays = Object.keys(layoutOf(0, 0, 0)).map((name) => graph[name as keyof Layout]);
  const sections: readonly ArrayBufferView[] = [...arrays, names];
  const size = sections.reduce((sum, { byteLength }) => sum + padded(byteLength), headerOctets);
  const octets = new Uint8Array(size);
  const view = new DataView(octets.buffer);
  octets.set(Buffer.from(mark));
  view.setUint32(8, version, true);
  counts.forEach((count, at) => {
    view.setUint32(16 + 4 * at, count, true);
  });
  let at = headerOctets;
  for (const { buffer, byteOffset, byteLength } of sections) {
    octets.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += padded(byteLength);
  }
  view.setUint32(12, crc32(octets.subarray(16)), true);
  return octets;
}

type Layout = ReturnType<typeof layoutOf>;

/** The arrays of a graph in the order in which they are written, with how many numbers each has. */
const layoutOf = (nodes: number, segments: number, vertices: number) =>
  ({
    metres: [Float64Array, segments],
    from: [Uint32Array, segments],
    to: [Uint32Array, segments],
    name: [Int32Array, segments],
    rank: [Uint32Array, nodes],
    shapeStart: [Uint32Array, segments + 1],
    shape: [Int32Array, 2 * vertices],
    classes: [Uint8Array, segments],
    oneWay: [Uint8Array, segments],
  }) as const;

/** Throws a `FileFault` for a graph of another version. */
export function readGraph(octets: Uint8Array): StreetGraph {
  if (
    octets.length < headerOctets ||
    Buffer.from(octets.subarray(0, 8)).toString("latin1") !== mark
  ) {
    throw new FileFault("this is no file of streets");
  }
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const found = view.getUint32(8, true);
  if (found !== version) {
    throw new FileFault(
      `this file of streets is of version ${found}, and this program reads version ${version}; bring the streets in again`,
    );
  }
  const [nodeCount = 0, segmentCount = 0, vertices = 0, nameOctets = 0] = [0, 1, 2, 3].map((at) =>
    view.getUint32(16 + 4 * at, true),
  );
  let at = headerOctets;
  // A copy of its own: a buffer of Node is a window of a larger one.
  const take = (length: number): ArrayBuffer => {
    const from = at;
    at += padded(length);
    return Uint8Array.from(octets.subarray(from, from + length)).buffer;
  };
  const arrays = Object.fromEntries(
    Object.entries(layoutOf(nodeCount, segmentCount, vertices)).map(([name, [Numbers, length]]) => [
      name,
      new Numbers(take(Numbers.BYTES_PER_ELEMENT * length)),
    ]),
  ) as { readonly [Name in keyof Layout]: StreetGraph[Name] };
  const names = JSON.parse(Buffer.from(take(nameOctets)).toString("utf8")) as string[];
  const { from, to } = arrays;
  const places = placesOfNodes(nodeCount, arrays);
  return { nodeCount, segmentCount, ...arrays, names, ...places, ...arcsOf(nodeCount, from, to) };
}

const mark = "BOXSTGR1";
const version = 1;
const headerOctets = 32;

function padded(octets: number): number {
  return Math.ceil(octets / 8) * 8;
}

function placesOfNodes(
  nodeCount: number,
  { from, to, shapeStart, shape }: Pick<StreetGraph, "from" | "to" | "shapeStart" | "shape">,
) {
  const [nodeX, nodeY] = [new Int32Array(nodeCount), new Int32Array(nodeCount)];
  const put = (node: number, vertex: number) => {
    nodeX[node] = shape[2 * vertex] ?? 0;
    nodeY[node] = shape[2 * vertex + 1] ?? 0;
  };
  from.forEach((node, segment) => {
    put(node, shapeStart[segment] ?? 0);
    put(to[segment] ?? 0, (shapeStart[segment + 1] ?? 1) - 1);
  });
  return { nodeX, nodeY };
}
