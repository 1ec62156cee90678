import { describeBlocked } from "#client/records/blocked-words.ts";
import { DuplicateRows } from "#client/records/DuplicateRows.tsx";
import { errorFile } from "#client/records/error-file.ts";
import type { ImportRun } from "#client/records/import-run.ts";
import { RowErrors } from "#client/records/RowErrors.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatCount, formatQuantity } from "#client/ui/format.ts";
import type { ImportResult } from "#core/wire/import.ts";

/** How the last import ended; nothing while there was none. */
export function ImportOutcome({ run }: { readonly run: ImportRun }) {
  switch (run.status) {
    case "idle":
    case "running":
      return null;
    case "cancelled":
      return <Banner kind="note">Cancelled. Nothing was stored.</Banner>;
    case "failed":
      return <ErrorNote title={run.error.title} detail={run.error.detail} />;
    case "done":
      return <Outcome result={run.result} />;
  }
}

function Outcome({ result }: { readonly result: ImportResult }) {
  const { errors, rejected } = result;
  const base = result.fileName.replace(/\.[^.]*$/, "");
  return (
    <div className="outcome">
      <Banner kind="note">{outcomeSentence(result)}</Banner>
      {result.blocked && result.blocked.length > 0 ? (
        <p className="quiet">
          Left out, because they may describe a person: {describeBlocked(result.blocked)}.
        </p>
      ) : null}
      {result.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <DuplicateRows
        rows={result.duplicateRows}
        count={result.duplicates}
        unit={result.unit ?? "line"}
      />
      {errors.length > 0 ? (
        <>
          <header className="outcome__head">
            <h3>
              {rejected > errors.length
                ? `The first ${formatCount(errors.length)} of ${formatQuantity(rejected, "refused row")}`
                : formatQuantity(rejected, "refused row")}
            </h3>
            <Button
              icon="download"
              onClick={() => downloadText(`${base}-refused.csv`, errorFile(errors, result.unit))}
            >
              Download
            </Button>
          </header>
          <RowErrors errors={errors} unit={result.unit ?? "line"} />
        </>
      ) : null}
    </div>
  );
}

/** "118 rows of sightings.csv: 117 stored, 1 refused, none there before, in 0.4 s." */
export function outcomeSentence(result: ImportResult): string {
  const { fileName, rows, accepted, rejected, duplicates, seconds } = result;
  const some = (count: number) => (count === 0 ? "none" : formatCount(count));
  return `${formatQuantity(rows, "row")} of ${fileName}: ${some(accepted)} stored, ${some(rejected)} refused, ${some(duplicates)} there before, in ${seconds.toFixed(1)} s.`;
}
