import { useRef } from "react";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { ownPlaces } from "#client/protected-time/outreach/outreach-api.ts";
import { outNowWords, sessionSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import type { ReadDraft } from "#client/protected-time/session-form/draft.ts";
import type { Changed } from "#client/protected-time/session-form/draft-when.ts";
import { saveOrWait } from "#client/protected-time/session-form/save-or-wait.ts";
import type { Letter } from "#client/protected-time/unsent/letter.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { createStore } from "#client/state/store.ts";
import { replaceParams } from "#client/state/url.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/** Exactly what is previewed is saved. */
export interface Shown {
  readonly read: ReadDraft;
  readonly cells: readonly H3Cell[];
  readonly except: readonly string[];
}

/** Idempotency keys: neither outline nor session is stored twice. */
interface Keys {
  readonly shown: Shown;
  readonly place: string;
  readonly session: string;
}

/** `hours`: out now for that long; null for a scheduled session. */
export function useSaving(changed: Changed, hours: number | null) {
  const here = useHere();
  const { act, ...acting } = useActing();
  const drawn = useRef<Keys | null>(null);
  const save = async (shown: Shown) => {
    const keys = keysFor(shown, drawn.current);
    drawn.current = keys;
    const { read, except } = shown;
    const label = read.place.kind === "saved" ? read.place.place.label : read.place.label;
    const words =
      hours === null
        ? `${label}: ${sessionSentence(here, { rule: read.rule, except })}`
        : outNowWords(label, hours);
    const sent = await act(() => saveOrWait(words, letterOf(keys, changed, hours)));
    if (sent !== null) leaveForm();
    else if (read.place.kind === "new") ownPlaces.reload();
  };
  return { ...acting, save };
}

/** An unchanged outline keeps its number. */
function keysFor(shown: Shown, before: Keys | null): Keys {
  if (before?.shown === shown) return before;
  const isSameOutline = before !== null && before.shown.cells.join() === shown.cells.join();
  return {
    shown,
    place: isSameOutline ? before.place : crypto.randomUUID(),
    session: crypto.randomUUID(),
  };
}

function letterOf(
  { shown, place: key, session }: Keys,
  { moved, date }: Changed,
  hours: number | null,
): Letter {
  const { read, except } = shown;
  const place =
    read.place.kind === "saved"
      ? { id: read.place.place.id }
      : {
          ...read.place.place,
          lattice: [...read.place.place.lattice],
          key,
          label: read.place.label,
        };
  if (hours !== null) return { kind: "out-now", key: session, place, hours };
  return {
    kind: "session",
    key: session,
    place,
    rule: read.rule,
    except: [...except],
    changed: moved && { sessionId: moved.id, date },
  };
}

/** Replaces the preview's history entry, so that Back does not reopen the form. */
function leaveForm(): void {
  unsaved.set(() => false);
  window.addEventListener("popstate", () => replaceParams("outreach", {}), { once: true });
  window.history.back();
}

/** Leaving asks first. */
export const unsaved = createStore<boolean>(false);

forgetOnSignOut(() => unsaved.set(() => false));
