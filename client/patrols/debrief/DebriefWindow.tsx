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
    <li className="debrief-window">
      <div className="debrief-window__line row wrap middle between gap-1-3">
        <label>
          <input
            type="checkbox"
            checked={outcome === "done"}
            ref={(box) => {
              if (box) box.indeterminate = outcome === "part";
            }}
            disabled={isBusy}
            onChange={(event) =>
              set(window.stops, event.currentTarget.checked ? "done" : "not_done")
            }
          />
          <span>
            {name}
            {window.calledOff ? <span className="quiet"> (ended early)</span> : null}
          </span>
        </label>
        {outcome === "done" || outcome === "part" ? null : (
          <Select
            bare
            label={`Why not: ${name}`}
            value={outcome}
            options={reasons}
            disabled={isBusy}
            onChange={(reason) => set(window.stops, reason)}
          />
        )}
      </div>
      {window.stops.length > 1 || isTapped ? (
        <details
          className="debrief-window__stops"
          open={outcome === "part" || isTapped || undefined}
        >
          <summary>{formatQuantity(window.stops.length, "stop")}, one by one</summary>
          <ul>
            {window.stops.map((stop) => {
              const own = outcomeOf(draft, window, stop);
              return (
                <li
                  key={stop.order}
                  className="debrief-window__line row wrap middle between gap-1-3"
                >
                  <label>
                    <input
                      type="checkbox"
                      checked={own === "done"}
                      disabled={isBusy}
                      onChange={(event) =>
                        set([stop], event.currentTarget.checked ? "done" : "not_done")
                      }
                    />
                    <span>
                      {stop.order}. {stop.place}{" "}
                      <span className="quiet">{tappedWords(stop) || aboutTime(stop.arrive)}</span>
                    </span>
                  </label>
                  {stop.toSetRight.map((stay) => (
                    <LeftAt key={stay.key} {...props} stop={stop} stay={stay} />
                  ))}
                  {own === "done" || outcome !== "part" ? null : (
                    <Select<MissedOutcome>
                      bare
                      label={`Why not: stop ${stop.order}, ${stop.place}`}
                      value={own}
                      options={reasons}
                      disabled={isBusy}
                      onChange={(reason) => set([stop], reason)}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      ) : null}
    </li>
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
