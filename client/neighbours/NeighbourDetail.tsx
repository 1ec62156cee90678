import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { reportsWords, stateWords } from "#client/neighbours/exchange-words.ts";
import { FigureTable } from "#client/neighbours/FigureTable.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { quarterName } from "#core/neighbours/quarter.ts";
import {
  type AgreementReply,
  type CommandHandover,
  type GivenTotalReply,
  handoverCalls,
  type NeighbourExchange,
} from "#core/neighbours/wire.ts";
import { formatDate, formatDateRange } from "#core/time/words.ts";

interface NeighbourDetailProps {
  readonly exchange: NeighbourExchange;
  readonly notes: readonly string[];
  readonly onChanged: () => void;
}

export function NeighbourDetail({ exchange, notes, onChanged }: NeighbourDetailProps) {
  const { neighbour, agreement, figures, totals, replaced, earlier } = exchange;
  return (
    <div className="neighbours__detail start grid gap-5">
      <div className="stack gap-5 shrinks">
        <section className="stack gap-2 shrinks" aria-label={`Agreement with ${neighbour}`}>
          <h2>{neighbour}</h2>
          {agreement === null ? (
            <p className="quiet">
              No agreement yet, so nothing is shared or received. An analyst can add one.
            </p>
          ) : (
            <>
              <p>
                {stateWords(exchange)}. {agreementWords(agreement)}
              </p>
              {earlier.length > 0 ? <Earlier agreements={earlier} /> : null}
            </>
          )}
        </section>
        <section className="stack gap-2 shrinks" aria-label="Totals received">
          <h3>Totals received from {neighbour}</h3>
          {totals.length === 0 ? (
            <p className="quiet">
              None yet. They complete the boundary in an assessment of whole quarters.
            </p>
          ) : (
            <TotalTable caption={`Totals received from ${neighbour}`} totals={totals} />
          )}
          {replaced.length > 0 ? (
            <details>
              <summary>Earlier totals ({replaced.length})</summary>
              <TotalTable caption="Earlier totals" totals={replaced} />
            </details>
          ) : null}
        </section>
        <HandoverList exchange={exchange} onChanged={onChanged} />
      </div>
      <section className="stack gap-2 shrinks" aria-label="What is shared">
        <h3>What their liaison sees</h3>
        {figures.length === 0 ? (
          <p className="quiet">
            Nothing: no agreement is in force, or no agreed quarter can be shown yet.
          </p>
        ) : (
          <>
            <FigureTable caption={`What the liaison of ${neighbour} sees`} figures={figures} />
            <ul className="broad stack gap-1 small quiet">
              {[...notes, ...exchange.figureNotes].map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function agreementWords(agreement: AgreementReply): string {
  const { reference, contactRole, outreachContact, firstQuarter, lastQuarter, cells } = agreement;
  return `Reference ${reference}. Contact: ${contactRole}. Their outreach: ${outreachContact}. Agreed: ${quarterName(firstQuarter)} up to ${quarterName(lastQuarter)}, their ${cells} cells within 1,000 m of the boundary.`;
}

function Earlier({ agreements }: { readonly agreements: readonly AgreementReply[] }) {
  return (
    <details>
      <summary>Other agreements ({agreements.length})</summary>
      <ul className="broad stack gap-1">
        {agreements.map((one) => (
          <li key={one.id}>
            {one.reference}: {formatDateRange(one.startsOn, one.expiresOn)}, added{" "}
            {formatDate(one.enteredAt.slice(0, 10))}
          </li>
        ))}
      </ul>
    </details>
  );
}

function TotalTable(props: {
  readonly caption: string;
  readonly totals: readonly GivenTotalReply[];
}) {
  return (
    <div className="neighbours__scroll scroll-x">
      <SortableTable
        caption={props.caption}
        columns={columns}
        rows={props.totals}
        rowKey={({ quarter, givenAt }) => `${quarter} ${givenAt}`}
      />
    </div>
  );
}

const columns: readonly TableColumn<GivenTotalReply>[] = [
  { label: "Quarter", cell: ({ name }) => name },
  { label: "Reports", isNumber: true, cell: ({ reports }) => reportsWords(reports) },
  { label: "Given", cell: ({ givenAt }) => formatDate(givenAt.slice(0, 10)) },
  { label: "Agreement", cell: ({ reference }) => reference },
  {
    label: "Zone",
    cell: ({ isOlderZone }) =>
      isOlderZone ? "out of date: ask again" : <span className="quiet">current</span>,
  },
];

/** Alerts handed over: first to their outreach, and only then to their liaison. */
function HandoverList(props: {
  readonly exchange: NeighbourExchange;
  readonly onChanged: () => void;
}) {
  const { handovers, agreement } = props.exchange;
  const { fault, isPending, run } = useSubmit();
  const tell = (id: string) =>
    run(async () => {
      await ask(handoverCalls.told, { id });
      props.onChanged();
    });
  return (
    <section className="stack gap-2 shrinks" aria-label="Alerts handed over">
      <h3>Alerts handed over</h3>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {handovers.length === 0 ? (
        <p className="quiet">None. Hand alerts over from the list of alerts.</p>
      ) : (
        <ul className="neighbours__rows rows">
          {handovers.map((one) => (
            <li key={one.id} className="row middle between gap-3">
              <span>
                <strong>{one.periodName}</strong>. {one.words}{" "}
                <span className="quiet">{whereItStands(one, agreement?.outreachContact)}</span>
              </span>
              {one.isTeller ? (
                <Button disabled={isPending} onClick={() => tell(one.id)}>
                  Their outreach was told
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function whereItStands(one: CommandHandover, outreach = "their outreach"): string {
  const day = (instant: string) => formatDate(instant.slice(0, 10));
  if (one.toldOutreachAt === null) {
    const who = one.isTeller
      ? "Confirm they were told"
      : "A sergeant or analyst other than the one who handed it over must confirm this";
    return `Handed over ${day(one.handedAt)} by ${one.handedBy}. Tell ${outreach} first. ${who}. Their liaison sees it after that.`;
  }
  const told = `Handed over by ${one.handedBy}. Their outreach was told ${day(one.toldOutreachAt)} (confirmed by ${one.toldOutreachBy ?? "nobody"}).`;
  return one.acknowledgedAt === null
    ? `${told} Not read by their liaison yet.`
    : `${told} Read ${day(one.acknowledgedAt)}.`;
}
