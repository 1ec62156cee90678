import { createHash, randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { arcsOf, type StreetGraph } from "#core/places/streets/graph.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** Where the streets came from. */
const streetSource = z.object({
  name: z.string(),
  /** SHA-256 of the tiles beside, in hexadecimal. */
  sha256: z.string(),
  /** As the source asks to be named; null where nobody said. */
  attribution: z.string().nullable(),
});
export type StreetSource = z.infer<typeof streetSource>;

export interface KeptStreets {
  readonly graph: StreetGraph;
  readonly source: StreetSource;
  /** SHA-256 of the whole file: other streets have another one. */
  readonly hash: string;
  /**
   * First octets of the SHA-256 of the graph alone, in hexadecimal: what numbers of segments are kept with. The same
   * streets brought in again, from another file or under another licence line, have the same.
   */
  readonly network: string;
}

/**
 * Writes a file beside the one that is kept (`basemap/streets.graph` of the data folder), and answers with its path: the
 * graph, the source as JSON and its length, and the SHA-256 of all that.
 */
export async function writeStreets(folder: string, graph: StreetGraph, source: StreetSource) {
  const about = Buffer.from(JSON.stringify(source));
  const length = Buffer.alloc(lengthOctets);
  length.writeUInt32LE(about.length);
  const parts = [writeGraph(graph), about, length];
  const hash = parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
  const path = join(folder, `writing-${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = Buffer.concat([...parts, hash]);
    await writeFile(path, file, { flag: "wx", mode: 0o600, flush: true });
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Null where there are none. Throws a `FileFault` for a file that is damaged or of another version. */
export async function readStreets(path: string): Promise<KeptStreets | null> {
  const octets = await ifThere(readFile(path));
  if (!octets) return null;
  const end = octets.length - hashOctets;
  const hash = octets.subarray(Math.max(0, end));
  const sum = createHash("sha256").update(octets.subarray(0, Math.max(0, end)));
  if (end < lengthOctets || !sum.digest().equals(hash)) {
    throw new FileFault("this file of streets is damaged; bring the streets in again");
  }
  const begin = end - lengthOctets - octets.readUInt32LE(end - lengthOctets);
  const about: unknown = JSON.parse(octets.toString("utf8", begin, end - lengthOctets));
  const octetsOfGraph = octets.subarray(0, begin);
  const ofGraph = createHash("sha256").update(octetsOfGraph).digest();
  return {
    graph: readGraph(octetsOfGraph),
    network: ofGraph.toString("hex", 0, networkOctets),
    source: streetSource.parse(about),
    hash: hash.toString("hex"),
  };
}

const lengthOctets = 4;
const hashOctets = 32;
const networkOctets = 8;

/** Null where there is no such file. */
export function ifThere<Made>(work: Promise<Made>): Promise<Made | null> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

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
