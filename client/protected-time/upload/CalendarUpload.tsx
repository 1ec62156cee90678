import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { isOutdated } from "#client/protected-time/outreach/outreach-words.ts";
import { useBaseMap, useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import {
  type DraftPlace,
  emptyDraft,
  groundOf,
  readPlace,
  stillWrong,
  translatedFaults,
} from "#client/protected-time/session-form/draft.ts";
import type { Draft, DraftFaults } from "#client/protected-time/session-form/draft-when.ts";
import { FormHead } from "#client/protected-time/session-form/FormFrame.tsx";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { unsaved } from "#client/protected-time/session-form/use-saving.ts";
import { WhereFields } from "#client/protected-time/session-form/WhereFields.tsx";
import { UploadChoose } from "#client/protected-time/upload/UploadChoose.tsx";
import { UploadFile } from "#client/protected-time/upload/UploadFile.tsx";
import { UploadPreview } from "#client/protected-time/upload/UploadPreview.tsx";
import {
  type Choices,
  firstChoices,
  type MadePlace,
  placesUsed,
  type Upload,
  type UploadRow,
  withPlace,
} from "#client/protected-time/upload/upload-rows.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/session-form/session-form.css";
import "#client/protected-time/upload/upload.css";

export function CalendarUpload({ onLeave }: { readonly onLeave: () => void }) {
  const { places: all } = useOwn();
  const places = useMemo(() => all.filter((place) => !isOutdated(place)), [all]);
  const [upload, setUpload] = useState<Upload | null>(null);
  const [choices, setChoices] = useState<Choices>(new Map());
  const [isPreview, setPreview] = useState(false);
  const [made, setMade] = useState<readonly MadePlace[]>([]);
  const [placing, setPlacing] = useState<readonly string[]>([]);
  useEffect(() => () => unsaved.set(() => false), []);
  const step = placing.length > 0 ? "place" : isPreview ? "preview" : upload ? "choose" : "file";
  const take = (read: Upload | null) => {
    setUpload(read);
    setChoices(read ? firstChoices(read.rows) : new Map());
    setMade([]);
    unsaved.set(() => read !== null);
  };
  const back = () => {
    if (placing.length > 0) setPlacing([]);
    else if (isPreview) setPreview(false);
    else if (upload) take(null);
    else onLeave();
  };
  // Places sent before a lost answer are already saved.
  const known = [...places, ...made.filter(({ id }) => !places.some((one) => one.id === id))];
  const rows = upload?.rows ?? [];
  const takePlace = (place: SavedPlaceReply) => {
    setChoices(withPlace(choices, place, { rows, ids: placing }));
    setPlacing([]);
  };
  return (
    <section className="session-form upload" aria-label={say("upload.title")}>
      <FormHead step={step} onBack={back}>
        {say(headings[step])}
      </FormHead>
      {upload === null ? <UploadFile places={places} onRead={take} /> : null}
      {placing.length > 0 ? (
        <UploadPlace
          places={known}
          rows={rows.filter(({ id }) => placing.includes(id))}
          onPlace={takePlace}
          onMade={(place) => {
            setMade([...made, place]);
            takePlace(place);
          }}
        />
      ) : null}
      {upload && placing.length === 0 && !isPreview ? (
        <UploadChoose
          upload={upload}
          places={known}
          choices={choices}
          onChoices={setChoices}
          onNewPlace={setPlacing}
          onNext={() => setPreview(true)}
        />
      ) : null}
      {upload && isPreview ? (
        <UploadPreview
          upload={upload}
          places={known}
          made={placesUsed(rows, choices, made)}
          choices={choices}
        />
      ) : null}
    </section>
  );
}

const headings = {
  file: "upload.title",
  choose: "upload.title",
  place: "where.new",
  preview: "preview.label",
} as const;

interface UploadPlaceProps {
  readonly places: readonly SavedPlaceReply[];
  readonly rows: readonly UploadRow[];
  readonly onPlace: (place: SavedPlaceReply) => void;
  readonly onMade: (place: MadePlace) => void;
}

/**
 * A place for file entries outside all saved places. Its point, if the file has one, is already on
 * this page's map; only its lattice cell is sent later.
 */
function UploadPlace({ places, rows, onPlace, onMade }: UploadPlaceProps) {
  const here = useHere();
  const map = useBaseMap();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => ({
    ...emptyDraft(here.today, []),
    at: rows.find(({ venueAt }) => venueAt !== null)?.venueAt ?? null,
  }));
  const [refused, setRefused] = useState<DraftFaults>({});
  useFaultInView(form, refused);
  const read = () => readPlace(draft, places, groundOf(map));
  const take = (event: FormEvent) => {
    event.preventDefault();
    const result = read();
    setRefused(result.ok ? {} : result.reason);
    if (!result.ok) return;
    if (result.value.kind === "saved") onPlace(result.value.place);
    else onMade(madePlace(result.value));
  };
  const [first] = rows;
  const said = [...new Set(rows.map(({ location }) => location).filter((text) => text !== ""))];
  return (
    <form ref={form} className="stack gap-3 breaks" onSubmit={take} noValidate autoComplete="off">
      <p className="strong breaks">
        {rows.length === 1 && first
          ? first.title || say("upload.untitled")
          : say("upload.for", { count: rows.length })}
      </p>
      {said.length === 1 ? (
        <p className="quiet">{say("upload.says", { text: said[0] ?? "" })}</p>
      ) : null}
      <WhereFields
        places={places}
        draft={draft}
        faults={translatedFaults(stillWrong(refused, read))}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
      <div className="session-form__next big-buttons pad-3-4 on-paper line-above stack gap-2">
        <Button type="submit" look="filled">
          {say("upload.use")}
        </Button>
      </div>
    </form>
  );
}

/** As it will be saved; its number is drawn here, so that a repeat saves it once. */
function madePlace({ place, label }: Extract<DraftPlace, { readonly kind: "new" }>): MadePlace {
  return {
    ...place,
    id: crypto.randomUUID(),
    label,
    lattice: [...place.lattice],
    cells: footprintOf(place),
    usedAt: new Date().toISOString(),
  };
}
