import type { ReactNode } from "react";
import { otherUnitFor } from "#client/patrols/board-desk.ts";
import { agreePatrols } from "#client/patrols/PlanActions.tsx";
import { checkState } from "#client/patrols/plan-check.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import {
  aboutTime,
  formatShare,
  isStanding,
  noConflictWords,
  policeUnits,
  shareRange,
  statusWords,
  timesOf,
  unitWords,
  waitingWords,
} from "#client/patrols/plan-words.ts";
import { timesIn } from "#client/patrols/use-board.ts";
import { useToldAct } from "#client/patrols/use-told-act.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";
import { WindowTimes } from "#client/patrols/window/WindowTimes.tsx";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/patrols/window/window-panel.css";

interface WindowPanelProps {
  readonly plan: PlanReply;
  readonly window: WindowReply;
}

export function WindowPanel({ plan, window }: WindowPanelProps) {
  const { view, board } = usePlanParts();
  const titleOf = useUnitTitle();
  const isHeld = view.suggestion.status === "running";
  const canChange = view.canPlan && plan.id !== null && !isHeld && isStanding(window);
  const waits = waitingWords(view.rises, window);
  return (
    <article className="window stack start gap-3" aria-label={`Patrol at ${window.place}`}>
      <header className="row start between gap-3 full">
        <div>
          <h2>{window.place}</h2>
          <p className="quiet">
            {formatDay(window.start.slice(0, 10))}, {timesOf(window)},{" "}
            {unitWords(titleOf(window), window)}, {window.light}
            {window.purpose === "watch" ? ", to watch a boundary under alert" : null}
          </p>
        </div>
        <Button
          look="quiet"
          icon="close"
          label="Close this patrol"
          onClick={() => view.chooseWindow(null)}
        />
      </header>
      <CheckedLine plan={plan} window={window} />
      {waits === null ? null : <Warning>{waits}</Warning>}
      {window.unstaffed ? <Unstaffed window={window} canChange={canChange} /> : null}
      <Why window={window} />
      {canChange && plan.id ? (
        <ChangeableParts plan={plan} planId={plan.id} window={window} />
      ) : (
        <WindowStops window={window} canChange={false} />
      )}
      {window.dismissed && view.canSuggest && plan.id ? (
        <div className="row wrap gap-2">
          <Button
            disabled={!board.canChange || board.isBusy}
            onClick={() =>
              void board.dismiss(
                { planId: plan.id ?? "", windowId: window.id },
                window.place,
                false,
              )
            }
          >
            Put back on the list of lost patrols
          </Button>
        </div>
      ) : null}
    </article>
  );
}

function Why({ window }: Pick<WindowPanelProps, "window">) {
  const { view } = usePlanParts();
  const range = shareRange(window);
  const { patrols, ranks } = view.week;
  const rank = ranks.get(patrols.find((patrol) => patrol.window === window)?.key ?? "");
  return (
    <dl className="window__why facts">
      <dt>Why here</dt>
      <dd>{window.whyHere}</dd>
      {view.isOwn ? null : (
        <>
          <dt>Why now</dt>
          <dd>{window.whyNow}</dd>
          <dt>Reaches</dt>
          <dd>
            {formatShare(window.share)}
            {range === null ? null : ` (${range})`} of the reports forecast for the area in these
            days
            {rank === undefined ? null : `; priority ${rank} of ${ranks.size}`}
          </dd>
        </>
      )}
    </dl>
  );
}

