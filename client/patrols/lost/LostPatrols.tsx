import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import type { Patrol } from "#client/patrols/living-week.ts";
import {
  askForAnother,
  leaveLost,
  lostKey,
  openLosses,
  settled,
} from "#client/patrols/lost/settled.ts";
import { nowOn } from "#client/patrols/now.ts";
import { timesOf, unitWords } from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { useStore } from "#client/state/use-store.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/patrols/lost/lost.css";

/** Approved patrols that were taken away and are still to come: a short list to act on, never why. */
export function LostPatrols({ view, board }: { readonly view: PlanView; readonly board: Board }) {
  const { asAt, timeZone } = useSession();
  const done = useStore(settled, (state) => state);
  const [isWhole, setWhole] = useState(false);
  const lost = openLosses(view.week, nowOn(zoneNamed(timeZone), asAt), done);
  if (!view.canPlan || lost.length === 0) return null;
  // A button that shows one more would take the place of that one.
  const isLong = lost.length > mostShown + 1;
  const shown = isLong && !isWhole ? lost.slice(0, mostShown) : lost;
  return (
    <section className="lost no-print" aria-label="Lost patrols">
      <h3>{formatQuantity(lost.length, "approved patrol")} no longer available</h3>
      <ul>
        {shown.map((patrol) => (
          <LostLine key={lostKey(patrol)} patrol={patrol} view={view} board={board} />
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

function LostLine({
  patrol,
  view,
  board,
}: {
  readonly patrol: Patrol;
  readonly view: PlanView;
  readonly board: Board;
}) {
  const { window } = patrol;
  const { start, end, unit, zone } = window;
  const suggest = () => {
    askForAnother(view.week, patrol);
    const ask = { start: Date.parse(start), end: Date.parse(end), unit, zone };
    // Where it cannot be had at its own time, the form says so and has the nearest that fits one press away.
    board.startAdding(ask);
    void board.add(ask);
  };
  return (
    <li>
      <span>
        {formatDay(start.slice(0, 10))}, {timesOf(window)}, {window.place}, {unitWords(window)}
      </span>
      <span className="lost__acts">
        <Button disabled={!board.canChange || board.isBusy} onClick={suggest}>
          Suggest another time
        </Button>
        <Button look="quiet" onClick={() => leaveLost(patrol)}>
          Leave it
        </Button>
      </span>
    </li>
  );
}

const mostShown = 2;
