import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { figuresIn } from "#client/releases/drafts/DraftText.tsx";
import { mayApprove, takeReleases } from "#client/releases/drafts/releases-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Question } from "#client/ui/Question.tsx";
import {
  type DraftContentReply,
  type DraftReply,
  type ReleaseContent,
  releaseCalls,
} from "#core/releases/wire/releases.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

/** Enabled once the draft on the page has been read. */
export function Approve({
  draft,
  read,
}: {
  readonly draft: DraftReply;
  readonly read: DraftContentReply | null;
}) {
  const [isAsked, setAsked] = useState(false);
  const isReady = mayApprove(draft, read);
  return (
    <>
      <Button
        look="filled"
        aria-label={`Approve: draft ${draft.id}`}
        disabled={!isReady}
        onClick={() => setAsked(true)}
      >
        Approve
      </Button>
      {isAsked && isReady && read !== null ? (
        <ApproveDialog {...read} onClose={() => setAsked(false)} />
      ) : null}
    </>
  );
}

function ApproveDialog({
  draft: { id, number, contentHash },
  content,
  onClose,
}: DraftContentReply & { readonly onClose: () => void }) {
  const { fault, isPending, run } = useSubmit();
  const publish = () =>
    run(async () => {
      await takeReleases(ask(releaseCalls.approve, { id, body: { contentHash } }));
      onClose();
    });
  return (
    <Question
      title={`Publish release ${number}?`}
      yes={`Publish release ${number}`}
      onNo={onClose}
      onYes={publish}
      isDisabled={isPending}
    >
      <p>
        Everyone can read it at once. It cannot be changed, only withdrawn with a public notice.
      </p>
      <ul className="releases__public" aria-label="What becomes public">
        {becomesPublic(content).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Question>
  );
}

function becomesPublic(content: ReleaseContent): string[] {
  const { months, done, answers, movedNotes, commitments } = content;
  const { shown, withheld, before } = figuresIn(content);
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const totals = done.filter(({ count }) => count !== null).length;
  const noted = movedNotes.map(({ operation }) => operation);
  return [
    `${formatQuantity(months.length, "month", "months")}: ${formatMonth(first)} to ${formatMonth(last)}`,
    `${formatQuantity(shown, "figure", "figures")} shown, ${withheld} withheld${before === 0 ? "" : `, ${before} from before the first records`}`,
    `What was done: ${formatQuantity(totals, "total", "totals")} shown, ${done.length - totals} withheld`,
    `Operations: ${answers.map(({ operation }) => operation).join(", ") || "none"}`,
    ...(noted.length === 0 ? [] : [`A note on every slide about ${noted.join(", ")}`]),
    `“You said, we did”: ${formatQuantity(commitments.length, "line", "lines")}`,
  ];
}
