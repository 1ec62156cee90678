import { useFetched } from "#client/api/use-resource.ts";
import { loadOwnExchange } from "#client/neighbours/exchange-api.ts";
import { FigureTable } from "#client/neighbours/FigureTable.tsx";
import { OwnHandovers } from "#client/neighbours/OwnHandovers.tsx";
import { PatrolCheck } from "#client/neighbours/PatrolCheck.tsx";
import { TotalsForm } from "#client/neighbours/TotalsForm.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { OwnExchangeReply } from "#core/neighbours/wire.ts";

/** The whole Displacement screen of a liaison: their quarter table, their totals, alerts, and their patrols. */
export function OwnExchange() {
  const { resource, reload } = useFetched("own exchange", loadOwnExchange);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <Page reply={reply} onChanged={reload} />}
    </Loaded>
  );
}

function Page(props: { readonly reply: OwnExchangeReply; readonly onChanged: () => void }) {
  const { reply, onChanged } = props;
  const { agreement, area, neighbour } = reply;
  if (agreement === null) {
    return (
      <div className="neighbours">
        <EmptyState title="No agreement in force">{reply.sentence}</EmptyState>
      </div>
    );
  }
  return (
    <div className="neighbours">
      <p className="neighbours__sentence">{reply.sentence}</p>
      <section aria-label="Reports beyond your line">
        <header className="neighbours__head">
          <h2>Reports beyond your line, by quarter</h2>
          <Button className="no-print" look="quiet" icon="print" onClick={() => window.print()}>
            Print
          </Button>
        </header>
        {reply.figures.length === 0 ? (
          <EmptyState title="No quarter can be shown yet">
            A quarter is shown once a whole month has passed since it ended.
          </EmptyState>
        ) : (
          <FigureTable
            caption={`Reports by residents within 1,000 m of the line to ${neighbour}`}
            figures={reply.figures}
          />
        )}
        <ul className="neighbours__notes quiet small">
          {reply.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
      <TotalsForm reply={reply} agreement={agreement} onChanged={onChanged} />
      <OwnHandovers handovers={reply.handovers} onChanged={onChanged} />
      {area === null ? null : <PatrolCheck area={area} contact={agreement.contactRole} />}
    </div>
  );
}
