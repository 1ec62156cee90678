import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { ownPlaces, ownRecord } from "#client/protected-time/outreach/outreach-api.ts";
import { extentWords } from "#client/protected-time/outreach/place-words.ts";
import { useOwn } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Question } from "#client/ui/Question.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { outreachCalls, type SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

/** The names of places, for their partner; all else of a place stays as it was saved. */
export function SavedPlaces() {
  const { places } = useOwn();
  const [renaming, setRenaming] = useState<string | null>(null);
  if (places.length === 0) return null;
  return (
    <section className="stack gap-2" aria-label="Saved places">
      <h2>Saved places</h2>
      <ul className="stack gap-2">
        {places.map((place) => (
          <li key={place.id} className="saved-places__row row wrap middle between gap-2">
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
  const { refusal, forgetRefusal, act } = useActing();
  const save = () => {
    void act(async () => {
      await ask(outreachCalls.renamePlace, { id: place.id, body: { label } });
      undoHistory.end();
      showToast("Renamed");
      ownPlaces.reload();
      onDone();
    });
  };
  return (
    <Form className="saved-places__form row wrap end gap-2 grow" onSend={save}>
      <TextField
        label="Name"
        value={label}
        error={refusal ?? undefined}
        onChange={(next) => {
          setLabel(next);
          forgetRefusal();
        }}
      />
      <Button type="submit">Save</Button>
      <Button look="quiet" onClick={onDone}>
        Cancel
      </Button>
    </Form>
  );
}

/** Only for a place that closes nothing any more. */
function RemovePlace({ place }: { readonly place: SavedPlaceReply }) {
  const [isAsking, setAsking] = useState(false);
  const { isBusy, refusal, forgetRefusal, act } = useActing();
  const open = () => {
    forgetRefusal();
    setAsking(true);
  };
  const remove = async () => {
    const left = await act(() => ask(outreachCalls.removePlace, { id: place.id }));
    if (left === null) return;
    undoHistory.end();
    showToast("Removed");
    ownRecord.reload();
    ownPlaces.accept(left.places);
  };
  return (
    <>
      <Button look="quiet" label={`Remove ${place.label}`} onClick={open}>
        Remove
      </Button>
      {isAsking ? (
        <Question
          title={`Remove "${place.label}"?`}
          no="Keep it"
          yes="Remove"
          onNo={() => setAsking(false)}
          onYes={() => void remove()}
          isDisabled={isBusy || refusal !== null}
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
        </Question>
      ) : null}
    </>
  );
}
