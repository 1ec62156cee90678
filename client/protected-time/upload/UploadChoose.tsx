import { useHere } from "#client/protected-time/outreach/use-here.ts";
import {
  type Choices,
  leftOut,
  taken,
  type Upload,
  type UploadRow,
  unchosen,
  whenWords,
} from "#client/protected-time/upload/upload-rows.ts";
import { say, Translated } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

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
  const stillOpen = { value: open, label: say("upload.choose") };
  const nameOf = ({ title }: UploadRow) => (title === "" ? say("upload.untitled") : title);
  const options = [
    ...places.map(({ id, label }) => ({ value: id, label })),
    { value: newPlace, label: say("where.new") },
    { value: leftOut, label: say("upload.leave-out") },
  ];
  const nothing = count === 0 && upload.cancelled.length === 0;
  return (
    <>
      <p>
        {say("upload.ahead", { count: rows.length })}{" "}
        {upload.past > 0 ? say("upload.past", { count: upload.past }) : ""}
      </p>
      <UnreadEntries rejected={upload.rejected} />
      {left.length > 0 ? (
        <Select
          label={say("upload.open", { number: left.length })}
          value={open}
          options={[stillOpen, ...options]}
          onChange={(choice) => choose(unchosenIds, choice)}
        />
      ) : null}
      <ul className="stack gap-3" aria-label={say("upload.entries")}>
        {rows.map((row) => (
          <li key={row.id} className="upload__row line-below stack gap-2">
            <p className="strong breaks">{nameOf(row)}</p>
            <p className="quiet">{whenWords(here, row)}</p>
            {row.isElsewhere && !choices.has(row.id) ? (
              <>
                <p className="quiet">{say("upload.elsewhere")}</p>
                <Button
                  label={say("upload.save-place-of", { title: nameOf(row) })}
                  onClick={() => onNewPlace([row.id])}
                >
                  {say("upload.save-place")}
                </Button>
              </>
            ) : null}
            <Select
              label={say("where.title")}
              value={choices.get(row.id) ?? open}
              options={choices.has(row.id) ? options : [stillOpen, ...options]}
              onChange={(choice) => choose([row.id], choice)}
            />
          </li>
        ))}
      </ul>
      <div className="session-form__next big-buttons pad-3-4 on-paper line-above stack gap-2">
        {left.length > 0 ? (
          <p className="field__error" role="status">
            {say("upload.no-place", { count: left.length })}
          </p>
        ) : nothing ? (
          <p className="field__error" role="status">
            {say("upload.all-out")}
          </p>
        ) : null}
        <Button look="filled" disabled={left.length > 0 || nothing} onClick={onNext}>
          {say("form.next")}
        </Button>
      </div>
    </>
  );
}

export function UnreadEntries({ rejected }: Pick<Upload, "rejected">) {
  if (rejected.length === 0) return null;
  return (
    <section className="note" aria-label={say("upload.rejected")}>
      <p>
        <Icon name="warning" /> {say("upload.rejected-about", { count: rejected.length })}
      </p>
      <ul>
        {rejected.map(({ line, title, reason }) => (
          <li key={line}>
            {title === "" ? say("upload.line", { line }) : title}: <Translated text={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}
