import { useState } from "react";
import { judgeNotice } from "#client/releases/drafts/judge-words.ts";
import { withdrawRelease } from "#client/releases/drafts/releases-api.ts";
import { WordsDialog } from "#client/releases/drafts/WordsDialog.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatDate, formatMonth } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";

/** Every release by number; one that was withdrawn keeps its row and its notice. */
export function ReleaseTable({
  lines,
  mayWithdraw,
}: {
  readonly lines: readonly ReleaseLine[];
  readonly mayWithdraw: boolean;
}) {
  const [asked, setAsked] = useState<ReleaseLine | null>(null);
  return (
    <section aria-labelledby="releases-list">
      <h2 id="releases-list">Releases</h2>
      {lines.length === 0 ? (
        <EmptyState title="Nothing has been released yet">
          An analyst drafts a release, and a second person approves it.
        </EmptyState>
      ) : (
        <section
          className="releases__scroll"
          aria-label="Releases by number"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a small screen, it is scrolled by keys too.
          tabIndex={0}
        >
          <SortableTable
            caption="Releases by number, with their months, state and hash"
            columns={columnsOf(mayWithdraw ? setAsked : null)}
            rows={lines}
            rowKey={({ number }) => String(number)}
          />
        </section>
      )}
      {asked ? (
        <WordsDialog
          title={`Withdraw release ${asked.number}`}
          label="Notice"
          hint="Everyone reads it in place of the figures, and it cannot be changed. Say why, without a figure. Months that no other standing release shows are never shown again."
          verb="Withdraw"
          judge={judgeNotice}
          send={(notice) => withdrawRelease(asked.number, notice)}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </section>
  );
}

function columnsOf(onWithdraw: ((line: ReleaseLine) => void) | null): TableColumn<ReleaseLine>[] {
  const columns: TableColumn<ReleaseLine>[] = [
    { key: "number", label: "Number", cell: ({ number }) => <strong>{number}</strong> },
    {
      key: "months",
      label: "Months",
      cell: ({ from, to }) => `${formatMonth(from)} to ${formatMonth(to)}`,
    },
    { key: "approved", label: "Approved", cell: ({ approvedOn }) => formatDate(approvedOn) },
    {
      key: "state",
      label: "State",
      cell: ({ withdrawn }) =>
        withdrawn === null
          ? "Public"
          : `Withdrawn on ${formatDate(withdrawn.on)}: ${withdrawn.notice}`,
    },
    {
      key: "hash",
      label: "Hash",
      cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code>,
    },
  ];
  if (onWithdraw === null) return columns;
  return [
    ...columns,
    {
      key: "withdraw",
      label: "Withdraw",
      cell: (line) =>
        line.withdrawn === null ? (
          <Button aria-label={`Withdraw release ${line.number}`} onClick={() => onWithdraw(line)}>
            Withdraw
          </Button>
        ) : null,
    },
  ];
}
