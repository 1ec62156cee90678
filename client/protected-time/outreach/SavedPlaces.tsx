import { type FormEvent, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ownPlaces, renamePlace } from "#client/protected-time/outreach/outreach-api.ts";
import { extentWords } from "#client/protected-time/outreach/outreach-words.ts";
import { RemovePlace } from "#client/protected-time/outreach/RemovePlace.tsx";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/saved-places.css";

/** The names of places, for their partner; all else of a place stays as it was saved. */
export function SavedPlaces({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const [renaming, setRenaming] = useState<string | null>(null);
  if (places.length === 0) return null;
  return (
    <section className="saved-places" aria-label="Saved places">
      <h2>Saved places</h2>
      <ul>
        {places.map((place) => (
          <li key={place.id} className="saved-places__row">
            {renaming === place.id ? (
              <RenameForm place={place} onDone={() => setRenaming(null)} />
            ) : (
              <>
                <span>
                  {place.label} <span className="quiet">{extentWords(place)}</span>
                </span>
                <Button look="quiet" onClick={() => setRenaming(place.id)}>
                  Rename
                </Button>
                <RemovePlace place={place} />
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="quiet small">
        Police users are not shown these names. Whoever runs the server can read them, so a nickname
        is safer. Where a place really is was never sent: Boxster holds the fixed area about 350 m
        across (900 m for a wider one) that it lies in.
      </p>
    </section>
  );
}

function RenameForm({
  place,
  onDone,
}: {
  readonly place: SavedPlaceReply;
  readonly onDone: () => void;
}) {
  const [label, setLabel] = useState(place.label);
  const [fault, setFault] = useState<string | undefined>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await renamePlace(place.id, label);
      showToast("Renamed");
      ownPlaces.reload();
      onDone();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setFault(`${title}. ${detail}`);
    }
  };
  return (
    <form className="saved-places__form" onSubmit={(event) => void save(event)}>
      <TextField label="Name" value={label} error={fault} onChange={setLabel} />
      <Button type="submit">Save</Button>
      <Button look="quiet" onClick={onDone}>
        Leave as it is
      </Button>
    </form>
  );
}
