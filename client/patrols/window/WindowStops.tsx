import { aboutTime } from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";
import { Button } from "#client/ui/Button.tsx";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import "#client/patrols/window/window-panel.css";

export function WindowStops({
  window,
  board,
  canSplit,
}: {
  readonly window: WindowReply;
  /** Null: read-only. */
  readonly board: Board | null;
  readonly canSplit: boolean;
}) {
  const { stops, legs } = window;
  const leaveOut = (at: number) =>
    board?.change(
      window,
      {
        start: Date.parse(window.start),
        end: Date.parse(window.end),
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
            {board && stops.length > 1 ? (
              <Button
                look="quiet"
                icon="close"
                label={`Leave out stop ${index + 1}, ${stop.place}`}
                disabled={board.isBusy}
                onClick={() => void leaveOut(index)}
              />
            ) : null}
            {board && canSplit && index > 0 ? (
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
            {board ? <RefusalAt board={board} window={window} hand={`stop ${index}`} /> : null}
          </li>
        ))}
      </ol>
    </>
  );
}
