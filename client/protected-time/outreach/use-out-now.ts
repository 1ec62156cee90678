import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { goOutNow } from "#client/protected-time/outreach/outreach-api.ts";
import { placeLabel } from "#client/protected-time/outreach/outreach-words.ts";
import { saveOrWait } from "#client/protected-time/session-form/save-or-wait.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export interface GoingOut {
  readonly isBusy: boolean;
  readonly fault: string | null;
  /** Whether police are told, or it waits to be sent; null where it is refused. */
  readonly go: (placeId: string, hours: number) => Promise<"told" | "waits" | null>;
}

/** A session that starts this minute at a saved place. */
export function useOutNow(places: readonly SavedPlaceReply[]): GoingOut {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const go = async (placeId: string, hours: number) => {
    setBusy(true);
    setFault(null);
    const body = { key: crypto.randomUUID(), placeId, hours };
    const words = `${placeLabel(places, placeId)}: out now, ${hours} ${hours === 1 ? "hour" : "hours"}`;
    try {
      return await saveOrWait(words, () => goOutNow(body), placeId);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setFault(`${title}. ${detail} If you are going out, call your police contact.`);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, fault, go };
}
