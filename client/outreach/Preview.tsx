import { useEffect, useMemo, useRef } from "react";
import { MapView } from "#client/map/MapView.tsx";
import { boundsAround } from "#client/outreach/bounds.ts";
import {
  dayIn,
  emergencySentence,
  extentWords,
  ruleSentence,
  spanOf,
} from "#client/outreach/outreach-words.ts";
import { laterSentence, oldTimesOf, seenFrom, widthWords } from "#client/outreach/preview-words.ts";
import { cryptoRandom } from "#client/outreach/secret-draw.ts";
import { useHere } from "#client/outreach/use-here.ts";
import type { Shown } from "#client/outreach/use-saving.ts";
import { Button } from "#client/ui/Button.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import { scrollToTop } from "#client/ui/scroll-to-top.ts";
import { groundReachM } from "#core/blackouts/ground.ts";
import { previewFootprint } from "#core/blackouts/protected.ts";
import { secondPersonReason } from "#core/blackouts/second-person.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/wire/outreach.ts";
import type { PlacesReply } from "#core/wire/places.ts";
import "#client/outreach/session-form.css";

export interface PreviewProps {
  readonly map: PlacesReply;
  /** Drawn once; these very cells and dates are what is saved. */
  readonly shown: Shown;
  /** The session that this changes. */
  readonly moved: OutreachSessionReply | null;
  /** The one date of it that this moves. */
  readonly date: string | null;
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly onBack: () => void;
  readonly onSave: () => void;
}

const noLayers = [] as const;

/** Exactly what police will see, before anything is saved: a hatch and half-hour times. */
export function Preview(props: PreviewProps) {
  const { map, shown, moved, date, isBusy, refusal, onBack, onSave } = props;
  const { read, cells, except } = shown;
  const here = useHere();
  const heading = useRef<HTMLHeadingElement>(null);
  const { times } = useMemo(
    () =>
      previewFootprint(
        here.zone,
        { place: { cells }, rule: read.rule, except },
        { now: here.now, random: cryptoRandom },
      ),
    [here, cells, read.rule, except],
  );
  const old = useMemo(() => oldTimesOf(moved, here.now, date), [moved, here, date]);
  const later = laterSentence(
    here,
    times.map(({ from }) => from),
  );
  const frame = useMemo(() => boundsAround(cells), [cells]);
  // Begins at its top, wherever the form was left.
  useEffect(() => {
    scrollToTop();
    heading.current?.focus({ preventScroll: true });
  }, []);
  const size =
    read.place.kind === "saved"
      ? read.place.place
      : { kind: read.place.ground.kind, radiusM: groundReachM(read.place.ground) };
  const { radiusM } = size;
  const secondReason = secondPersonReason({ radiusM, cellCount: cells.length, rule: read.rule });
  return (
    <section className="preview" aria-label="What police see">
      <header className="session-form__head">
        <Button look="quiet" icon="back" onClick={onBack}>
          Back
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          Exactly what police see
        </h2>
      </header>
      <p>
        The hatch and the times below, and nothing else: not you, not the place, not what happens
        there. Police read "Keep clear: outreach and other protected time", together with all other
        times that are kept clear.
      </p>
      <p className="session-form__promise">
        No patrol is planned there at these times. {emergencySentence}
      </p>
      <p className="away-key">
        <Hatch /> Police stay away
      </p>
      <div className="preview__map">
        <MapView
          places={map}
          layers={noLayers}
          keepClear={cells}
          home={frame}
          fallback={<p>{cells.length} cells of about 130 m.</p>}
        />
      </div>
      <p className="quiet">
        {widthWords(cells)} across for {yourWords(size)}, so that nobody can work out the place from
        it.
        {size.kind === "corridor"
          ? " A route along one street can be recognised by its shape: what stays hidden is where on it you are."
          : ""}
      </p>
      <div>
        <h3>Police stay away</h3>
        {times.length === 0 ? (
          <p>Every date of this session is over or cancelled: go back and check its dates.</p>
        ) : (
          <ul className="preview__times">
            {times.map(({ from, to }) => (
              <li key={from}>
                <span className="preview__when">{spanOf(here, from, to)}</span>
                <SeenFrom date={seenFrom(here, from)} />
              </li>
            ))}
          </ul>
        )}
        {later === null ? null : <p>{later}</p>}
        {old.length > 0 ? (
          <>
            <p>The old times that are less than 24 hours ahead stay closed as well:</p>
            <ul className="preview__old">
              {old.map(({ closedFrom, closedTo }) => (
                <li key={closedFrom}>{spanOf(here, closedFrom, closedTo)}</li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      <p className="quiet">
        {ruleSentence(here, read.rule)}.{" "}
        {read.place.kind === "saved" && read.place.isReused
          ? `This lies inside "${read.place.place.label}", so the same outline is used: a second one would help an onlooker to find its middle.`
          : ""}
      </p>
      {secondReason === null ? null : (
        <p>
          It is {secondReason}. It closes at once like every other; beside that a second person of
          yours is asked whether it is right. Police never learn that somebody is asked.
        </p>
      )}
      <div className="session-form__next">
        {refusal ? (
          <p className="field__error" role="alert">
            {refusal}
          </p>
        ) : null}
        <Button look="filled" disabled={isBusy || times.length === 0} onClick={onSave}>
          Save
        </Button>
      </div>
    </section>
  );
}

function yourWords(size: Pick<SavedPlaceReply, "kind" | "radiusM">): string {
  return size.kind === "circle"
    ? `your ${size.radiusM} m`
    : `your ${extentWords(size).replace(/^an? /, "")}`;
}

/** Beside a time that police do not see yet. */
function SeenFrom({ date }: { readonly date: string | null }) {
  const here = useHere();
  if (date === null) return null;
  return <span className="preview__seen quiet small">Police see it from {dayIn(here, date)}</span>;
}
