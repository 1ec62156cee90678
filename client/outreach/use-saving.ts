import { useRef, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import type { ReadDraft } from "#client/outreach/draft.ts";
import {
  moveDate,
  moveSession,
  ownPlaces,
  reloadOwn,
  type SessionToSave,
  savePlace,
  saveSession,
} from "#client/outreach/outreach-api.ts";
import { unsaved } from "#client/outreach/unsaved.ts";
import { replaceParams } from "#client/state/url.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { groundReachM } from "#core/blackouts/ground.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { OutreachSessionReply } from "#core/wire/outreach.ts";

/** What is previewed; the very same is saved. */
export interface Shown {
  readonly read: ReadDraft;
  readonly cells: readonly H3Cell[];
  /** Dates on which it does not take place. */
  readonly except: readonly string[];
}

/** What a form changes: nothing, all of a session that is to come, or one date of it. */
export interface Changed {
  readonly moved: OutreachSessionReply | null;
  readonly date: string | null;
}

interface Saving {
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly forgetRefusal: () => void;
  readonly save: (shown: Shown) => Promise<void>;
}

export function useSaving(changed: Changed): Saving {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  // Kept when the session itself could not be saved: a second try must not store a second outline.
  const stored = useRef<{ readonly cells: readonly H3Cell[]; readonly id: string } | null>(null);
  const placeIdOf = async ({ read, cells }: Shown): Promise<string> => {
    if (read.place.kind === "saved") return read.place.place.id;
    if (stored.current?.cells.join() === cells.join()) return stored.current.id;
    const { ground, label } = read.place;
    const { kind } = ground;
    const { id } = await savePlace({ label, kind, radiusM: groundReachM(ground), cells });
    stored.current = { cells, id };
    return id;
  };
  const save = async (shown: Shown) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { read, except } = shown;
      const session = { placeId: await placeIdOf(shown), rule: read.rule, except };
      const saved = await send(session, changed);
      showToast(saved.told?.sentence ?? "Saved. No patrol is planned there at these times.");
      reloadOwn();
      leaveForm();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal(`${title}. ${detail}`);
      if (stored.current) ownPlaces.reload();
    }
    setBusy(false);
  };
  return { isBusy, refusal, forgetRefusal: () => setRefusal(null), save };
}

function send(session: SessionToSave, { moved, date }: Changed): Promise<OutreachSessionReply> {
  if (moved === null) return saveSession(session);
  if (date === null) return moveSession(moved.id, session);
  const { placeId, rule } = session;
  return moveDate(moved.id, { date, placeId, rule });
}

/** Over the preview's own step, so that Back does not open a form that is done with. */
function leaveForm(): void {
  unsaved.set(() => false);
  window.addEventListener("popstate", () => replaceParams({}), { once: true });
  window.history.back();
}
