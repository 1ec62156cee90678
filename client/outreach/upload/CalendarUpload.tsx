import { useEffect, useRef, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ownCalendar, reloadOwn, sendCalendar } from "#client/outreach/outreach-api.ts";
import { unsaved } from "#client/outreach/unsaved.ts";
import { UploadChoose } from "#client/outreach/upload/UploadChoose.tsx";
import { UploadFile } from "#client/outreach/upload/UploadFile.tsx";
import { UploadPreview } from "#client/outreach/upload/UploadPreview.tsx";
import { type Choices, firstChoices, type Upload } from "#client/outreach/upload/upload-rows.ts";
import { replaceParams } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { CalendarImportBody, SavedPlaceReply } from "#core/wire/outreach.ts";
import type { PlacesReply } from "#core/wire/places.ts";
import "#client/outreach/session-form.css";
import "#client/outreach/upload/upload.css";

export interface CalendarUploadProps {
  readonly map: PlacesReply;
  readonly places: readonly SavedPlaceReply[];
  readonly onLeave: () => void;
}

/** A calendar file: read here, a place for each entry, exactly what police see and what is sent, then sent. */
export function CalendarUpload({ map, places, onLeave }: CalendarUploadProps) {
  const [upload, setUpload] = useState<Upload | null>(null);
  const [choices, setChoices] = useState<Choices>(new Map());
  const [isPreview, setPreview] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const sending = useSending();
  useEffect(() => () => unsaved.set(() => false), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its top.
  useEffect(() => {
    document.getElementById("main")?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [upload, isPreview]);
  const take = (read: Upload | null) => {
    setUpload(read);
    setChoices(read ? firstChoices(read.rows) : new Map());
    unsaved.set(() => read !== null);
  };
  const back = () => {
    if (isPreview) setPreview(false);
    else if (upload) take(null);
    else onLeave();
  };
  return (
    <section className="session-form upload" aria-label="Upload a calendar">
      <header className="session-form__head">
        <Button look="quiet" icon="back" onClick={back}>
          Back
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          {isPreview ? "Exactly what police see" : "Upload a calendar"}
        </h2>
      </header>
      {upload === null ? <UploadFile places={places} onRead={take} /> : null}
      {upload && !isPreview ? (
        <UploadChoose
          upload={upload}
          places={places}
          choices={choices}
          onChoices={setChoices}
          onNext={() => setPreview(true)}
        />
      ) : null}
      {upload && isPreview ? (
        <UploadPreview
          map={map}
          upload={upload}
          places={places}
          choices={choices}
          isBusy={sending.isBusy}
          refusal={sending.refusal}
          onSend={(body) => void sending.send(body)}
        />
      ) : null}
    </section>
  );
}

function useSending() {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async (body: CalendarImportBody) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { sentence } = await sendCalendar(body);
      showToast(sentence);
      unsaved.set(() => false);
      reloadOwn();
      ownCalendar.reload();
      replaceParams({});
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setRefusal(`${title}. ${detail}`);
      setBusy(false);
    }
  };
  return { isBusy, refusal, send };
}
