import type { ReactNode } from "react";
import {
  type DebriefDraft,
  type LeftDraft,
  outcomeOf,
  reasonWords,
  type ShiftWindow,
  tappedWords,
  wasTapped,
  windowOutcome,
  withOutcome,
} from "#client/patrols/debrief/debrief-draft.ts";
import { aboutTime, timesOf } from "#client/patrols/plan-words.ts";
import { Select } from "#client/ui/Select.tsx";
import { type MissedOutcome, missedOutcomes, type Outcome } from "#core/patrols/wire/debrief.ts";
import { formatQuantity } from "#core/text/numbers.ts";

interface DebriefWindowProps {
  readonly window: ShiftWindow;
  readonly draft: DebriefDraft;
  readonly isBusy: boolean;
  readonly onDraft: (draft: DebriefDraft) => void;
  readonly left: LeftDraft;
  readonly onLeft: (left: LeftDraft) => void;
}

const reasons = missedOutcomes.map((value) => ({ value, label: reasonWords[value] }));

export function DebriefWindow(props: DebriefWindowProps) {
  const { window, draft, isBusy, onDraft } = props;
  const outcome = windowOutcome(draft, window);
  const isTapped = window.stops.some(wasTapped);
  const name = `Unit ${window.unit}, ${timesOf(window)}, ${window.place}`;
  const set = (stops: ShiftWindow["stops"], next: Outcome) =>
    onDraft(withOutcome(draft, window, stops, next));
  if (window.stops.length === 0) return null;
  return (
    <li className="debrief-window line-above">
      <OutcomeLine
        what={name}
        outcome={outcome}
        asksWhy={outcome !== "part"}
        isBusy={isBusy}
        onOutcome={(next) => set(window.stops, next)}
      >
        {name}
        {window.calledOff ? <span className="quiet"> (ended early)</span> : null}
      </OutcomeLine>
      {window.stops.length > 1 || isTapped ? (
        <details
          className="debrief-window__stops"
          open={outcome === "part" || isTapped || undefined}
        >
          <summary>{formatQuantity(window.stops.length, "stop")}, one by one</summary>
          <ul>
            {window.stops.map((stop) => (
              <li key={stop.order}>
                <OutcomeLine
                  what={`stop ${stop.order}, ${stop.place}`}
                  outcome={outcomeOf(draft, window, stop)}
                  asksWhy={outcome === "part"}
                  isBusy={isBusy}
                  onOutcome={(next) => set([stop], next)}
                  beside={stop.toSetRight.map((stay) => (
                    <LeftAt key={stay.key} {...props} stop={stop} stay={stay} />
                  ))}
                >
                  {stop.order}. {stop.place}{" "}
                  <span className="quiet">{tappedWords(stop) || aboutTime(stop.arrive)}</span>
                </OutcomeLine>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

interface OutcomeLineProps {
  readonly what: string;
  readonly outcome: Outcome | "part";
  /** Where it was not done. */
  readonly asksWhy: boolean;
  readonly isBusy: boolean;
  readonly onOutcome: (outcome: Outcome) => void;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
}

/** Ticked: done; half ticked: in part. */
function OutcomeLine(props: OutcomeLineProps) {
  const { what, outcome, asksWhy, isBusy, onOutcome, children, beside } = props;
  return (
    <div className="debrief-window__line row wrap middle between gap-1-3">
      <label>
        <input
          type="checkbox"
          checked={outcome === "done"}
          ref={(box) => {
            if (box) box.indeterminate = outcome === "part";
          }}
          disabled={isBusy}
          onChange={(event) => onOutcome(event.currentTarget.checked ? "done" : "not_done")}
        />
        <span>{children}</span>
      </label>
      {beside}
      {outcome === "done" || outcome === "part" || !asksWhy ? null : (
        <Select<MissedOutcome>
          bare
          label={`Why not: ${what}`}
          value={outcome}
          options={reasons}
          disabled={isBusy}
          onChange={onOutcome}
        />
      )}
    </div>
  );
}

type Stop = ShiftWindow["stops"][number];

/** A stay without a time at which it ended logs nothing. */
function LeftAt({
  stop,
  stay: { key, arrivedAt },
  left,
  isBusy,
  onLeft,
}: DebriefWindowProps & {
  readonly stop: Stop;
  readonly stay: Stop["toSetRight"][number];
}) {
  return (
    <label className="row wrap middle gap-2 full">
      <span>
        <strong>To be set right:</strong> arrived {arrivedAt.slice(11, 16)}, Leave not tapped. No
        minutes are logged. Left at
      </span>
      <input
        type="time"
        aria-label={`Left ${stop.place} at`}
        value={left.get(key) ?? ""}
        disabled={isBusy}
        onChange={(event) => onLeft(new Map(left).set(key, event.currentTarget.value))}
      />
    </label>
  );
}
