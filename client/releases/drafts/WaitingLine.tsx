import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { command } from "#client/state/command.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import type { DraftReply, ReleasesReply } from "#core/releases/wire/releases.ts";
import { formatDate, formatDay } from "#core/time/words.ts";

/** That figures are about to go public, and until when they can be held; nothing where none are. */
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

/** Releases and what waits; read again when the time to read a draft ends while the page is open. */
export function useWaiting(): Resource<ReleasesReply> {
  const shown = useShared(releases);
  // Looked at by the clock and not by a timer of three days: a lid that was closed stops timers.
  useInterval(() => {
    if (hasValue(shown) && isTimeOver(shown.value.drafts, Date.now())) releases.reload();
  }, lookEveryMs);
  return shown;
}

const zone = () => zoneNamed(command.get().timeZone);

type Standing = Pick<DraftReply, "isStale" | "objections" | "isHeldByAnother" | "approvableFrom">;

/** Where a draft stands, as far as the caller may know. What holds it comes first: until it is lifted nothing else can be done. */
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

/** What waits, in one sentence for whoever can hold it: how many, and until when there is time to. */
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

/** The same for a partner, who approves nothing: from when residents may read it. */
export function publishedSentence(drafts: readonly Standing[]): string {
  const from = firstFreeFrom(drafts);
  if (from === "held") return "Figures for residents cannot be published at present.";
  return `Figures may be published ${from === null ? "today" : `from ${from}`}.`;
}

/** From when the first that nothing holds can be approved: "Sun 29 Nov, 10:42"; null for now. */
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

/** Whether the time to read one of them has ended since it was asked how they stand. */
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
