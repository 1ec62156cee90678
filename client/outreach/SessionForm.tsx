import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useSession } from "#client/app/session-context.ts";
import {
  type Draft,
  type DraftFaults,
  draftOf,
  emptyDraft,
  type ReadDraft,
  readDraft,
} from "#client/outreach/draft.ts";
import {
  moveSession,
  ownPlaces,
  reloadOwn,
  savePlace,
  saveSession,
} from "#client/outreach/outreach-api.ts";
import { Preview } from "#client/outreach/Preview.tsx";
import { createSecretDraw } from "#client/outreach/secret-draw.ts";
import { WhenFields } from "#client/outreach/WhenFields.tsx";
import { WhereFields } from "#client/outreach/WhereFields.tsx";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";
import type { PlacesReply } from "#core/wire/places.ts";
import "#client/outreach/session-form.css";

export interface SessionFormProps {
  readonly map: PlacesReply;
  readonly places: readonly SavedPlaceReply[];
  /** The session to change; null adds one. */
  readonly moved: OutreachSessionReply | null;
}

interface Shown {
  readonly read: ReadDraft;
  readonly cells: readonly H3Cell[];
}

/** Where and when, then exactly what police will see, then save. */
export function SessionForm({ map, places, moved }: SessionFormProps) {
  const { asAt } = useSession();
  const [draft, setDraft] = useState<Draft>(() =>
    moved ? draftOf(moved, asAt) : emptyDraft(asAt, places),
  );
  const [faults, setFaults] = useState<DraftFaults>({});
  const [shown, setShown] = useState<Shown | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const draw = useMemo(() => createSecretDraw(), []);
  // Kept when the session itself could not be saved: a second try must not store a second outline.
  const storedPlace = useRef<{ readonly cells: readonly H3Cell[]; readonly id: string } | null>(
    null,
  );
  useEffect(() => {
    document.getElementById("main")?.scrollTo(0, 0);
  }, []);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const preview = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, places);
    setFaults(read.ok ? {} : read.reason);
    if (!read.ok) return;
    const { place } = read.value;
    const cells = place.kind === "saved" ? (place.place.cells as H3Cell[]) : draw(place.venue);
    setRefusal(null);
    setShown({ read: read.value, cells });
  };
  const placeIdOf = async ({ read, cells }: Shown): Promise<string> => {
    if (read.place.kind === "saved") return read.place.place.id;
    if (storedPlace.current?.cells.join() === cells.join()) return storedPlace.current.id;
    const { venue, label } = read.place;
    const { id } = await savePlace({ label, radiusM: venue.radiusM, cells });
    storedPlace.current = { cells, id };
    return id;
  };
  const save = async () => {
    if (!shown) return;
    setBusy(true);
    setRefusal(null);
    try {
      const session = { placeId: await placeIdOf(shown), rule: shown.read.rule };
      const saved = moved
        ? await moveSession(moved.id, { ...session, except: moved.except })
        : await saveSession(session);
      showToast(saved.told?.sentence ?? "Saved. Police stay away at these times.");
      reloadOwn();
      navigate("outreach");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal(`${title}. ${detail}`);
      if (storedPlace.current) ownPlaces.reload();
    }
    setBusy(false);
  };

  if (shown) {
    return (
      <Preview
        map={map}
        read={shown.read}
        cells={shown.cells}
        isBusy={isBusy}
        refusal={refusal}
        onBack={() => setShown(null)}
        onSave={() => void save()}
      />
    );
  }
  return (
    <form className="session-form" onSubmit={preview} noValidate>
      <header className="session-form__head">
        <Button look="quiet" icon="back" onClick={() => navigate("outreach")}>
          Back
        </Button>
        <h2>{moved ? "Change a session" : "Add a session"}</h2>
      </header>
      <WhereFields map={map} places={places} draft={draft} faults={faults} onChange={change} />
      <WhenFields draft={draft} fault={faults.when} onChange={change} />
      <div className="session-form__next">
        {Object.keys(faults).length > 0 ? (
          <p className="field__error" role="alert">
            {Object.values(faults).join(" ")}
          </p>
        ) : null}
        <Button type="submit" look="filled">
          See exactly what police see
        </Button>
      </div>
    </form>
  );
}
