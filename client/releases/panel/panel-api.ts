import { ask } from "#client/api/ask.ts";
import { type LawNow, lawCalls } from "#core/releases/wire/law.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import { publicReleaseCalls as calls, type ReleaseLine } from "#core/releases/wire/releases.ts";

/** All releases, newest first, and the public content of one. */
export interface Released {
  readonly releases: readonly ReleaseLine[];
  /** Null where none is in force: none released, or all withdrawn. */
  readonly reply: ReleaseReply | null;
  readonly law: LawNow;
}

export async function loadRelease(
  number: string | undefined,
  signal: AbortSignal,
): Promise<Released> {
  const { releases } = await ask(calls.list, {}, { signal });
  const law = await ask(lawCalls.now, {}, { signal });
  const hasStanding = releases.some(({ withdrawn }) => withdrawn === null);
  if (number === undefined && !hasStanding) return { releases, reply: null, law };
  const reply =
    number === undefined
      ? await ask(calls.latest, {}, { signal })
      : await ask(calls.one, { number: Number(number) }, { signal });
  return { releases, reply, law };
}

/** Polled while a panel is open; anonymous, so that it does not extend the session. */
export async function loadReleaseLines(): Promise<readonly ReleaseLine[]> {
  return (await ask(calls.list, {}, { isAnonymous: true })).releases;
}

export interface ReleaseNews {
  readonly withdrawn: ReleaseLine["withdrawn"];
  /** The newest in force, if later than this one. */
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

/** Number of the newest release not withdrawn; null for none. */
export function latestStanding(lines: readonly ReleaseLine[]): number | null {
  return newsOf(0, lines).later;
}

export function releaseName({ number, withdrawn }: ReleaseLine): string {
  return withdrawn === null ? `Release ${number}` : `Release ${number}, withdrawn`;
}
