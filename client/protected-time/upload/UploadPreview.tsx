import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { useMemo, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { AwayMap } from "#client/protected-time/outreach/OwnMap.tsx";
import { ownCalendar, ownPlaces, reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import {
  placeLabel,
  promiseSentence,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { extentWords, promiseWords } from "#client/protected-time/outreach/place-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { FormFootFrame } from "#client/protected-time/session-form/FormFrame.tsx";
import { laterSentence } from "#client/protected-time/session-form/PreviewTimes.tsx";
import { unsaved } from "#client/protected-time/session-form/use-saving.ts";
import { UnreadEntries } from "#client/protected-time/upload/UploadChoose.tsx";
import {
  bodyOf,
  type Choices,
  closedBy,
  type MadePlace,
  placeToSave,
  taken,
  type Upload,
  whenWords,
} from "#client/protected-time/upload/upload-rows.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { say, tell } from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { replaceParams } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { calendarCalls } from "#core/protected-time/wire/calendar.ts";
import { outreachCalls, type SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

interface UploadPreviewProps {
  readonly upload: Upload;
  readonly places: readonly SavedPlaceReply[];
  /** Those of them that are new: they are sent as well. */
  readonly made: readonly MadePlace[];
  readonly choices: Choices;
}

const mostShown = 10;

export function UploadPreview(props: UploadPreviewProps) {
  const { upload, places, made, choices } = props;
  const { isBusy, refusal, act } = useActing();
  const here = useHere();
  const { rows } = upload;
  const { cells, times, isMore } = useMemo(
    () => closedBy(rows, choices, { ...here, places, most: mostShown }),
    [rows, choices, here, places],
  );
  const [isAll, setAll] = useState(false);
  const body = useMemo(() => bodyOf(upload, choices, keyOf, isAll), [upload, choices, isAll]);
  const later = laterSentence(
    here,
    times.map(({ from }) => from),
  );
  const send = async () => {
    const sent = await act(async () => {
      // Ids come from the page: a resend after a lost answer saves once.
      for (const place of made) await ask(outreachCalls.addPlace, { body: placeToSave(place) });
      return ask(calendarCalls.importCalendar, { body });
    });
    if (sent === null) {
      if (made.length > 0) ownPlaces.reload();
      return;
    }
    undoHistory.end();
    tell(sentWords({ ...sent, unread: body.unread }, isAll));
    unsaved.set(() => false);
    reloadOwn();
    ownCalendar.reload();
    replaceParams("outreach", {});
  };
  return (
    <>
      <UnreadEntries rejected={upload.rejected} />
      {cells.length > 0 ? (
        <AwayMap
          cells={cells}
          words={say("preview.away")}
          className="preview__map map-box"
          fallback={say("preview.cells", { count: cells.length })}
        />
      ) : null}
      <h3>{say("preview.away")}</h3>
      <ul className="preview__times lead">
        {times.map(({ from, to, placeId }) => (
          <li key={`${from} ${to} ${placeId}`}>
            <span className="preview__when">{spanOf(here, from, to)}</span>
            <span className="quiet">{placeLabel(places, placeId)}</span>
          </li>
        ))}
      </ul>
      {isMore ? <p className="quiet">{say("upload.so-on")}</p> : null}
      <p>{say("upload.see")}</p>
      <p className="note note--promise">{promiseSentence()}</p>
      {later === null ? null : <p>{later}</p>}
      {upload.isCutOff ? <p className="note note--promise">{say("upload.cut")}</p> : null}
      <h3>{say("upload.sent")}</h3>
      <ul className="stack gap-1">
        {made.map((place) => (
          <li key={place.id}>
            {say("upload.new-place", {
              label: place.label,
              extent: extentWords(place),
              promise: promiseWords(place),
            })}
          </li>
        ))}
        {taken(rows, choices).map((row) => (
          <li key={row.id}>
            {whenWords(here, row)}: {placeLabel(places, choices.get(row.id) ?? "")}
          </li>
        ))}
        {upload.cancelled.length > 0 ? (
          <li>{say("upload.called-off", { count: upload.cancelled.length })}</li>
        ) : null}
      </ul>
      <details className="upload__body">
        <summary>{say("upload.exact")}</summary>
        <p className="quiet">{say("upload.exact-about")}</p>
        {made.map((place) => (
          <pre key={place.id}>{JSON.stringify(placeToSave(place), null, 1)}</pre>
        ))}
        <pre>{JSON.stringify(body, null, 1)}</pre>
      </details>
      {upload.rejected.length === 0 ? (
        <>
          <h3>{say("upload.all")}</h3>
          <p>{say("upload.all-about")}</p>
          <Check isChecked={isAll} onChange={setAll}>
            {say("upload.all-yes")}
          </Check>
        </>
      ) : null}
      <FormFootFrame refusal={refusal}>
        <Button look="filled" disabled={isBusy} onClick={() => void send()}>
          {say("upload.send")}
        </Button>
      </FormFootFrame>
    </>
  );
}

type Imported = Readonly<Record<"added" | "ended" | "unmentioned" | "unread", number>>;

function sentWords({ added, ended, unmentioned, unread }: Imported, isAll: boolean): string {
  return [
    say(isAll ? "confirm.saved" : "upload.done"),
    ...(added > 0 ? [say("upload.added", { count: added })] : []),
    ...(ended > 0 ? [say("upload.ended", { count: ended })] : []),
    ...(unmentioned > 0 ? [say("upload.kept", { count: unmentioned })] : []),
    ...(unread > 0 ? [say("upload.rejected-about", { count: unread })] : []),
  ].join(" ");
}

function keyOf(uid: string): string {
  return bytesToHex(sha256(utf8ToBytes(uid)));
}
