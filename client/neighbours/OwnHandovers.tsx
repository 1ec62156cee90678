import { useSubmit } from "#client/api/use-submit.ts";
import { acknowledge } from "#client/neighbours/exchange-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDate } from "#client/ui/format.ts";
import type { HandoverReply } from "#core/neighbours/wire.ts";

/** Alerts of the own edge; each was told to the own outreach before it came here. */
export function OwnHandovers(props: {
  readonly handovers: readonly HandoverReply[];
  readonly onChanged: () => void;
}) {
  const { fault, isPending, run } = useSubmit();
  const read = (id: string) =>
    run(async () => {
      await acknowledge(id);
      props.onChanged();
    });
  return (
    <section className="no-print" aria-label="Alerts handed over to you">
      <h2>Alerts handed over to you</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {props.handovers.length === 0 ? (
        <EmptyState title="No alert has been handed over">
          An alert comes here after your outreach contact was told of it: place and quarter or
          month, and no figure.
        </EmptyState>
      ) : (
        <ul className="neighbours__rows">
          {props.handovers.map((one) => (
            <li key={one.id}>
              <span>
                <strong>{one.periodName}</strong>, along your line. {one.words}{" "}
                <span className="quiet">
                  Your outreach was told{" "}
                  {one.toldOutreachAt ? formatDate(one.toldOutreachAt.slice(0, 10)) : ""}.
                </span>
              </span>
              {one.acknowledgedAt === null ? (
                <Button disabled={isPending} onClick={() => read(one.id)}>
                  We have read it
                </Button>
              ) : (
                <span className="quiet">Read {formatDate(one.acknowledgedAt.slice(0, 10))}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
