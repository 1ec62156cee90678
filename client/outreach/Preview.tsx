import { useEffect, useMemo, useRef } from "react";
import { useSession } from "#client/app/session-context.ts";
import { MapView } from "#client/map/MapView.tsx";
import { boundsAround } from "#client/outreach/bounds.ts";
import type { ReadDraft } from "#client/outreach/draft.ts";
import { ruleSentence, spanOf } from "#client/outreach/outreach-words.ts";
import { cryptoRandom } from "#client/outreach/secret-draw.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import { previewFootprint } from "#core/blackouts/protected.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/wire/places.ts";
import "#client/outreach/session-form.css";

export interface PreviewProps {
  readonly map: PlacesReply;
  readonly read: ReadDraft;
  /** Drawn once; these very cells are what is saved. */
  readonly cells: readonly H3Cell[];
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly onBack: () => void;
  readonly onSave: () => void;
}

const noLayers = [] as const;

/** Exactly what police will see, before anything is saved: a hatch and half-hour times. */
export function Preview({ map, read, cells, isBusy, refusal, onBack, onSave }: PreviewProps) {
  const { timeZone, now } = useSession();
  const zone = zoneNamed(timeZone);
  const heading = useRef<HTMLHeadingElement>(null);
  const { times } = useMemo(
    () =>
      previewFootprint(
        zone,
        { place: { cells }, rule: read.rule },
        { now: Date.parse(now), random: cryptoRandom },
      ),
    [zone, cells, read.rule, now],
  );
  const frame = useMemo(() => boundsAround(cells), [cells]);
  // Begins at its top, wherever the form was left.
  useEffect(() => {
    document.getElementById("main")?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
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
      <div>
        <h3>Police stay away</h3>
        {times.length === 0 ? (
          <p>No date of this session lies ahead: go back and check its dates.</p>
        ) : (
          <ul className="preview__times">
            {times.map(({ from, to }) => (
              <li key={from}>{spanOf(zone, from, to)}</li>
            ))}
          </ul>
        )}
      </div>
      <p className="quiet">
        {ruleSentence(read.rule)}.{" "}
        {read.place.kind === "saved" && read.place.isReused
          ? `This lies inside "${read.place.place.label}", so the same outline is used: a second one would help an onlooker to find its middle.`
          : ""}
      </p>
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
