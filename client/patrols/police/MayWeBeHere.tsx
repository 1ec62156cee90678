import { type FormEvent, useState } from "react";
import { useShared } from "#client/api/use-resource.ts";
import { useLook } from "#client/live/refresh.ts";
import { useNow } from "#client/patrols/now.ts";
import { PlanPageHead } from "#client/patrols/PlanPageHead.tsx";
import { PlaceTimeFields } from "#client/patrols/police/PlaceTimeFields.tsx";
import { mayWeBeThere } from "#client/patrols/police/police-api.ts";
import { usePlaceTime } from "#client/patrols/police/use-place-time.ts";
import { places } from "#client/places/places.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { AskReply } from "#core/protected-time/wire/police.ts";
import "#client/patrols/police/police.css";

/** Yes or no for one place and time, in any clothes and on any wheels. */
export function MayWeBeHere() {
  const map = useShared(places);
  const now = useNow();
  const { draft, faults, fault, isBusy, change, send } = usePlaceTime(now(), 60);
  const [answer, setAnswer] = useState<AskReply | null>(null);
  // Keep-clear times have changed: what was said before may no longer hold.
  useLook("keep_clear", null, () => setAnswer(null));
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setAnswer(null);
    void send(async (asked) => setAnswer(await mayWeBeThere(asked)));
  };
  return (
    <div className="police">
      <PlanPageHead title="Check a place and time" />
      <p className="quiet">
        Any place, up to 14 days ahead, on foot or in a car, marked or not. Checks are logged,
        without place or time. An emergency call always comes first and needs no check.
      </p>
      <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
        {(base) => (
          <form className="police__form" onSubmit={ask}>
            <PlaceTimeFields
              map={base}
              draft={draft}
              faults={faults}
              onChange={(part) => {
                setAnswer(null);
                change(part);
              }}
            />
            <div className="police__foot">
              <Button type="submit" look="filled" disabled={isBusy}>
                Check
              </Button>
              <div role="status" className="police__answer">
                {answer ? (
                  <p
                    ref={showWhole}
                    className={classNames("police__word", `police__word--${answer.answer}`)}
                  >
                    <Icon name={answer.answer === "yes" ? "check" : "warning"} /> {answer.sentence}
                  </p>
                ) : null}
                {fault ? (
                  <p className="field__error">
                    {fault.title}. {fault.detail}
                  </p>
                ) : null}
              </div>
            </div>
          </form>
        )}
      </Loaded>
    </div>
  );
}

/** On a phone the answer would lie below the fold. */
function showWhole(answer: HTMLElement | null): void {
  answer?.scrollIntoView({ block: "nearest" });
}
