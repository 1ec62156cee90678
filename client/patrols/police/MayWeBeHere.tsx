import { useEffect, useMemo, useRef, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useAnswer } from "#client/api/use-answer.ts";
import { useShared } from "#client/api/use-resource.ts";
import { onLook } from "#client/live/refresh.ts";
import { useNow } from "#client/patrols/now.ts";
import { PlanPageHead } from "#client/patrols/PlanPageHead.tsx";
import { PlaceTimeFields } from "#client/patrols/police/PlaceTimeFields.tsx";
import { type PlaceTimeDraft, usePlaceTime } from "#client/patrols/police/use-place-time.ts";
import { places } from "#client/places/places.ts";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Form } from "#client/ui/Form.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { unpackedCommand } from "#core/places/command.ts";
import { cellsOfPlace } from "#core/places/finding/cells.ts";
import { type ListedPlace, listPlaces } from "#core/places/finding/list.ts";
import { neighbourhoods } from "#core/places/neighbourhood.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { type AskReply, policeCalls } from "#core/protected-time/wire/police.ts";
import "#client/patrols/police/police.css";

export function MayWeBeHere() {
  const map = useShared(places);
  return (
    <div className="police stack gap-4 pad-4 reading">
      <PlanPageHead title="Check a place and time" />
      <p className="quiet">
        Any place, up to 14 days ahead, on foot or in a car, marked or not. We log that you checked,
        not where or when. An emergency call always comes first and needs no check.
      </p>
      <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
        {(base) => <Question map={base} />}
      </Loaded>
    </div>
  );
}

function Question({ map }: { readonly map: PlacesReply }) {
  const now = useNow();
  const { draft, faults, fault, isBusy, missing, change, send } = usePlaceTime(now(), 60);
  const { answer, asks, drop } = useAnswer<AskReply>();
  const [hasChanged, setChanged] = useState(false);
  useEffect(() => onLook("keep_clear", () => drop() && setChanged(true)), [drop]);
  const { listed, cellsOf } = useMemo(() => placesOfCommand(map), [map]);
  const form = useRef<HTMLFormElement>(null);
  useFaultInView(form, faults);
  const onChange = (part: Partial<PlaceTimeDraft>) => {
    drop();
    setChanged(false);
    change(part);
  };
  const check = () => {
    setChanged(false);
    const keep = asks();
    void send(async (asked) => keep(await ask(policeCalls.ask, { body: asked })));
  };
  return (
    <Form ref={form} className="police__form stack gap-4" onSend={check} noValidate>
      <PlaceTimeFields
        map={map}
        places={listed}
        cellsOf={cellsOf}
        draft={draft}
        faults={faults}
        onChange={onChange}
      />
      <div className="police__foot row wrap start gap-2-3">
        <Button type="submit" look="filled" disabled={isBusy}>
          {missing ?? "Check"}
        </Button>
        <div role="status" className="police__answer">
          {answer ? (
            <p
              ref={showWhole}
              className={classNames(
                "police__word row middle gap-2 pad-3",
                `police__word--${answer.answer}`,
              )}
            >
              <Icon name={answer.answer === "yes" ? "check" : "warning"} /> {answer.sentence}
            </p>
          ) : null}
          {hasChanged ? <p>Keep-clear times have changed. Check again.</p> : null}
          {fault ? (
            <p className="field__error">
              {fault.title}. {fault.detail}
            </p>
          ) : null}
        </div>
      </div>
    </Form>
  );
}

/** What lies in the command at least in part: of the rest nothing is known. */
function placesOfCommand(map: PlacesReply) {
  const command = unpackedCommand(map);
  const isInside = ({ at, points, lines }: ListedPlace) =>
    [at, ...points, ...lines.flat()].some((one) =>
      command.indexOf.has(cellAt(one, eventResolution)),
    );
  const listed = listPlaces(map.gazetteer).filter(isInside);
  const cellsOf = (place: ListedPlace) => {
    const around =
      place.kind === "neighbourhood" ? neighbourhoods(map.gazetteer.neighbourhoods, command) : [];
    return cellsOfPlace(place, around).filter((cell) => command.indexOf.has(cell));
  };
  return { listed, cellsOf };
}

/** Scrolls to the answer, which is below the fold on a phone. */
function showWhole(answer: HTMLElement | null): void {
  answer?.scrollIntoView({ block: "nearest" });
}
