import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { ownPlaces, ownRecord } from "#client/protected-time/outreach/outreach-api.ts";
import { extentWords } from "#client/protected-time/outreach/place-words.ts";
import { useOwn } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { Refusal, say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Question } from "#client/ui/Question.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { outreachCalls, type SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

/** The names of places, for their partner; all else of a place stays as it was saved. */
export function SavedPlaces() {
  const { places } = useOwn();
  const [renaming, setRenaming] = useState<string | null>(null);
  if (places.length === 0) return null;
  return (
    <section className="stack gap-2" aria-label={say("places.title")}>
      <h2>{say("places.title")}</h2>
      <ul className="rows">
        {places.map((place) => (
          <li key={place.id} className="saved-places__row target row wrap middle between gap-2">
            {renaming === place.id ? (
              <RenameForm place={place} onDone={() => setRenaming(null)} />
            ) : (
              <>
                <span>
                  {place.label} <span className="quiet">{extentWords(place)}</span>
                </span>
                <Button look="quiet" onClick={() => setRenaming(place.id)}>
                  {say("places.rename")}
                </Button>
                <RemovePlace place={place} />
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="quiet small">{say("places.names")}</p>
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
      tell(say("places.renamed"));
      ownPlaces.reload();
      onDone();
    });
  };
  return (
    <Form className="saved-places__form row wrap end gap-2 grow" onSend={save}>
      <TextField
        label={say("places.name")}
        value={label}
        error={refusal ?? undefined}
        onChange={(next) => {
          setLabel(next);
          forgetRefusal();
        }}
      />
      <Button type="submit">{say("save")}</Button>
      <Button look="quiet" onClick={onDone}>
        {say("cancel")}
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
    tell(say("places.removed"));
    ownRecord.reload();
    ownPlaces.accept(left.places);
  };
  return (
    <>
      <Button look="quiet" label={say("places.remove-one", { label: place.label })} onClick={open}>
        {say("remove")}
      </Button>
      {isAsking ? (
        <Question
          title={say("places.remove-ask", { label: place.label })}
          no={say("keep")}
          yes={say("remove")}
          onNo={() => setAsking(false)}
          onYes={() => void remove()}
          isDisabled={isBusy || refusal !== null}
        >
          <p>{say("places.remove-about")}</p>
          <p>{say("places.remove-keep")}</p>
          {refusal ? <Refusal text={refusal} /> : null}
        </Question>
      ) : null}
    </>
  );
}
