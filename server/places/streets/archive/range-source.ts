import type { Stretch } from "#server/places/streets/archive/pmtiles.ts";
import { ArchiveFault, BrokenDownload } from "#server/places/streets/archive/tile-archive.ts";

/** The archive at an address is another one than it was. */
export class ArchiveChanged extends ArchiveFault {}

/** There is nothing at an address. */
export class MissingArchive extends ArchiveFault {}

/** A file behind an address, read in parts. */
export type RangeSource = ReturnType<typeof createRangeSource>;

/** How long a server may say nothing. */
const longestSilenceMs = 30_000;

/**
 * Requests parts of a file by HTTP ranges (RFC 9110, section 14), never the whole. Refuses a server
 * that answers with the whole, or with another range; throws `ArchiveChanged` once the server
 * reports a different file.
 */
export function createRangeSource(url: URL, signal: AbortSignal, silenceMs = longestSilenceMs) {
  let identity: string | null = null;
  const name = shownAddress(url);
  return {
    getKey: () => url.href,
    /** What tells this state of the file from another, as the server said with the first part; null before. */
    identity: () => identity,
    /** As the package for PMTiles asks. */
    getBytes: async (offset: number, length: number) => {
      const parts: Uint8Array[] = [];
      for await (const part of stream({ offset, length }, true)) parts.push(part);
      return { data: Uint8Array.from(Buffer.concat(parts)).buffer };
    },
    /** The octets of one stretch as they come; ends early by throwing `BrokenDownload`. */
    stream: (stretch: Stretch) => stream(stretch, false),
  };

  async function* stream(stretch: Stretch, mayEnd: boolean): AsyncGenerator<Uint8Array> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), silenceMs);
    let begun = false;
    try {
      const response = await ask(stretch, AbortSignal.any([signal, silence.signal]));
      const comes = partOf(response, stretch, mayEnd);
      begun = true;
      for await (const part of noMoreThan(comes, response)) {
        timer.refresh();
        yield part;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ArchiveFault) throw error;
      const state = begun ? "broke off" : "cannot be reached";
      throw new BrokenDownload(
        silence.signal.aborted
          ? `${name} has said nothing for ${silenceMs / 1000} seconds.`
          : `${name} ${state} (${reasonOf(error)}).`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  async function* noMoreThan(comes: number, { body }: Response): AsyncGenerator<Uint8Array> {
    let left = comes;
    for await (const part of body ?? []) {
      left -= part.length;
      if (left < 0) throw new ArchiveFault(`${name} sent more than was asked for.`);
      yield part;
    }
    if (left > 0) throw new BrokenDownload(`${name} broke off before its part was whole.`);
  }

  function ask({ offset, length }: Stretch, abort: AbortSignal): Promise<Response> {
    return fetch(url, {
      headers: { range: `bytes=${offset}-${offset + length - 1}`, "accept-encoding": "identity" },
      signal: abort,
    });
  }

  /** How many octets come; the body of a refused answer is not read. */
  function partOf(response: Response, { offset, length }: Stretch, mayEnd: boolean): number {
    const { status, headers } = response;
    if (status !== 206) throw statusFault(name, status);
    const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
    const [from, to] = [Number(range?.[1]), Number(range?.[2])];
    const comes = to - from + 1;
    if (from !== offset || !(mayEnd ? comes <= length : comes === length)) {
      throw new ArchiveFault(`${name} sent another part of the file than was asked for.`);
    }
    const said = [headers.get("etag") ?? headers.get("last-modified") ?? "", range?.[3]].join(" ");
    if (identity !== null && said !== identity) {
      throw new ArchiveChanged(`The archive at ${name} has changed while it was read.`);
    }
    identity = said;
    return comes;
  }
}

/** Without user, password and query, which may be a key. */
export function shownAddress(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function statusFault(name: string, status: number): ArchiveFault {
  if (status === 404 || status === 410) {
    return new MissingArchive(`There is no archive at ${name} (${status}).`);
  }
  return new ArchiveFault(
    status === 200
      ? `${name} sends whole files only: it does not answer requests for a part (ranges). Download the archive by other means, then: boxster streets add FILE.`
      : status === 401 || status === 403
        ? `${name} may not be read (${status}).`
        : status === 416
          ? `The file at ${name} ends before it should (416): it is cut off.`
          : `${name} answered ${status}: try again later, or another address.`,
  );
}

function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (inner instanceof Error) {
    return "code" in inner && typeof inner.code === "string" ? inner.code : inner.message;
  }
  return String(inner);
}

/** Protomaps' build of the whole planet, made daily from OpenStreetMap; each day's is there for about a week. */
const builds = "https://build.protomaps.com/";
const days = 7;

/** The addresses to try, newest first; before them the one of a download that broke off. */
export function planetBuilds(now: number, brokenOff: string | null): readonly URL[] {
  const dates = Array.from({ length: days }, (_, ago) => {
    const day = new Date(now - ago * 86_400_000).toISOString().slice(0, 10);
    return `${builds}${day.replaceAll("-", "")}.pmtiles`;
  });
  const before = brokenOff?.startsWith(builds) ? [brokenOff] : [];
  return [...new Set([...before, ...dates])].map((address) => new URL(address));
}

/** An address as it was typed. */
export function archiveAddress(word: string): URL {
  const url = URL.parse(word);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new ArchiveFault(
    "That is no address: it starts with https:// or http://. A file comes in with boxster streets add FILE.",
  );
}
