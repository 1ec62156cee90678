import { Readable } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Encoding, encodingFor } from "#server/http/encodings.ts";

/** Shorter ones fit into one packet as they are. */
const leastPacked = 1024;
/** Bytes handed to a connection at a time. */
const sliceLength = 64 * 1024;
const packable = /^text\/|[/+](?:json|xml)\b/;

/** In Node's thread pool. Higher Brotli levels take five times as long for a twentieth less. */
const pack: Record<Encoding, (octets: Buffer) => Promise<Buffer>> = {
  br: (octets) =>
    promisify(brotliCompress)(octets, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (octets) => promisify(gzip)(octets),
};

/**
 * A complete answer is compressed before any of it is sent, and passed on in slices: a slow or
 * stalled reader holds no encoder (megabytes each) and no encrypted copy of it, only a slice.
 */
export function sendInSlices(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" && !Buffer.isBuffer(payload)) return payload;
    const whole = typeof payload === "string" ? Buffer.from(payload) : payload;
    if (whole.length < leastPacked) return payload;
    const octets = await packedFor(request, reply, whole);
    reply.header("content-length", octets.length);
    if (octets.length <= sliceLength) return octets;
    return Readable.from(slicesOf(octets), { objectMode: false, highWaterMark: sliceLength });
  });
}

async function packedFor(
  request: FastifyRequest,
  reply: FastifyReply,
  whole: Buffer,
): Promise<Buffer> {
  const type = String(reply.getHeader("content-type") ?? "application/json");
  if (!packable.test(type) || reply.hasHeader("content-encoding")) return whole;
  const vary = String(reply.getHeader("vary") ?? "accept-encoding");
  reply.header("vary", vary);
  const encoding = encodingFor(request.headers["accept-encoding"]);
  if (encoding === null) return whole;
  reply.header("content-encoding", encoding);
  return pack[encoding](whole);
}

function* slicesOf(octets: Buffer): Generator<Buffer> {
  for (let at = 0; at < octets.length; at += sliceLength) {
    yield octets.subarray(at, at + sliceLength);
  }
}
