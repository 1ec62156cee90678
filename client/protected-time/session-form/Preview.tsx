import { useMemo } from "react";
import { AwayMap } from "#client/protected-time/outreach/OwnMap.tsx";
import {
  movedSentence,
  oldTimesOf,
  promiseSentence,
  sessionSentence,
  spanOf,
} from "#client/protected-time/outreach/outreach-words.ts";
import { promiseWords } from "#client/protected-time/outreach/place-words.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { visitsOf } from "#client/protected-time/session-form/draft-when.ts";
import { FormFootFrame, FormHead } from "#client/protected-time/session-form/FormFrame.tsx";
import {
  kmAcross,
  laterSentence,
  mostPreviewed,
  PreviewTimes,
} from "#client/protected-time/session-form/PreviewTimes.tsx";
import type { Shown } from "#client/protected-time/session-form/use-saving.ts";
import { say, translated } from "#client/protected-time/words/diary.tsx";
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
    <section className="preview pad-4" aria-label={say("preview.label")}>
      <FormHead step="preview" onBack={onBack}>
        {date === null ? sessionSentence(here, when) : movedSentence(here, date, read.rule)}
      </FormHead>
      {moved === null || date !== null ? null : (
        <p>{say("preview.was", { rule: sessionSentence(here, moved) })}</p>
      )}
      <AwayMap
        cells={cells}
        words={say("preview.away")}
        className="preview__map map-box"
        fallback={say("preview.cells", { count: cells.length })}
      />
      <p className="quiet">
        {say("preview.across", { km: kmAcross(cells), promise: promiseWords(place) })}
        {place.kind === "corridor" ? ` ${say("preview.route")}` : ""}
      </p>
      <PreviewTimes here={here} visits={visits} />
      {old.length > 0 ? (
        <div>
          <p>{say("preview.old")}</p>
          <ul>
            {old.map(({ closedFrom, closedTo }) => (
              <li key={closedFrom}>{spanOf(here, closedFrom, closedTo)}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>{say("preview.see")}</p>
      <p className="note note--promise">{promiseSentence()}</p>
      {later === null ? null : <p>{later}</p>}
      {read.place.kind === "saved" && read.place.isReused ? (
        <p className="quiet">{say("where.same", { label: read.place.place.label })}</p>
      ) : null}
      {secondReason === null ? null : (
        <p>{say("preview.second", { reason: translated(secondReason) })}</p>
      )}
      <FormFootFrame refusal={refusal}>
        <Button look="filled" disabled={isBusy || visits.length === 0} onClick={onSave}>
          {saveWords}
        </Button>
      </FormFootFrame>
    </section>
  );
}