function ChangeableParts({ plan, planId, window }: WindowPanelProps & { readonly planId: string }) {
  const { view, board, desk } = usePlanParts();
  const { isBusy, run } = useToldAct(view.reload);
  const verb = window.status === "agreed" ? "Withdraw" : "Remove";
  const units = view.isOwn
    ? view.week.patrols.map((one) => one.window.unit)
    : window.patrolPartner
      ? (desk?.staffing?.duties ?? [])
          .filter(({ patrolPartner }) => patrolPartner === window.patrolPartner)
          .map(({ unit }) => unit)
      : policeUnits(plan);
  return (
    <>
      <WindowTimes window={window} units={units} />
      <WindowStops window={window} canChange />
      <div className="row wrap gap-2">
        {window.status === "suggested" ? (
          <Button
            icon="check"
            disabled={
              isBusy ||
              view.suggestion.status === "running" ||
              waitingWords(view.rises, window) !== null
            }
            onClick={() =>
              void run(async () => {
                await agreePatrols(view, planId, [window.id]);
                return "Patrol approved";
              })
            }
          >
            Approve this patrol
          </Button>
        ) : null}
        {window.status === "suggested" && view.canSuggest ? (
          <Button
            icon="lock"
            aria-pressed={window.locked}
            disabled={board.isBusy}
            onClick={() => void board.lock(window, !window.locked, "acts")}
          >
            {window.locked ? "Locked: unlock" : "Lock this patrol"}
          </Button>
        ) : null}
        <AskedButton
          button={{ icon: "trash", disabled: board.isBusy, children: `${verb} this patrol` }}
          title={`${verb} this patrol?`}
          yes={verb}
          onYes={() => void board.remove(window, "acts")}
        >
          {view.isOwn ? "Only a sergeant can put it back." : null}
        </AskedButton>
      </div>
      <RefusalAt window={window} hand="acts" />
    </>
  );
}

function CheckedLine({ plan, window }: WindowPanelProps) {
  const { heard } = usePlanParts().view;
  if (!isStanding(window)) return <Warning>{statusWords[window.status]}</Warning>;
  const check = checkState(plan, [window], heard);
  switch (check.state) {
    case "none":
      return null;
    case "outdated":
      return <p className="row middle gap-2">Checking against keep-clear times...</p>;
    case "conflict":
      return <Warning>Conflicts with keep clear: withdraw it or choose another time</Warning>;
    case "clear":
      return (
        <p className="row middle gap-2">
          <Icon name="check" /> {noConflictWords}, checked {formatTimeOfDay(check.at)}
        </p>
      );
  }
}

function Unstaffed({
  window,
  canChange,
}: Pick<WindowPanelProps, "window"> & { readonly canChange: boolean }) {
  const { view, board, desk } = usePlanParts();
  const unit = desk === null ? null : otherUnitFor(desk, window);
  return (
    <>
      <Warning>{window.unstaffed}</Warning>
      {canChange ? (
        <div className="row wrap gap-2">
          {unit === null ? null : (
            <Button
              disabled={board.isBusy}
              onClick={() => void board.change(window, { ...timesIn(window), unit }, "acts")}
            >
              Give it to unit {unitNumber(unit)}
            </Button>
          )}
          {view.canSuggest ? (
            <Button disabled={board.isBusy} onClick={() => void board.remove(window, "acts")}>
              {window.status === "agreed" ? "Withdraw it" : "Remove it"}
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

function WindowStops({
  window,
  canChange,
}: {
  readonly window: WindowReply;
  readonly canChange: boolean;
}) {
  const { board, view } = usePlanParts();
  const { stops, legs } = window;
  const leaveOut = (at: number) =>
    board.change(
      window,
      {
        ...timesIn(window),
        stops: stops.filter((_, index) => index !== at).map((stop) => stop.cell),
      },
      `stop ${at}`,
    );
  return (
    <>
      <h3>Stops, in order</h3>
      <ol className="window__stops stack gap-1 full">
        {stops.map((stop, index) => (
          <li key={`${stop.cell}-${stop.arrive}`}>
            <span className="disc centred small strong" aria-hidden="true">
              {index + 1}
            </span>
            <span>{stop.place}</span>
            <span className="quiet">{aboutTime(stop.arrive)}</span>
            {canChange && stops.length > 1 ? (
              <Button
                look="quiet"
                icon="close"
                label={`Leave out stop ${index + 1}, ${stop.place}`}
                disabled={board.isBusy}
                onClick={() => void leaveOut(index)}
              />
            ) : null}
            {canChange && view.canSuggest && index > 0 ? (
              <Button
                look="quiet"
                icon="split"
                label={`Split before stop ${index + 1}, ${stop.place}`}
                disabled={board.isBusy}
                onClick={() => void board.split(window, index, `stop ${index}`)}
              />
            ) : null}
            {index > 0 && legs?.[index - 1]?.words ? (
              <span className="window__way quiet">{legs[index - 1]?.words}</span>
            ) : null}
            {canChange ? <RefusalAt window={window} hand={`stop ${index}`} /> : null}
          </li>
        ))}
      </ol>
    </>
  );
}

function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <p className="row middle gap-2 fault">
      <Icon name="warning" /> {children}
    </p>
  );
}
