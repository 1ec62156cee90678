import { useEffect } from "react";
import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { categoryWords, sourceWords } from "#client/records/kind-words.ts";
import { formatSpan } from "#client/records/PreviewRows.tsx";
import { recordsChanged, tell, whenRecordsChange } from "#client/records/records-api.ts";
import { WideTable } from "#client/records/WideTable.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { kinds } from "#core/records/kinds.ts";
import {
  type Incident,
  type IncidentsDecided,
  type IncidentsReply,
  recordCalls,
} from "#core/records/wire/records.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { Zone } from "#core/time/zone.ts";

export function IncidentList({ zone }: { readonly zone: Zone }) {
  useEffect(() => whenRecordsChange(incidents.reload), []);
  return (
    <section className="records__batches" aria-labelledby="records-incidents">
      <h2 id="records-incidents">Possible duplicates</h2>
      <Kept of={incidents}>
        {(reply) => (
          <>
            <Open reply={reply} zone={zone} />
            <Merged reply={reply} zone={zone} />
          </>
        )}
      </Kept>
    </section>
  );
}

const incidents = keptCall(recordCalls.incidents);
/** A refusal can also mean that the list is out of date. */
const askRecords = askThen(recordsChanged);

type Decision = IncidentsDecided["decision"];

interface ListProps {
  readonly reply: IncidentsReply;
  readonly zone: Zone;
}

function Open({ reply: { open, offered }, zone }: ListProps) {
  if (offered === 0) return <p className="quiet">No possible duplicates.</p>;
  const columns: readonly TableColumn<Incident>[] = [
    ...recordColumns(zone),
    {
      label: "Decide",
      cell: (incident) => (
        <div className="row wrap gap-2">
          <Button onClick={() => decide("merge", [incident])} label={`Merge ${incident.reference}`}>
            Merge
          </Button>
          <Button
            look="quiet"
            onClick={() => decide("leave", [incident])}
            label={`Keep ${incident.reference} separate`}
          >
            Keep separate
          </Button>
        </div>
      ),
    },
  ];
  return (
    <>
      <header className="outcome__head between">
        <p>
          {offered === 1
            ? "1 reference appears in more than one kind or source of record within a day."
            : `${formatCount(offered)} references appear in more than one kind or source of record within a day.`}{" "}
          Merged records count once, as the first one listed. Reports come before records by police.
          In Outcomes, arrests and stops among them are still counted.
        </p>
        {offered > 1 ? (
          <Button onClick={() => decide("merge", "all")}>Merge all {formatCount(offered)}</Button>
        ) : null}
      </header>
      <WideTable
        caption="References in more than one record"
        columns={columns}
        rows={open}
        rowKey={keyOf}
      />
      {offered > open.length ? (
        <p className="quiet">
          The newest {formatCount(open.length)} are listed. Others appear as you decide these.
        </p>
      ) : null}
    </>
  );
}

function recordColumns(zone: Zone): readonly TableColumn<Incident>[] {
  return [
    {
      label: "Reference",
      cell: ({ reference, apart }) => (
        <>
          {reference}
          <div className="quiet small">
            {apart === 0 ? "same place" : `${formatCount(apart)} m apart`}
          </div>
        </>
      ),
    },
    {
      label: "Records (the first one counts)",
      cell: ({ records }) => (
        <ol className="stack gap-1">
          {records.map(({ event, kind, source, category, startsAt, endsAt, fileName }) => (
            <li key={event}>
              {kinds[kind].one}, {sourceWords[source].toLowerCase()},{" "}
              {categoryWords[category].toLowerCase()}
              <div className="quiet small">
                {formatSpan(zone, Date.parse(startsAt), Date.parse(endsAt))}, {fileName}
              </div>
            </li>
          ))}
        </ol>
      ),
    },
  ];
}

function decide(decision: Decision, chosen: "all" | readonly Incident[]): void {
  const ids =
    chosen === "all" ? chosen : chosen.map(({ records }) => records.map(({ event }) => event));
  void tell(async () => {
    const body = { decision, incidents: ids };
    const done = await askRecords(recordCalls.decide, { body });
    return `${formatQuantity(done.incidents, "incident")} ${said[decision]}`;
  });
}

const said: Readonly<Record<Decision, string>> = {
  merge: "merged",
  leave: "kept separate",
  split: "separated",
};

function keyOf({ records }: Incident): string {
  return records.map(({ event }) => event).join(" ");
}

function Merged({ reply: { done, merged }, zone }: ListProps) {
  if (merged === 0) return null;
  const columns: readonly TableColumn<Incident>[] = [
    ...recordColumns(zone),
    {
      label: "Withdraw",
      cell: (incident) => (
        <Button
          icon="undo"
          onClick={() => decide("split", [incident])}
          label={`Separate ${incident.reference}`}
        >
          Separate
        </Button>
      ),
    },
  ];
  return (
    <details>
      <summary>{formatQuantity(merged, "incident")} merged</summary>
      <WideTable caption="Merged incidents" columns={columns} rows={done} rowKey={keyOf} />
    </details>
  );
}
