import { stateWords } from "#client/neighbours/exchange-words.ts";
import { FigureTable } from "#client/neighbours/FigureTable.tsx";
import { HandoverList } from "#client/neighbours/HandoverList.tsx";
import { TotalTable } from "#client/neighbours/TotalTable.tsx";
import { formatDate, formatDateRange } from "#client/ui/format.ts";
import { quarterName } from "#core/neighbours/quarter.ts";
import type { AgreementReply, NeighbourExchange } from "#core/neighbours/wire.ts";

interface NeighbourDetailProps {
  readonly exchange: NeighbourExchange;
  readonly notes: readonly string[];
  readonly onChanged: () => void;
}

/** One neighbour: what is agreed, exactly what leaves, what came, and alerts. */
export function NeighbourDetail({ exchange, notes, onChanged }: NeighbourDetailProps) {
  const { neighbour, agreement, figures, totals, replaced, earlier } = exchange;
  return (
    <div className="neighbours__detail">
      <div>
        <section aria-label={`Agreement with ${neighbour}`}>
          <h2>{neighbour}</h2>
          {agreement === null ? (
            <p className="quiet">
              Nothing was ever agreed: nothing leaves and nothing can come. An analyst enters an
              agreement.
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
        <section aria-label="Totals received">
          <h3>Totals received from {neighbour}</h3>
          {totals.length === 0 ? (
            <p className="quiet">
              None yet. They complete the edge in an assessment of whole quarters.
            </p>
          ) : (
            <TotalTable caption={`Totals received from ${neighbour}`} totals={totals} />
          )}
          {replaced.length > 0 ? (
            <details>
              <summary>Totals that were replaced ({replaced.length})</summary>
              <TotalTable caption="Totals that were replaced" totals={replaced} />
            </details>
          ) : null}
        </section>
        <HandoverList exchange={exchange} onChanged={onChanged} />
      </div>
      <section aria-label="Exactly what leaves">
        <h3>Exactly what their liaison sees</h3>
        {figures.length === 0 ? (
          <p className="quiet">
            Nothing: no agreement is in force, or no agreed quarter can be shown yet.
          </p>
        ) : (
          <>
            <FigureTable caption={`What the liaison of ${neighbour} sees`} figures={figures} />
            <ul className="neighbours__notes quiet small">
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
  return `Reference ${reference}. Contact: ${contactRole}. Their outreach: ${outreachContact}. Agreed: ${quarterName(firstQuarter)} up to ${quarterName(lastQuarter)}, their ${cells} cells within 1,000 m of the line.`;
}

function Earlier({ agreements }: { readonly agreements: readonly AgreementReply[] }) {
  return (
    <details>
      <summary>Other agreements entered ({agreements.length})</summary>
      <ul className="neighbours__notes">
        {agreements.map((one) => (
          <li key={one.id}>
            {one.reference}: {formatDateRange(one.startsOn, one.expiresOn)}, entered{" "}
            {formatDate(one.enteredAt.slice(0, 10))}
          </li>
        ))}
      </ul>
    </details>
  );
}
