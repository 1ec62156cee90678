import { useEffect, useState } from "react";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { type Address, parseFragment } from "#client/state/url.ts";
import { formatDateRange } from "#core/time/words.ts";
import { isLocalDate } from "#core/time/zone.ts";

/** Dates that are invalid, or end before they start. */
export function linkFault(params: Address["params"]): string | null {
  const { from, to } = params;
  if (from === undefined && to === undefined) return null;
  const asked = `${short(from)} to ${short(to)}`;
  if (!(from && isLocalDate(from) && to && isLocalDate(to)))
    return `The dates in this link are not valid (${asked})`;
  return from > to ? `The dates in this link end before they start (${asked})` : null;
}

/** Of the link that opened the page, while the usual dates stand in for it. */
export function useLinkFault(shown: DateRange, usual: DateRange): string | null {
  const [fault, setFault] = useState(faultHere);
  useEffect(() => {
    const onHash = () => setFault(faultHere());
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  if (fault === null || shown.from !== usual.from || shown.to !== usual.to) return null;
  return `${fault}, so this shows ${formatDateRange(shown.from, shown.to)}.`;
}

function faultHere(): string | null {
  return linkFault(parseFragment(window.location.hash).params);
}

/** Cut to the length of a date: the address may hold anything. */
function short(text: string | undefined): string {
  return text === undefined ? "nothing" : text.slice(0, 10);
}
