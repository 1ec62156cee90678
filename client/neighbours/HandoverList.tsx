import { useSubmit } from "#client/api/use-submit.ts";
import { sayOutreachTold } from "#client/neighbours/exchange-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDate } from "#client/ui/format.ts";
import type { CommandHandover, NeighbourExchange } from "#core/neighbours/wire.ts";

/** Alerts handed over: first to their outreach, and only then to their liaison. */
export function HandoverList(props: {
  readonly exchange: NeighbourExchange;
  readonly onChanged: () => void;
}) {
  const { handovers, agreement } = props.exchange;
  const { fault, isPending, run } = useSubmit();
  const tell = (id: string) =>
    run(async () => {
      await sayOutreachTold(id);
      props.onChanged();
    });
  return (
    <section aria-label="Alerts handed over">
      <h3>Alerts handed over</h3>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {handovers.length === 0 ? (
        <p className="quiet">None. Alerts are handed over where they are listed.</p>
      ) : (
        <ul className="neighbours__rows">
          {handovers.map((one) => (
            <li key={one.id}>
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
      ? "Say here that they were told"
      : "Another sergeant or analyst says here that they were told, not whoever handed it over";
    return `Handed over ${day(one.handedAt)} by ${one.handedBy}. Tell ${outreach} first. ${who}: their liaison sees it after that.`;
  }
  const told = `Handed over by ${one.handedBy}; their outreach was told ${day(one.toldOutreachAt)}, said by ${one.toldOutreachBy ?? "nobody"}.`;
  return one.acknowledgedAt === null
    ? `${told} Their liaison has not read it yet.`
    : `${told} Read ${day(one.acknowledgedAt)}.`;
}
