import { createHash } from "node:crypto";
import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import type { StoredOperation } from "#server/displacement/queries/operations.ts";

/** Equal for equal cells and settings: what was asked of these reports is then the same. */
export function questionHash({ cells }: StoredOperation, settings: WatchSettings): string {
  const content = JSON.stringify([cells, settings]);
  return createHash("sha256").update(content).digest("base64url");
}

export function isRunning({ startsOn, endsOn }: StoredOperation, asAt: string): boolean {
  return startsOn <= asAt && (endsOn === null || endsOn >= asAt);
}

/** The date as a number: the same for every look of a day, and another one the day after. */
export function seedOf(asAt: string): number {
  return Number(asAt.replaceAll("-", ""));
}
