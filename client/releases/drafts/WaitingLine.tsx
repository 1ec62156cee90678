import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { command } from "#client/state/command.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import type { DraftReply, ReleasesReply } from "#core/releases/wire/releases.ts";
import { formatDate, formatDay } from "#core/time/words.ts";
import { createZone } from "#core/time/zone.ts";

/** Figures about to be published, and until when they can be held; hidden without any. */
export function WaitingLine() {
  const shown = useWaiting();
  if (!hasValue(shown) || shown.value.drafts.length === 0) return null;
  return (
    <p>
      Figures for residents: {waitingSentence(shown.value.drafts)}{" "}
      <a href="#/releases">Open Releases</a>
    </p>
  );
}

const lookEveryMs = 30_000;

/** Also reloads when a draft's reading time ends. */
export function useWaiting(): Resource<ReleasesReply> {
  const shown = useShared(releases);
  // Checks the clock, as a three-day timer stops while a laptop sleeps.
  useInterval(() => {
    if (hasValue(shown) && isTimeOver(shown.value.drafts, Date.now())) releases.reload();
  }, lookEveryMs);
  return shown;
}

const zone = () => createZone(command.get().timeZone);

type Standing = Pick<DraftReply, "isStale" | "objections" | "isHeldByAnother" | "approvableFrom">;

/** As far as the role may know. A hold comes first: it blocks everything else. */
export function draftState({
  isStale,
  objections,
  isHeldByAnother,
  approvableFrom,
}: Standing): string {
  if (objections.length > 0) {
    return isStale
      ? "Held by an objection. Another release has been approved since, so this one can no longer be approved. Once the objection is withdrawn, discard it and draft again."
      : "Held until the objection is withdrawn.";
  }
  if (isStale) return "Another release has been approved since. Discard this one and draft again.";
  if (isHeldByAnother) {
    return "Held by an objection to an earlier draft, until that objection is withdrawn.";
  }
  return approvableFrom === null
    ? "Waiting for a second person to approve it. Until then it can be held."
    : `Partners and the coordinator can read and hold it. A second person can approve it from ${momentWords(approvableFrom)}.`;
}

export function waitingSentence(drafts: readonly Standing[]): string {
  if (drafts.length === 0) return "No drafts waiting.";
  const isOne = drafts.length === 1;
  const wait = isOne ? "1 draft waiting" : `${drafts.length} drafts waiting`;
  const from = firstFreeFrom(drafts);
  if (from === "held")
    return `${wait}; ${isOne ? "it cannot" : "none can"} be approved at present.`;
  const which = isOne ? "it" : "the first of them";
  return from === null
    ? `${wait}; ${which} can be approved now.`
    : `${wait}; ${which} can be approved from ${from}.`;
}

/** For partners, who approve nothing: when residents may read it. */
export function publishedSentence(drafts: readonly Standing[]): string {
  const from = firstFreeFrom(drafts);
  if (from === "held") return "Figures for residents cannot be published at present.";
  return `Figures may be published ${from === null ? "today" : `from ${from}`}.`;
}

/** Earliest approval: "Sun 29 Nov, 10:42"; null for now, "held" when all are held. */
function firstFreeFrom(drafts: readonly Standing[]): string | "held" | null {
  const free = drafts.filter(
    ({ isStale, isHeldByAnother, objections }) =>
      !(isStale || isHeldByAnother || objections.length > 0),
  );
  if (free.length === 0) return "held";
  const from = free.map(({ approvableFrom }) => approvableFrom);
  if (from.includes(null)) return null;
  const [first = ""] = from.filter((instant) => instant !== null).sort(byInstant);
  return `${formatDay(zone().dateOf(Date.parse(first)))}, ${formatTimeOfDay(first)}`;
}

/** Whether a draft's reading time has ended since the list was loaded. */
export function isTimeOver(
  drafts: readonly Pick<Standing, "approvableFrom">[],
  now: number,
): boolean {
  return drafts.some(
    ({ approvableFrom }) => approvableFrom !== null && Date.parse(approvableFrom) <= now,
  );
}

function byInstant(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

/** "29 Nov 2026, 10:42" */
function momentWords(instant: string): string {
  return `${formatDate(zone().dateOf(Date.parse(instant)))}, ${formatTimeOfDay(instant)}`;
}
