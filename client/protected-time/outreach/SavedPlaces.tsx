import { type FormEvent, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import {
  ownPlaces,
  ownRecord,
  removePlace,
  renamePlace,
} from "#client/protected-time/outreach/outreach-api.ts";
import { extentWords } from "#client/protected-time/outreach/place-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/outreach/saved-places.css";
import { undoHistory } from "#client/state/undo.ts";

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
        Police cannot see these names; our technical staff can, so a nickname is safer. We hold a
        wide area, never the spot.
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
      undoHistory.end();
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
      <TextField
        label="Name"
        value={label}
        error={fault}
        onChange={(next) => {
          setLabel(next);
          setFault(undefined);
        }}
      />
      <Button type="submit">Save</Button>
      <Button look="quiet" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}

/** Asks, then removes a place that nothing closes any more. */
function RemovePlace({ place }: { readonly place: SavedPlaceReply }) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const ask = () => {
    setRefusal(null);
    setAsking(true);
  };
  const remove = async () => {
    setBusy(true);
    try {
      const left = await removePlace(place.id);
      undoHistory.end();
      showToast("Removed");
      ownRecord.reload();
      ownPlaces.accept(left);
      return;
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  return (
    <>
      <Button look="quiet" label={`Remove ${place.label}`} onClick={ask}>
        Remove
      </Button>
      {isAsking ? (
        <Dialog
          title={`Remove "${place.label}"?`}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="filled"
                disabled={isBusy || refusal !== null}
                onClick={() => void remove()}
              >
                Remove
              </Button>
            </>
          }
        >
          <p>
            Its outline, name and past sessions are erased and no longer count in "Kept clear". You
            can remove it only when no session uses it.
          </p>
          <p>
            Keep it if you may go back. A second outline of the same place would help an onlooker to
            find its middle.
          </p>
          {refusal ? (
            <p className="field__error" role="alert">
              {refusal}
            </p>
          ) : null}
        </Dialog>
      ) : null}
    </>
  );
}
