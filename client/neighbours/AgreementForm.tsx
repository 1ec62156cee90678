import { type FormEvent, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import type { ApiError } from "#client/api/api-error.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { enterAgreement } from "#client/neighbours/exchange-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { quarterName, quarterOf, quartersBetween } from "#core/neighbours/quarter.ts";
import type { AgreementBody, NeighbourExchange } from "#core/neighbours/wire.ts";
import { addDays } from "#core/time/zone.ts";

interface AgreementFormProps {
  readonly exchange: NeighbourExchange;
  readonly onEntered: () => void;
}

/** What was agreed, by the analyst: a new agreement, one that goes on, or one that ends earlier. */
export function AgreementForm({ exchange, onEntered }: AgreementFormProps) {
  const { asAt } = useSession();
  const { fault, isPending, run } = useSubmit();
  const [draft, setDraft] = useState<AgreementBody>(() => begunFrom(exchange, asAt));
  const change = (part: Partial<AgreementBody>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      await enterAgreement(draft);
      showToast(`The agreement with ${exchange.neighbour} is entered`);
      onEntered();
    });
  };
  const text = (
    field: "reference" | "contactRole" | "outreachContact",
    label: string,
    hint: string,
  ) => (
    <TextField
      label={label}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      hint={hint}
      error={errorOf(fault, field)}
    />
  );
  const quarters = quartersBetween(
    quarterOf(addDays(asAt, -365 * 3)),
    quarterOf(addDays(asAt, 365 * 3)),
  ).map((quarter) => ({ value: quarter, label: quarterName(quarter) }));
  return (
    <details className="neighbours__agree no-print">
      <summary>
        {exchange.agreement === null
          ? "Enter an agreement"
          : "Enter a change, a renewal or an earlier end"}
      </summary>
      <form aria-label="Agreement" onSubmit={submit}>
        {fault && fault.errors.length === 0 ? (
          <ErrorNote title={fault.title} detail={fault.detail} />
        ) : null}
        {text("reference", "Reference", "Of the agreement itself, such as EX/2021/04.")}
        {text("contactRole", "Contact there", "A role or a desk, nobody's name.")}
        {text("outreachContact", "Their outreach", "The role that hears of an alert first.")}
        <Select
          label="First quarter"
          value={draft.firstQuarter}
          options={quarters}
          onChange={(firstQuarter) => change({ firstQuarter })}
        />
        <Select
          label="Last quarter"
          value={draft.lastQuarter}
          options={quarters}
          onChange={(lastQuarter) => change({ lastQuarter })}
        />
        <TextField
          label="First day"
          type="date"
          value={draft.startsOn}
          onChange={(startsOn) => change({ startsOn })}
        />
        <TextField
          label="Last day"
          type="date"
          value={draft.expiresOn}
          onChange={(expiresOn) => change({ expiresOn })}
          hint="A day that is over ends the exchange at once. Totals received stay."
          error={errorOf(fault, "expiresOn")}
        />
        <div className="neighbours__actions">
          <Button look="filled" type="submit" disabled={isPending}>
            Enter
          </Button>
        </div>
      </form>
    </details>
  );
}

function begunFrom({ neighbour, agreement }: NeighbourExchange, asAt: string): AgreementBody {
  return {
    neighbour,
    reference: agreement?.reference ?? "",
    contactRole: agreement?.contactRole ?? "",
    outreachContact: agreement?.outreachContact ?? "",
    firstQuarter: agreement?.firstQuarter ?? quarterOf(addDays(asAt, -365)),
    lastQuarter: agreement?.lastQuarter ?? quarterOf(addDays(asAt, 365)),
    startsOn: agreement?.startsOn ?? asAt,
    expiresOn: agreement?.expiresOn ?? addDays(asAt, 364),
  };
}

function errorOf(fault: ApiError | null, field: string): string | undefined {
  return fault?.errors.find((error) => error.field === field)?.reason;
}
