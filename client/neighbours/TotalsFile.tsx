import { useState } from "react";
import type { RowError } from "#client/api/api-error.ts";
import { reportsWords } from "#client/neighbours/exchange-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Field } from "#client/ui/Field.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { quarterName } from "#core/neighbours/quarter.ts";
import {
  type AgreedTotals,
  type ReadTotals,
  readTotalsFile,
  totalsTemplate,
} from "#core/neighbours/totals-file.ts";
import type { GivenTotalReply } from "#core/neighbours/wire.ts";

interface TotalsFileProps {
  readonly agreed: AgreedTotals;
  readonly given: readonly GivenTotalReply[];
  readonly isBusy: boolean;
  readonly onSend: (text: string) => void;
}

interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly read: ReadTotals;
}

const mostBytes = 60_000;

export function TotalsFile({ agreed, given, isBusy, onSend }: TotalsFileProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const choose = async (file: File) => {
    setChosen(null);
    setTooLarge(file.size > mostBytes ? file.name : null);
    if (file.size > mostBytes) return;
    const text = await file.text();
    setChosen({ name: file.name, text, read: readTotalsFile(text, agreed) });
  };
  const download = () => {
    const held = new Map(given.map(({ quarter, reports }) => [quarter, reports]));
    downloadText("totals.csv", totalsTemplate(agreed, held));
  };
  return (
    <div className="stack gap-2 shrinks">
      <h3>Send a file instead</h3>
      <div className="neighbours__actions row wrap gap-3 end">
        <Button icon="download" onClick={download}>
          Download template
        </Button>
        <Field label="Completed template">
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,text/csv"
              disabled={isBusy}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                // Lets the same file be chosen again once fixed.
                event.currentTarget.value = "";
                if (file) void choose(file);
              }}
            />
          )}
        </Field>
      </div>
      {tooLarge === null ? null : (
        <ErrorNote
          title="Not read"
          detail={`${tooLarge} is larger than the template can be. Download the template and fill it in.`}
        />
      )}
      {chosen === null ? null : (
        <ReadFile
          chosen={chosen}
          isBusy={isBusy}
          onSend={() => {
            onSend(chosen.text);
            setChosen(null);
          }}
        />
      )}
    </div>
  );
}

function ReadFile(props: {
  readonly chosen: Chosen;
  readonly isBusy: boolean;
  readonly onSend: () => void;
}) {
  const { name, read } = props.chosen;
  if (!read.ok) {
    return (
      <>
        <ErrorNote
          title={`${name} was not accepted`}
          detail="Nothing was sent. Correct the file and choose it again."
        />
        <TotalFaults faults={read.faults} />
      </>
    );
  }
  return (
    <div className="stack gap-2 shrinks">
      <p>Read from {name}. Check against your own figures before sending.</p>
      <ul>
        {read.totals.map(({ quarter, reports }) => (
          <li key={quarter}>
            {quarterName(quarter)}: {reportsWords(reports)}
          </li>
        ))}
      </ul>
      <div className="neighbours__actions row wrap gap-3 end">
        <Button disabled={props.isBusy} onClick={props.onSend}>
          Send these totals
        </Button>
      </div>
    </div>
  );
}

export function TotalFaults({ faults }: { readonly faults: readonly RowError[] }) {
  return (
    <div className="neighbours__scroll neighbours__faults scroll-x">
      <SortableTable
        caption="Errors"
        columns={faultColumns}
        rows={faults}
        rowKey={({ row, field, reason }) => `${row} ${field} ${reason}`}
      />
    </div>
  );
}

const faultColumns: readonly TableColumn<RowError>[] = [
  { label: "Row", isNumber: true, cell: ({ row }) => row ?? "" },
  { label: "Column", cell: ({ field }) => field ?? "" },
  { label: "Value", cell: ({ value }) => value || <span className="quiet">empty</span> },
  { label: "What to correct", cell: ({ reason }) => reason },
];
