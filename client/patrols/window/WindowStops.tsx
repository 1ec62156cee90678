import { aboutTime } from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import { RefusalAt } from "#client/patrols/window/RefusalNote.tsx";
import { Button } from "#client/ui/Button.tsx";
import type { WindowReply } from "#core/patrols/wire/plan.ts";

/** The stops in order; one can be left out, so that a window can be made shorter. */
export function WindowStops({
  window,
  board,
}: {
  readonly window: WindowReply;
  /** Null for a window that cannot be changed here. */
  readonly board: Board | null;
}) {
  const { stops } = window;
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
      <ol className="window__stops">
        {stops.map((stop, index) => (
          <li key={`${stop.cell}-${stop.arrive}`}>
            <span className="window__order" aria-hidden="true">
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
            {board && index > 0 ? (
              <Button
                look="quiet"
                icon="split"
                label={`Split before stop ${index + 1}, ${stop.place}`}
                disabled={board.isBusy}
                onClick={() => void board.split(window, index, `stop ${index}`)}
              />
            ) : null}
            {board ? <RefusalAt board={board} window={window} hand={`stop ${index}`} /> : null}
          </li>
        ))}
      </ol>
    </>
  );
}
