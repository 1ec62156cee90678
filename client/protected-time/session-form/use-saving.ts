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

/** What is previewed; the very same is saved. */
export interface Shown {
  readonly read: ReadDraft;
  readonly cells: readonly H3Cell[];
  /** Dates on which it does not take place. */
  readonly except: readonly string[];
}

/** By which the server knows what it was sent before: neither outline nor session is stored twice. */
interface Keys {
  readonly shown: Shown;
  readonly place: string;
  readonly session: string;
}

/** `hours`: out now for so long; null for a session at its own times. */
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

/** The same outline keeps its number, however often its session is changed before it is saved. */
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

/** Over the preview's own step, so that Back does not open a form that is done with. */
function leaveForm(): void {
  unsaved.set(() => false);
  window.addEventListener("popstate", () => replaceParams("outreach", {}), { once: true });
  window.history.back();
}

/** Whether something was typed that is not saved yet; leaving asks first. */
export const unsaved = createStore<boolean>(false);

forgetOnSignOut(() => unsaved.set(() => false));
