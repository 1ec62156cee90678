import { useHere } from "#client/protected-time/outreach/use-here.ts";
import {
  type Choices,
  leftOut,
  taken,
  type Upload,
  unchosen,
  whenWords,
} from "#client/protected-time/upload/upload-rows.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface UploadChooseProps {
  readonly upload: Upload;
  readonly places: readonly SavedPlaceReply[];
  readonly choices: Choices;
  readonly onChoices: (choices: Choices) => void;
  /** For these entries, by their ids, a place is to be made. */
  readonly onNewPlace: (ids: readonly string[]) => void;
  readonly onNext: () => void;
}

const newPlace = "new";

const open = "open";
const stillOpen = { value: open, label: "Choose a place" };

/** A place for each, or "leave out". Titles are shown for recognition and never sent. */
export function UploadChoose(props: UploadChooseProps) {
  const { upload, places, choices, onChoices, onNewPlace, onNext } = props;
  const here = useHere();
  const { rows } = upload;
  const left = unchosen(rows, choices);
  const unchosenIds = left.map(({ id }) => id);
  const count = taken(rows, choices).length;
  const choose = (ids: readonly string[], choice: string) => {
    if (choice === newPlace) {
      onNewPlace(ids);
      return;
    }
    const next = new Map(choices);
    for (const id of ids) {
      if (choice === open) next.delete(id);
      else next.set(id, choice);
    }
    onChoices(next);
  };
  const options = [
    ...places.map(({ id, label }) => ({ value: id, label })),
    { value: newPlace, label: "A new place" },
    { value: leftOut, label: "Leave out" },
  ];
  const nothing = count === 0 && upload.cancelled.length === 0;
  return (
    <>
      <p>
        {formatQuantity(rows.length, "entry", "entries")} ahead.{" "}
        {upload.past > 0 ? `${upload.past} are over and are not sent.` : ""}
      </p>
      <UnreadEntries rejected={upload.rejected} />
      {left.length > 0 ? (
        <Select
          label={`All without a place yet (${left.length})`}
          value={open}
          options={[stillOpen, ...options]}
          onChange={(choice) => choose(unchosenIds, choice)}
        />
      ) : null}
      <ul className="stack gap-3" aria-label="Entries of the calendar">
        {rows.map((row) => (
          <li key={row.id} className="upload__row stack gap-2">
            <p className="strong breaks">{row.title === "" ? "Without a title" : row.title}</p>
            <p className="quiet">{whenWords(here, row)}</p>
            {row.isElsewhere && !choices.has(row.id) ? (
              <>
                <p className="quiet">The place in the file is not one of your saved places.</p>
                <Button
                  label={`Save it as a place: ${row.title === "" ? "without a title" : row.title}`}
                  onClick={() => onNewPlace([row.id])}
                >
                  Save it as a place
                </Button>
              </>
            ) : null}
            <Select
              label="Where"
              value={choices.get(row.id) ?? open}
              options={choices.has(row.id) ? options : [stillOpen, ...options]}
              onChange={(choice) => choose([row.id], choice)}
            />
          </li>
        ))}
      </ul>
      <div className="session-form__next stack gap-2">
        {left.length > 0 ? (
          <p className="field__error" role="status">
            {formatQuantity(left.length, "entry has", "entries have")} no place yet: choose one, or
            leave out.
          </p>
        ) : nothing ? (
          <p className="field__error" role="status">
            Nothing to send: every entry is left out.
          </p>
        ) : null}
        <Button look="filled" disabled={left.length > 0 || nothing} onClick={onNext}>
          Next: what police will see
        </Button>
      </div>
    </>
  );
}

export function UnreadEntries({ rejected }: Pick<Upload, "rejected">) {
  if (rejected.length === 0) return null;
  return (
    <section className="upload__unread" aria-label="Entries that could not be read">
      <p>
        <Icon name="warning" /> {formatQuantity(rejected.length, "entry", "entries")} could not be
        read. Add {rejected.length === 1 ? "it" : "them"} by hand, then confirm your calendar. Until
        then no patrols are suggested.
      </p>
      <ul>
        {rejected.map(({ line, title, reason }) => (
          <li key={line}>
            {title === "" ? `Line ${line}` : title}: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
