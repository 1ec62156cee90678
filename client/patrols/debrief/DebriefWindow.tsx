import {
  type DebriefDraft,
  outcomeOf,
  reasonWords,
  type ShiftWindow,
  tappedWords,
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
}

const reasons = missedOutcomes.map((value) => ({ value, label: reasonWords[value] }));

export function DebriefWindow({ window, draft, isBusy, onDraft }: DebriefWindowProps) {
  const outcome = windowOutcome(draft, window);
  const isTapped = window.stops.some(({ stays }) => stays.length > 0);
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
