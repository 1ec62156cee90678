import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useLook } from "#client/live/refresh.ts";
import { AgreementForm } from "#client/neighbours/AgreementForm.tsx";
import { loadExchange } from "#client/neighbours/exchange-api.ts";
import { exchangeSentence, stateWords } from "#client/neighbours/exchange-words.ts";
import { NeighbourDetail } from "#client/neighbours/NeighbourDetail.tsx";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { ExchangeReply, NeighbourExchange } from "#core/neighbours/wire.ts";

/** One's own side of the exchange: with whom, what leaves, what came. */
export function Exchange() {
  const { resource, reload } = useFetched("exchange", loadExchange);
  useLook("exchange", hasValue(resource) ? resource.at : null, reload);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <Page reply={reply} onChanged={reload} />}
    </Loaded>
  );
}

const columns: readonly TableColumn<NeighbourExchange>[] = [
  { key: "neighbour", label: "Neighbour", cell: ({ neighbour }) => neighbour },
  { key: "state", label: "Agreement", cell: stateWords },
  { key: "reference", label: "Reference", cell: ({ agreement }) => agreement?.reference ?? "" },
  {
    key: "leaves",
    label: "Quarters that leave",
    isNumber: true,
    cell: ({ figures }) => figures.length,
  },
  {
    key: "came",
    label: "Quarters received",
    isNumber: true,
    cell: ({ totals }) => totals.length,
  },
  {
    key: "alerts",
    label: "Alerts handed over",
    isNumber: true,
    cell: ({ handovers }) => handovers.length,
  },
];

function Page(props: { readonly reply: ExchangeReply; readonly onChanged: () => void }) {
  const { reply, onChanged } = props;
  const { role } = useSession();
  const asked = useStore(address, ({ params }) => params["neighbour"]);
  const { neighbours } = reply;
  const chosen =
    neighbours.find(({ neighbour }) => neighbour === asked) ??
    neighbours.find(({ state }) => state === "in force") ??
    neighbours[0];
  return (
    <div className="neighbours">
      <p className="neighbours__sentence">{exchangeSentence(reply)}</p>
      <div className="neighbours__scroll">
        <SortableTable
          caption="Neighbours and what is exchanged with them"
          columns={columns}
          rows={neighbours}
          rowKey={({ neighbour }) => neighbour}
          selectedKey={chosen?.neighbour ?? null}
          onSelect={(row) =>
            row ? changeParams("displacement", { neighbour: row.neighbour }) : undefined
          }
        />
      </div>
      {chosen ? (
        <NeighbourDetail
          key={chosen.neighbour}
          exchange={chosen}
          notes={reply.notes}
          onChanged={onChanged}
        />
      ) : null}
      {chosen && role === "analyst" ? (
        <AgreementForm key={`form ${chosen.neighbour}`} exchange={chosen} onEntered={onChanged} />
      ) : null}
    </div>
  );
}
