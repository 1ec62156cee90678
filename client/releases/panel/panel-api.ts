import { ask } from "#client/api/ask.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import { publicReleaseCalls as calls, type ReleaseLine } from "#core/releases/wire/releases.ts";

/** What was ever released, the last first, and one of it with all that residents may see. */
export interface Released {
  readonly releases: readonly ReleaseLine[];
  /** Null where none stands: nothing was released yet, or each was withdrawn. */
  readonly reply: ReleaseReply | null;
}

/** The release of that number, else the last one that stands. */
export async function loadRelease(
  number: string | undefined,
  signal: AbortSignal,
): Promise<Released> {
  const { releases } = await ask(calls.list, {}, { signal });
  const hasStanding = releases.some(({ withdrawn }) => withdrawn === null);
  if (number === undefined && !hasStanding) return { releases, reply: null };
  const reply =
    number === undefined
      ? await ask(calls.latest, {}, { signal })
      : await ask(calls.one, { number: Number(number) }, { signal });
  return { releases, reply };
}

/** What was ever released, asked again and again while a panel is open; without the session, which must not live on for it. */
export async function loadReleaseLines(): Promise<readonly ReleaseLine[]> {
  return (await ask(calls.list, {}, { isAnonymous: true })).releases;
}

/** What became of a release that is shown, as far as the list of releases says. */
export interface ReleaseNews {
  readonly withdrawn: ReleaseLine["withdrawn"];
  /** The last one that stands, where it came after this one. */
  readonly later: number | null;
  /** Later ones that were withdrawn, the last first. */
  readonly laterWithdrawn: readonly ReleaseLine[];
}

export function newsOf(number: number, lines: readonly ReleaseLine[]): ReleaseNews {
  const later = lines.filter((line) => line.number > number);
  const standing = later.filter(({ withdrawn }) => withdrawn === null);
  return {
    withdrawn: lines.find((line) => line.number === number)?.withdrawn ?? null,
    later: standing.length === 0 ? null : Math.max(...standing.map((line) => line.number)),
    laterWithdrawn: later
      .filter(({ withdrawn }) => withdrawn !== null)
      .toSorted((a, b) => b.number - a.number),
  };
}

/** The last release that stands; null where none does. */
export function latestStanding(lines: readonly ReleaseLine[]): number | null {
  return newsOf(0, lines).later;
}

/** How the list names a release. */
export function releaseName({ number, withdrawn }: ReleaseLine): string {
  return withdrawn === null ? `Release ${number}` : `Release ${number}, withdrawn`;
}
