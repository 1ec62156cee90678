import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { lostPatrols, type Patrol } from "#client/patrols/living-week.ts";
import { nowOn } from "#client/patrols/now.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { timesOf, unitWords } from "#client/patrols/plan-words.ts";
import { timesIn } from "#client/patrols/use-board.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import { createZone } from "#core/time/zone.ts";

/** Approved patrols that were taken away and are still to come: a short list to act on, never why. */
export function LostPatrols() {
  const { view } = usePlanParts();
  const { asAt, timeZone } = useSession();
  const [isWhole, setWhole] = useState(false);
  const lost = lostPatrols(view.week, nowOn(createZone(timeZone), asAt));
  if (!view.canPlan || lost.length === 0) return null;
  // A button to show one more takes as much room as the one.
  const isLong = lost.length > mostShown + 1;
  const shown = isLong && !isWhole ? lost.slice(0, mostShown) : lost;
  return (
    <section className="lost note no-print" aria-label="Lost patrols">
      <h3 className="body strong">
        {formatQuantity(lost.length, "approved patrol")} no longer available
      </h3>
      <ul className="stack gap-1">
        {shown.map((patrol) => (
          <LostLine key={patrol.key} patrol={patrol} />
        ))}
      </ul>
      {isLong ? (
        <Button look="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show ${lost.length - mostShown} more`}
        </Button>
      ) : null}
    </section>
  );
}

function LostLine({ patrol }: { readonly patrol: Patrol }) {
  const { view, board } = usePlanParts();
  const titleOf = useUnitTitle();
  const { plan, window } = patrol;
  const { start, unit, zone } = window;
  const instead = { planId: plan.id ?? "", windowId: window.id };
  const suggest = () => board.suggest({ ...timesIn(window), unit, zone, instead });
  return (
    <li className="row wrap middle between gap-1-3">
      <span>
        {formatDay(start.slice(0, 10))}, {timesOf(window)}, {window.place},{" "}
        {unitWords(titleOf(window), window)}
      </span>
      {view.canSuggest ? (
        <span className="row gap-2">
          <Button disabled={!board.canChange || board.isBusy} onClick={() => void suggest()}>
            Suggest another time
          </Button>
          <Button
            look="quiet"
            disabled={!board.canChange || board.isBusy}
            onClick={() => void board.dismiss(instead, window.place, true)}
          >
            Leave it
          </Button>
        </span>
      ) : null}
    </li>
  );
}

const mostShown = 2;
