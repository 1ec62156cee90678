import { type FormEvent, useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { giveTotals } from "#client/neighbours/exchange-api.ts";
import { reportsWords } from "#client/neighbours/exchange-words.ts";
import { TotalFaults } from "#client/neighbours/TotalFaults.tsx";
import { TotalsFile } from "#client/neighbours/TotalsFile.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDate } from "#client/ui/format.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { fewerThanTen, readGivenCount } from "#core/neighbours/given-count.ts";
import type { AgreedTotals } from "#core/neighbours/totals-file.ts";
import type { OwnExchangeReply, TotalsBody } from "#core/neighbours/wire.ts";

interface TotalsFormProps {
  readonly reply: OwnExchangeReply;
  readonly agreement: NonNullable<OwnExchangeReply["agreement"]>;
  readonly onChanged: () => void;
}

/** Totals of their own side: typed, or from the file that was downloaded here. */
export function TotalsForm({ reply, agreement, onChanged }: TotalsFormProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { fault, isPending, run } = useSubmit();
  const filled = Object.entries(typed).filter(([, text]) => text.trim() !== "");
  const send = (body: TotalsBody) =>
    run(async () => {
      const { taken, unchanged } = await giveTotals(body);
      setTyped({});
      showToast(`${taken} taken${unchanged > 0 ? `, ${unchanged} as they were` : ""}`);
      onChanged();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (filled.length === 0) return;
    send({ totals: filled.map(([quarter, reports]) => ({ quarter, reports })) });
  };
  const agreed: AgreedTotals = {
    neighbour: reply.neighbour ?? "",
    zoneHash: agreement.zoneHash,
    quarters: reply.open.map(({ quarter }) => quarter),
  };
  return (
    <section className="no-print" aria-label="Totals of your side">
      <h2>Totals of your side</h2>
      <p className="quiet">
        Reports within 1,000 m of the line on your side, for the zone as a whole. Write the number
        of reports of a quarter, or “{fewerThanTen}”. What you leave empty stays as it is.
      </p>
      {fault ? (
        <ErrorNote
          title={fault.title}
          detail={
            fault.errors.length > 0
              ? "None of the totals was taken. Mend these and send again."
              : fault.detail
          }
        />
      ) : null}
      {fault && fault.errors.length > 0 ? <TotalFaults faults={fault.errors} /> : null}
      <form className="neighbours__totals" onSubmit={submit}>
        {reply.open.map(({ quarter, name }) => {
          const text = typed[quarter] ?? "";
          const read = text.trim() === "" ? null : readGivenCount(text);
          return (
            <TextField
              key={quarter}
              label={name}
              value={text}
              onChange={(value) => setTyped((before) => ({ ...before, [quarter]: value }))}
              hint={givenWords(reply, quarter)}
              error={read?.ok === false ? read.reason : undefined}
            />
          );
        })}
        <div className="neighbours__actions">
          <Button look="filled" type="submit" disabled={isPending || filled.length === 0}>
            Send totals
          </Button>
        </div>
      </form>
      <TotalsFile
        agreed={agreed}
        given={reply.totals}
        isBusy={isPending}
        onSend={(file) => send({ file })}
      />
    </section>
  );
}

function givenWords({ totals }: OwnExchangeReply, quarter: string): string {
  const given = totals.find((one) => one.quarter === quarter);
  if (!given) return "Not given yet.";
  const words = `Given ${formatDate(given.givenAt.slice(0, 10))}: ${reportsWords(given.reports)}`;
  return given.isOlderZone ? `${words}, for an older zone: give it again.` : `${words}.`;
}
