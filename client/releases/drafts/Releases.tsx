import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { DraftForm } from "#client/releases/drafts/DraftForm.tsx";
import { releases, takeReleases } from "#client/releases/drafts/releases-api.ts";
import { WaitingDrafts } from "#client/releases/drafts/WaitingDrafts.tsx";
import { useWaiting } from "#client/releases/drafts/WaitingLine.tsx";
import { WordsDialog } from "#client/releases/drafts/WordsDialog.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { noticeFault } from "#core/releases/public-words.ts";
import {
  type ReleaseCheckReply,
  type ReleaseLine,
  type ReleasesReply,
  releaseCalls,
} from "#core/releases/wire/releases.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import "#client/releases/drafts/releases.css";
import { formatQuantity } from "#core/text/numbers.ts";

export function Releases() {
  const { role } = useSession();
  const shown = useWaiting();
  return (
    <Loaded resource={shown} onRetry={releases.reload} skeleton={<Skeleton lines={8} />}>
      {(reply) => (
        <div className="releases parts stack gap-5 pad-4">
          <p className="lead">{sentenceOf(reply)}</p>
          <WaitingDrafts drafts={reply.drafts} reader={role} />
          {role === "analyst" ? <DraftForm /> : null}
          <ReleaseTable
            lines={reply.releases}
            mayWithdraw={role === "analyst" || role === "auditor"}
          />
          {role === "analyst" || role === "auditor" ? <CheckLine /> : null}
        </div>
      )}
    </Loaded>
  );
}

function sentenceOf({ releases: all, drafts }: ReleasesReply): string {
  const standing = all.find(({ withdrawn }) => withdrawn === null);
  const is = standing ? `Release ${standing.number} is public` : "Nothing is public";
  if (drafts.length === 0) return `${is}; no drafts waiting.`;
  return `${is}; ${formatQuantity(drafts.length, "draft waiting", "drafts waiting")}.`;
}

function CheckLine() {
  const [found, setFound] = useState<ReleaseCheckReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <div className="stack start gap-2">
      <Button
        disabled={isPending}
        onClick={() => run(async () => setFound(await ask(releaseCalls.check, {})))}
      >
        Check all releases
      </Button>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div role="status">
        {found?.ok ? (
          <p>
            All {found.releases} are unchanged since approval, and together reveal nothing more.
          </p>
        ) : null}
        {found && !found.ok ? (
          <ErrorNote title="Problem found" detail={found.faults.join(" ")} />
        ) : null}
      </div>
    </div>
  );
}

function ReleaseTable({
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
        <EmptyState title="No releases yet">
          An analyst drafts a release, and a second person approves it.
        </EmptyState>
      ) : (
        <section
          className="releases__scroll scroll-x"
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
          hint="This is shown publicly instead of the figures and cannot be changed. Give the reason, without figures. Months shown in no other current release are never shown again."
          verb="Withdraw"
          faultIn={noticeFault}
          send={(notice) => {
            const { number } = asked;
            return takeReleases(ask(releaseCalls.withdraw, { number, body: { notice } }));
          }}
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
