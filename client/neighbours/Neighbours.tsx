import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import type { ApiError } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { useLook } from "#client/live/refresh.ts";
import { exchangeSentence, stateWords } from "#client/neighbours/exchange-words.ts";
import { NeighbourDetail } from "#client/neighbours/NeighbourDetail.tsx";
import { OwnExchange } from "#client/neighbours/OwnExchange.tsx";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { quarterName, quarterOf, quartersBetween } from "#core/neighbours/quarter.ts";
import {
  type AgreementBody,
  type ExchangeReply,
  exchangeCalls,
  type NeighbourExchange,
} from "#core/neighbours/wire.ts";
import { addDays } from "#core/time/zone.ts";
import "#client/neighbours/neighbours.css";

export function Neighbours() {
  const { role } = useSession();
  return role === "liaison" ? <OwnExchange /> : <Exchange />;
}

function Exchange() {
  const { resource, reload } = useFetched("exchange", (signal) =>
    ask(exchangeCalls.read, {}, { signal }),
  );
  useLook("exchange", hasValue(resource) ? resource.at : null, reload);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <Page reply={reply} onChanged={reload} />}
    </Loaded>
  );
}

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
    <div className="neighbours stack gap-5 pad-4">
      <p className="lead">{exchangeSentence(reply)}</p>
      <div className="neighbours__scroll scroll-x">
        <SortableTable
          caption="Neighbours and data shared with them"
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

const columns: readonly TableColumn<NeighbourExchange>[] = [
  { label: "Neighbour", cell: ({ neighbour }) => neighbour },
  { label: "Agreement", cell: stateWords },
  { label: "Reference", cell: ({ agreement }) => agreement?.reference ?? "" },
  { label: "Quarters shared", isNumber: true, cell: ({ figures }) => figures.length },
  { label: "Quarters received", isNumber: true, cell: ({ totals }) => totals.length },
  { label: "Alerts handed over", isNumber: true, cell: ({ handovers }) => handovers.length },
];

interface AgreementFormProps {
  readonly exchange: NeighbourExchange;
  readonly onEntered: () => void;
}

function AgreementForm({ exchange, onEntered }: AgreementFormProps) {
  const { asAt } = useSession();
  const { neighbour, agreement } = exchange;
  const { fault, isPending, run } = useSubmit();
  const [draft, setDraft] = useState<AgreementBody>(() => ({
    neighbour,
    reference: agreement?.reference ?? "",
    contactRole: agreement?.contactRole ?? "",
    outreachContact: agreement?.outreachContact ?? "",
    firstQuarter: agreement?.firstQuarter ?? quarterOf(addDays(asAt, -365)),
    lastQuarter: agreement?.lastQuarter ?? quarterOf(addDays(asAt, 365)),
    startsOn: agreement?.startsOn ?? asAt,
    expiresOn: agreement?.expiresOn ?? addDays(asAt, 364),
  }));
  const field = fieldOf(draft, (part) => setDraft((before) => ({ ...before, ...part })));
  const submit = () => {
    run(async () => {
      await ask(exchangeCalls.agree, { body: draft });
      showToast(`Agreement with ${neighbour} added`);
      onEntered();
    });
  };
  const text = (
    name: "reference" | "contactRole" | "outreachContact",
    label: string,
    hint: string,
  ) => <TextField label={label} {...field(name)} hint={hint} error={errorOf(fault, name)} />;
  const quarters = quartersBetween(
    quarterOf(addDays(asAt, -365 * 3)),
    quarterOf(addDays(asAt, 365 * 3)),
  ).map((quarter) => ({ value: quarter, label: quarterName(quarter) }));
  return (
    <details className="neighbours__agree no-print">
      <summary>
        {agreement === null ? "Add an agreement" : "Change, renew or end the agreement"}
      </summary>
      <Form aria-label="Agreement" onSend={submit}>
        {fault && fault.errors.length === 0 ? (
          <ErrorNote title={fault.title} detail={fault.detail} />
        ) : null}
        {text("reference", "Reference", "The agreement’s own reference, such as EX/2021/04.")}
        {text("contactRole", "Contact there", "A role or desk, not a name.")}
        {text("outreachContact", "Their outreach", "The role to tell first about an alert.")}
        <Select label="First quarter" {...field("firstQuarter")} options={quarters} />
        <Select label="Last quarter" {...field("lastQuarter")} options={quarters} />
        <TextField label="First day" type="date" {...field("startsOn")} />
        <TextField
          label="Last day"
          type="date"
          {...field("expiresOn")}
          hint="A date in the past ends the exchange at once. Totals already received are kept."
          error={errorOf(fault, "expiresOn")}
        />
        <div className="neighbours__actions row wrap gap-3 end">
          <Button look="filled" type="submit" disabled={isPending}>
            Enter
          </Button>
        </div>
      </Form>
    </details>
  );
}

function errorOf(fault: ApiError | null, field: string): string | undefined {
  return fault?.errors.find((error) => error.field === field)?.reason;
}
