import { useMemo } from "react";
import { AwayMap } from "#client/protected-time/outreach/OwnMap.tsx";
import {
  calledOffSentence,
  emergencySentence,
  movedSentence,
  oldTimesOf,
  sessionSentence,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { promiseWords } from "#client/protected-time/outreach/place-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { visitsOf } from "#client/protected-time/session-form/draft-when.ts";
import { FormFootFrame, FormHead } from "#client/protected-time/session-form/FormFrame.tsx";
import {
  laterSentence,
  mostPreviewed,
  PreviewTimes,
  widthWords,
} from "#client/protected-time/session-form/PreviewTimes.tsx";
import type { Shown } from "#client/protected-time/session-form/use-saving.ts";
import { Button } from "#client/ui/Button.tsx";
import { secondPersonReason } from "#core/protected-time/session.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/session-form/session-form.css";

export interface PreviewProps {
  /** Exactly these cells and dates are closed. */
  readonly shown: Shown;
  readonly moved: OutreachSessionReply | null;
  readonly date: string | null;
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly saveWords: string;
  readonly onBack: () => void;
  readonly onSave: () => void;
}

export function Preview(props: PreviewProps) {
  const { shown, moved, date, isBusy, refusal, saveWords, onBack, onSave } = props;
  const { read, cells, except } = shown;
  const here = useHere();
  const when = useMemo(() => ({ rule: read.rule, except }), [read.rule, except]);
  const visits = useMemo(() => visitsOf(here, when), [here, when]);
  const old = useMemo(() => oldTimesOf(moved, here.now, date), [moved, here, date]);
  const later = laterSentence(
    here,
    visits.slice(0, mostPreviewed).map(({ closedFrom }) => closedFrom),
  );
  const { place } = read.place;
  const secondReason = secondPersonReason({ cells, rule: read.rule });
  return (
    <section className="preview" aria-label="What police will see">
      <FormHead step="preview" onBack={onBack}>
        {date === null ? sessionSentence(here, when) : movedSentence(here, date, read.rule)}
      </FormHead>
      {moved === null || date !== null ? null : <p>Was: {sessionSentence(here, moved)}.</p>}
      <AwayMap
        cells={cells}
        words="Police and wardens stay away"
        className="preview__map"
        fallback={`${cells.length} cells of about 130 m.`}
      />
      <p className="quiet">
        {widthWords(cells)} across. {promiseWords(place)}
        {place.kind === "corridor"
          ? " A route along one street can be recognised by its shape. Where on it you are stays hidden."
          : ""}
      </p>
      <PreviewTimes here={here} visits={visits} />
      {old.length > 0 ? (
        <div>
          <p>Police and wardens also still stay away at the old time:</p>
          <ul>
            {old.map(({ closedFrom, closedTo }) => (
              <li key={closedFrom}>{spanOf(here, closedFrom, closedTo)}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>
        Police see only the hatch and these times: not who you are, not the place. They read "Keep
        clear: outreach and other protected time", as for every session.
      </p>
      <p className="session-form__promise">
        {calledOffSentence} {emergencySentence}
      </p>
      {later === null ? null : <p>{later}</p>}
      {read.place.kind === "saved" && read.place.isReused ? (
        <p className="quiet">
          To police this is the same as "{read.place.place.label}", so that saved place is used.
        </p>
      ) : null}
      {secondReason === null ? null : (
        <p>
          It is {secondReason}. It counts straight away, and a colleague will check it. Police
          aren't told about the check.
        </p>
      )}
      <FormFootFrame refusal={refusal}>
        <Button look="filled" disabled={isBusy || visits.length === 0} onClick={onSave}>
          {saveWords}
        </Button>
      </FormFootFrame>
    </section>
  );
}
