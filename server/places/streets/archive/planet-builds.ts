import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";

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
