import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { reportsWords } from "#client/neighbours/exchange-words.ts";
import { FigureTable } from "#client/neighbours/FigureTable.tsx";
import { PatrolCheck } from "#client/neighbours/PatrolCheck.tsx";
import { TotalFaults, TotalsFile } from "#client/neighbours/TotalsFile.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { crossedSentence } from "#core/neighbours/crossed.ts";
import { fewerThanTen, readGivenCount } from "#core/neighbours/received-totals.ts";
import type { AgreedTotals } from "#core/neighbours/totals-file.ts";
import {
  exchangeCalls,
  type HandoverReply,
  handoverCalls,
  type OwnExchangeReply,
  type TotalsBody,
} from "#core/neighbours/wire.ts";
import { formatDate } from "#core/time/words.ts";

export function OwnExchange() {
  const { resource, reload } = useFetched("own exchange", (signal) =>
    ask(exchangeCalls.readOwn, {}, { signal }),
  );
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <Page reply={reply} onChanged={reload} />}
    </Loaded>
  );
}

function Page(props: { readonly reply: OwnExchangeReply; readonly onChanged: () => void }) {
  const { reply, onChanged } = props;
  const { command } = useSession();
  const { agreement, area, neighbour } = reply;
  if (agreement === null) {
    return (
      <div className="neighbours stack gap-5 pad-4">
        <EmptyState title="No agreement in force">{reply.sentence}</EmptyState>
      </div>
    );
  }
  return (
    <div className="neighbours stack gap-5 pad-4">
      <p className="lead">{crossedSentence({ ...reply, command: command.name })}</p>
      <section className="stack gap-2 shrinks" aria-label="Reports across your boundary">
        <header className="neighbours__head middle between row wrap gap-3">
          <h2>Reports across your boundary, by quarter</h2>
          <Button className="no-print" look="quiet" icon="print" onClick={() => window.print()}>
            Print
          </Button>
        </header>
        {reply.figures.length === 0 ? (
          <EmptyState title="No quarters to show yet">
            A quarter is shown one whole month after it ends.
          </EmptyState>
        ) : (
          <FigureTable
            caption={`Reports by residents within 1,000 m of the boundary with ${neighbour}`}
            figures={reply.figures}
          />
        )}
        <ul className="broad stack gap-1 small quiet">
          <li>{reply.sentence}</li>
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

/** Alerts of the own edge, each reported to the own outreach first. */
function OwnHandovers(props: {
  readonly handovers: readonly HandoverReply[];
  readonly onChanged: () => void;
}) {
  const { fault, isPending, run } = useSubmit();
  const read = (id: string) =>
    run(async () => {
      await ask(handoverCalls.acknowledge, { id });
      props.onChanged();
    });
  return (
    <section className="stack gap-2 shrinks no-print" aria-label="Alerts handed over to you">
      <h2>Alerts handed over to you</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {props.handovers.length === 0 ? (
        <EmptyState title="No alerts handed over">
          Alerts appear here after your outreach contact has been told. They give the place and the
          quarter or month, without figures.
        </EmptyState>
      ) : (
        <ul className="neighbours__rows rows">
          {props.handovers.map((one) => (
            <li key={one.id} className="row middle between gap-3">
              <span>
                <strong>{one.periodName}</strong>, along your boundary. {one.words}{" "}
                <span className="quiet">
                  Your outreach was told{" "}
                  {one.toldOutreachAt ? formatDate(one.toldOutreachAt.slice(0, 10)) : ""}.
                </span>
              </span>
              {one.acknowledgedAt === null ? (
                <Button disabled={isPending} onClick={() => read(one.id)}>
                  Mark as read
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

interface TotalsFormProps {
  readonly reply: OwnExchangeReply;
  readonly agreement: NonNullable<OwnExchangeReply["agreement"]>;
  readonly onChanged: () => void;
}

function TotalsForm({ reply, agreement, onChanged }: TotalsFormProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { fault, isPending, run } = useSubmit();
  const filled = Object.entries(typed).filter(([, text]) => text.trim() !== "");
  const send = (body: TotalsBody) =>
    run(async () => {
      const { taken, unchanged } = await ask(exchangeCalls.give, { body });
      setTyped({});
      showToast(`${taken} taken${unchanged > 0 ? `, ${unchanged} unchanged` : ""}`);
      onChanged();
    });
  const submit = () => {
    if (filled.length === 0) return;
    send({ totals: filled.map(([quarter, reports]) => ({ quarter, reports })) });
  };
  const agreed: AgreedTotals = {
    neighbour: reply.neighbour ?? "",
    zoneHash: agreement.zoneHash,
    quarters: reply.open.map(({ quarter }) => quarter),
  };
  return (
    <section className="stack gap-2 shrinks no-print" aria-label="Totals of your side">
      <h2>Totals of your side</h2>
      <p className="quiet">
        Reports within 1,000 m of the boundary on your side, for the whole zone. Enter the number
        for each quarter, or “{fewerThanTen}”. Empty quarters stay unchanged.
      </p>
      {fault ? (
        <ErrorNote
          title={fault.title}
          detail={
            fault.errors.length > 0
              ? "No totals were saved. Correct these and send again."
              : fault.detail
          }
        />
      ) : null}
      {fault && fault.errors.length > 0 ? <TotalFaults faults={fault.errors} /> : null}
      <Form className="neighbours__totals tiles tiles--small" onSend={submit}>
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
        <div className="neighbours__actions row wrap gap-3 end">
          <Button look="filled" type="submit" disabled={isPending || filled.length === 0}>
            Send totals
          </Button>
        </div>
      </Form>
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
  if (!given) return "Not sent yet.";
  const words = `Sent ${formatDate(given.givenAt.slice(0, 10))}: ${reportsWords(given.reports)}`;
  return given.isOlderZone ? `${words}, for an out-of-date zone: send it again.` : `${words}.`;
}
