import { useSubmit } from "#client/api/use-submit.ts";
import { moveFigure } from "#client/place-plans/place-plans-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { formatFragment } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { figureBasis, figureRowWords, isTested } from "#core/place-plans/figure.ts";
import type { PlanFigureReply } from "#core/place-plans/wire/place-plans.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export interface PinnedFiguresProps {
  readonly planId: number;
  readonly figures: readonly PlanFigureReply[];
  readonly mayWrite: boolean;
}

export function PinnedFigures({ planId, figures, mayWrite }: PinnedFiguresProps) {
  const { fault, isPending, run } = useSubmit();
  const takeOff = ({ id }: PlanFigureReply) =>
    run(async () => {
      await moveFigure(planId, id, false);
      undoHistory.remember({
        name: "remove the figure",
        undo: () => moveFigure(planId, id, true),
        redo: () => moveFigure(planId, id, false),
      });
      showToast("Removed. Undo puts it back.");
    });
  if (figures.length === 0) {
    return (
      <p className="quiet">
        No figures pinned.{" "}
        {mayWrite ? (
          <>
            In <a href={formatFragment({ screen: "hotspots", params: {} })}>Hotspots</a>, choose a
            place and pin it to this plan.
          </>
        ) : null}
      </p>
    );
  }
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <ul className="pinned stack gap-3" aria-label="Pinned figures">
        {figures.map((figure) => (
          <li key={figure.id} className="pinned__one note whole row wrap start between gap-2">
            <OneFigure figure={figure} />
            {mayWrite ? (
              <Button disabled={isPending} onClick={() => takeOff(figure)}>
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function OneFigure({
  figure: { content, asAt, pinnedAt, pinnedBy },
}: {
  readonly figure: PlanFigureReply;
}) {
  return (
    <figure>
      {content.of === "ranking" ? <p>{content.sentence}</p> : null}
      <ol className={content.of === "ranking" ? "pinned__rows" : "pinned__row"}>
        {content.rows.map((row) => (
          <li key={row.cell}>
            <strong>{row.place}</strong>: {figureRowWords(row)}.
          </li>
        ))}
      </ol>
      <figcaption className="small quiet">
        {figureBasis(content)}. As at {formatDate(asAt)}, pinned {formatDate(pinnedAt.slice(0, 10))}{" "}
        {formatTimeOfDay(pinnedAt)} by {pinnedBy}. It does not change when records do.
        <details>
          <summary>The exact test</summary>
          <p>{content.test}</p>
          <p>
            {content.rows
              .filter(isTested)
              .map(({ place, q }) => `${place}: q ${q < 0.001 ? "under 0.001" : q.toPrecision(2)}`)
              .join("; ")}
            . {formatCount(content.total)} counted in {formatCount(content.cells)} cells of
            resolution {content.resolution}.
          </p>
        </details>
      </figcaption>
    </figure>
  );
}
