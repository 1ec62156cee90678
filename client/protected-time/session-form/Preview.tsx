import { useMemo } from "react";
import { boundsOf } from "#client/map/place-features.ts";
import { AwayMap } from "#client/protected-time/outreach/OwnMap.tsx";
import {
  dayIn,
  type Here,
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
import type { Shown } from "#client/protected-time/session-form/use-saving.ts";
import { diary, say, translated } from "#client/protected-time/words/diary.tsx";
import { Button } from "#client/ui/Button.tsx";
import { cellRing, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { Occurrence } from "#core/protected-time/occurrences.ts";
import { secondPersonReason } from "#core/protected-time/session.ts";
import { keepClearDays } from "#core/protected-time/settings.ts";
import { firstShownDate, lastShownDate } from "#core/protected-time/shown-until.ts";
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
    <section className="preview" aria-label={say("preview.label")}>
      <FormHead step="preview" onBack={onBack}>
        {date === null ? sessionSentence(here, when) : movedSentence(here, date, read.rule)}
      </FormHead>
      {moved === null || date !== null ? null : (
        <p>{say("preview.was", { rule: sessionSentence(here, moved) })}</p>
      )}
      <AwayMap
        cells={cells}
        words={say("preview.away")}
        className="preview__map"
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
      <p className="session-form__promise">{promiseSentence()}</p>
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

interface PreviewTimesProps {
  readonly here: Here;
  /** All that are closed, in order. */
  readonly visits: readonly Occurrence[];
}

/** With the day from which police can see each. */
export function PreviewTimes({ here, visits }: PreviewTimesProps) {
  if (visits.length === 0) {
    return <p>{say("preview.over")}</p>;
  }
  const last = visits.at(-1);
  const more = visits.length - mostPreviewed;
  return (
    <div>
      <h3>{say("preview.away")}</h3>
      <ul className="preview__times lead">
        {visits.slice(0, mostPreviewed).map(({ closedFrom, closedTo }) => {
          const seen = seenFrom(here, closedFrom);
          return (
            <li key={closedFrom}>
              <span className="preview__when">{spanOf(here, closedFrom, closedTo)}</span>
              {seen === null ? null : (
                <span className="preview__seen quiet small">
                  {say("preview.from", { day: dayIn(here, seen) })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {more > 0 && last ? (
        <p className="quiet">{say("preview.more", { count: more, day: dayIn(here, last.date) })}</p>
      ) : null}
    </div>
  );
}

export const mostPreviewed = 6;

/** "1.1", or "1,1" as the partner's language writes it: largest extent. */
export function kmAcross(cells: readonly H3Cell[]): string {
  const bounds = boundsOf(cells.flatMap((cell) => cellRing(cell)));
  if (!bounds) return "";
  const [west, south, east, north] = bounds;
  const middle = (south + north) / 2;
  const metres = Math.max(
    metresBetween([west, middle], [east, middle]),
    metresBetween([west, south], [west, north]),
  );
  const km = String(Math.round(metres / 100) / 10);
  return ["en", "so"].includes(diary().code) ? km : km.replace(".", ",");
}

/** Null where police can see it now. */
export function seenFrom(
  { zone, today }: Pick<Here, "zone" | "today">,
  from: number,
): string | null {
  const first = firstShownDate(zone.dateOf(from));
  return first > today ? first : null;
}

/** Null where police see all of them. */
export function laterSentence(here: Here, froms: readonly number[]): string | null {
  if (froms.every((from) => seenFrom(here, from) === null)) return null;
  const day = dayIn(here, lastShownDate(here.today));
  return say("preview.later", { count: keepClearDays, day });
}
