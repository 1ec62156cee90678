import { type FormEvent, useRef, useState } from "react";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import {
  type DraftPlace,
  emptyDraft,
  readPlace,
} from "#client/protected-time/session-form/draft.ts";
import type { Draft, DraftFaults } from "#client/protected-time/session-form/draft-when.ts";
import { groundOf } from "#client/protected-time/session-form/ground.ts";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { WhereFields } from "#client/protected-time/session-form/WhereFields.tsx";
import type { MadePlace, UploadRow } from "#client/protected-time/upload/upload-rows.ts";
import { Button } from "#client/ui/Button.tsx";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export interface UploadPlaceProps {
  readonly map: PlacesReply;
  /** Saved ones, and those made for this file. */
  readonly places: readonly SavedPlaceReply[];
  /** The entries that it is for. */
  readonly rows: readonly UploadRow[];
  /** One that was there already. */
  readonly onPlace: (place: SavedPlaceReply) => void;
  /** A new one, sent with the times. */
  readonly onMade: (place: MadePlace) => void;
}

/**
 * A place for entries of a file that lie in no saved one: its point, where the file has one, stands on the map
 * of this page already. What leaves later is the lattice cell that it lies in.
 */
export function UploadPlace({ map, places, rows, onPlace, onMade }: UploadPlaceProps) {
  const here = useHere();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => ({
    ...emptyDraft(here.today, []),
    at: rows.find(({ venueAt }) => venueAt !== null)?.venueAt ?? null,
  }));
  const [faults, setFaults] = useState<DraftFaults>({});
  useFaultInView(form, faults);
  const take = (event: FormEvent) => {
    event.preventDefault();
    const read = readPlace(draft, places, groundOf(map));
    setFaults(read.ok ? {} : read.reason);
    if (!read.ok) return;
    if (read.value.kind === "saved") onPlace(read.value.place);
    else onMade(madePlace(read.value));
  };
  const [first] = rows;
  const said = [...new Set(rows.map(({ location }) => location).filter((text) => text !== ""))];
  return (
    <form ref={form} className="upload__place" onSubmit={take} noValidate autoComplete="off">
      <p className="upload__title">
        {rows.length === 1 && first
          ? first.title || "Without a title"
          : `For ${rows.length} entries`}
      </p>
      {said.length === 1 ? (
        <p className="quiet">The file says: {said[0]}. It is looked up nowhere.</p>
      ) : null}
      <WhereFields
        map={map}
        places={places}
        draft={draft}
        faults={faults}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
      <div className="session-form__next">
        <Button type="submit" look="filled">
          Use this place
        </Button>
      </div>
    </form>
  );
}

/** As it will stand among the saved ones; its number is drawn here, so that it is saved once. */
function madePlace({ place, label }: Extract<DraftPlace, { readonly kind: "new" }>): MadePlace {
  return {
    ...place,
    id: crypto.randomUUID(),
    label,
    lattice: [...place.lattice],
    cells: footprintOf(place),
    savedAt: new Date().toISOString(),
  };
}
