import { useEffect, useMemo, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useAnswer } from "#client/api/use-answer.ts";
import { useShared } from "#client/api/use-resource.ts";
import { onLook } from "#client/live/refresh.ts";
import { useNow } from "#client/patrols/now.ts";
import { PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { PlaceTimeForm } from "#client/patrols/police/PlaceTimeForm.tsx";
import { type PlaceTimeDraft, usePlaceTime } from "#client/patrols/police/use-place-time.ts";
import { places } from "#client/places/places.ts";
import { classNames } from "#client/ui/class-names.ts";
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
  const form = usePlaceTime(now(), 60);
  const { answer, asks, drop } = useAnswer<AskReply>();
  const [hasChanged, setChanged] = useState(false);
  useEffect(() => onLook("keep_clear", () => drop() && setChanged(true)), [drop]);
  const { listed, cellsOf } = useMemo(() => placesOfCommand(map), [map]);
  const onChange = (part: Partial<PlaceTimeDraft>) => {
    drop();
    setChanged(false);
    form.change(part);
  };
  const check = () => {
    setChanged(false);
    const keep = asks();
    void form.send(async (asked) => keep(await ask(policeCalls.ask, { body: asked })));
  };
  return (
    <PlaceTimeForm
      map={map}
      places={listed}
      cellsOf={cellsOf}
      form={form}
      verb="Check"
      onSend={check}
      onChange={onChange}
    >
      <div role="status" className="police__answer">
        {answer ? (
          <p
            ref={showWhole}
            className={classNames(
              "police__word title strong rounded row middle gap-2 pad-3",
              `police__word--${answer.answer}`,
            )}
          >
            <Icon name={answer.answer === "yes" ? "check" : "warning"} /> {answer.sentence}
          </p>
        ) : null}
        {hasChanged ? <p>Keep-clear times have changed. Check again.</p> : null}
      </div>
    </PlaceTimeForm>
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
