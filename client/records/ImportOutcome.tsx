import type { ImportRun } from "#client/records/import-run.ts";
import { errorFile, RowErrors } from "#client/records/RowErrors.tsx";
import { describeBlocked } from "#client/records/WhatLeaves.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { ImportResult } from "#core/records/wire/import.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

/** Absent without one. */
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
      <Banner kind={result.refused === null ? "note" : "warning"}>{outcomeSentence(result)}</Banner>
      {result.blocked && result.blocked.length > 0 ? (
        <p className="quiet">
          Excluded, because they may describe a person: {describeBlocked(result.blocked)}.
        </p>
      ) : null}
      {result.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <UnknownWordList {...result} />
      {errors.length > 0 ? (
        <>
          <header className="outcome__head between">
            <h3>
              {rejected > errors.length
                ? `The first ${formatCount(errors.length)} of ${formatQuantity(rejected, "refused row")}`
                : formatQuantity(rejected, "refused row")}
            </h3>
            <Button
              icon="download"
              onClick={() =>
                downloadText(
                  `${base}-refused.csv`,
                  errorFile(errors, { unit: result.unit, all: rejected }),
                )
              }
            >
              Download
            </Button>
          </header>
          <ReasonCounts counts={result.errorCounts} />
          <RowErrors errors={errors} unit={result.unit ?? "line"} />
        </>
      ) : null}
    </div>
  );
}

/** With the file still open, unknown words are mapped below it. */
function UnknownWordList({ unknownWords, dryRun, refused }: ImportResult) {
  const isOver = !dryRun && refused === null;
  if (unknownWords.length === 0 || !isOver) return null;
  const some = unknownWords
    .map(({ word, rows }) => `${word === "" ? "not shown" : `“${word}”`} (${formatCount(rows)})`)
    .join(", ");
  return (
    <p>
      Unknown words, and rows refused because of them: {some}. Choose the file again and match the
      words. Rows already stored are recognised.
    </p>
  );
}

/** Over all refused rows. */
function ReasonCounts({ counts }: { readonly counts: ImportResult["errorCounts"] }) {
  if (counts.length < 2) return null;
  return (
    <ul className="bullets">
      {counts.map(({ column, reason, rows }) => (
        <li key={`${column} ${reason}`}>
          {formatQuantity(rows, "row")}
          {column === "" ? "" : `, ${column}`}: {reason}
        </li>
      ))}
    </ul>
  );
}

/**
 * "118 rows of sightings.csv: 117 stored, 1 refused, no duplicates, in 0.4 s.", or what a trial
 * found.
 */
export function outcomeSentence(result: ImportResult): string {
  const { fileName, rows, accepted, rejected, duplicates, seconds, dryRun, refused } = result;
  const some = (count: number) => (count === 0 ? "none" : formatCount(count));
  const isKept = !dryRun && refused === null;
  const again = duplicates === 0 ? "no duplicates" : formatQuantity(duplicates, "duplicate");
  const sentence = `${formatQuantity(rows, "row")} of ${fileName}: ${some(accepted)} ${isKept ? "stored" : "good"}, ${some(rejected)} refused, ${again}, in ${seconds.toFixed(1)} s.`;
  const trial = dryRun ? "Trial run: nothing was stored. " : "";
  return refused === null
    ? trial + sentence
    : `${trial || "Nothing was stored. "}${sentence} ${refused}`;
}
