import { useEffect, useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { DraftText, figuresIn } from "#client/releases/drafts/DraftText.tsx";
import { mayApprove, takeReleases } from "#client/releases/drafts/releases-api.ts";
import { draftState } from "#client/releases/drafts/WaitingLine.tsx";
import { WordsDialog } from "#client/releases/drafts/WordsDialog.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { reasonFault, reasonHint } from "#core/releases/public-words.ts";
import {
  type DraftContentReply,
  type DraftReply,
  type ReleaseContent,
  releaseCalls,
} from "#core/releases/wire/releases.ts";
import type { Role } from "#core/role.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";

export function WaitingDrafts({
  drafts,
  reader,
}: {
  readonly drafts: readonly DraftReply[];
  readonly reader: Role;
}) {
  return (
    <section aria-labelledby="releases-waiting">
      <h2 id="releases-waiting">Waiting</h2>
      {drafts.length === 0 ? (
        <p className="quiet">No drafts waiting.</p>
      ) : (
        <ul className="stack gap-4">
          {drafts.map((draft) => (
            <DraftCard key={draft.id} draft={draft} reader={reader} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DraftCard({ draft, reader }: { readonly draft: DraftReply; readonly reader: Role }) {
  const [isOpen, setOpen] = useState(false);
  const [read, setRead] = useState<DraftContentReply | null>(null);
  const { id, months, draftedOn, objections } = draft;
  const title = `${formatMonth(months[0] ?? "")} to ${formatMonth(months.at(-1) ?? "")}`;
  return (
    <li className="stack gap-2 shrinks framed pad-3">
      <h3>
        Draft {id}: {title}
      </h3>
      <p className="quiet">
        Drafted on {formatDate(draftedOn)}
        {draft.draftedBy === null ? "" : ` by ${draft.draftedBy}`}. {draftState(draft)}
      </p>
      {objections.length > 0 ? (
        <ul className="reading breaks" aria-label="Objections">
          {objections.map(({ byRole, reason, objectedAt, isOwn }) => (
            <li key={`${byRole} ${objectedAt}`}>
              <strong>{isOwn ? "You" : objectorWords[byRole]}</strong>
              {reason === null ? " put a hold on it. The coordinator knows why." : `: ${reason}`}
            </li>
          ))}
        </ul>
      ) : null}
      <DraftActs
        draft={draft}
        reader={reader}
        isOpen={isOpen}
        read={read}
        onToggle={() => setOpen(!isOpen)}
      />
      {isOpen ? (
        <DraftContent id={id} areNotesOpen={reader === "auditor"} onShown={setRead} />
      ) : null}
    </li>
  );
}

const objectorWords = {
  partner: "An outreach partner",
  coordinator: "The coordinator",
  operator: "Technical staff",
} as const;

interface DraftActsProps {
  readonly draft: DraftReply;
  readonly reader: Role;
  readonly isOpen: boolean;
  /** The content displayed below; null while none is. */
  readonly read: DraftContentReply | null;
  readonly onToggle: () => void;
}

function DraftActs({ draft, reader, isOpen, read, onToggle }: DraftActsProps) {
  const [isObjecting, setObjecting] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const { id, objections } = draft;
  // Several drafts may wait: each button names its own.
  const of = (verb: string) => `${verb}: draft ${id}`;
  const isHolder = reader === "partner" || reader === "coordinator";
  const own = objections.some(({ isOwn }) => isOwn);
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap end gap-2">
        <Button
          aria-label={of(isOpen ? "Hide draft" : "Read draft")}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {isOpen ? "Hide draft" : "Read draft"}
        </Button>
        {isHolder && !own ? (
          <Button aria-label={of("Hold draft")} onClick={() => setObjecting(true)}>
            Hold draft
          </Button>
        ) : null}
        {isHolder && own ? (
          <Button
            aria-label={of("Withdraw my objection")}
            disabled={isPending}
            onClick={() => run(() => takeReleases(ask(releaseCalls.takeBack, { id })))}
          >
            Withdraw my objection
          </Button>
        ) : null}
        {reader === "analyst" ? (
          <Button
            aria-label={of("Discard")}
            disabled={isPending || objections.length > 0}
            onClick={() => run(() => takeReleases(ask(releaseCalls.discard, { id })))}
          >
            Discard
          </Button>
        ) : null}
        {reader === "auditor" ? <Approve draft={draft} read={read} /> : null}
      </div>
      {reader === "auditor" && draft.mayApprove && read === null ? (
        <p className="quiet">
          Read the draft before you approve it. It cannot be changed afterwards.
        </p>
      ) : null}
      {isObjecting ? (
        <WordsDialog
          title={`Hold draft ${id}`}
          label="Why should it not be released?"
          hint="Never published. Only the coordinator reads it; police only see that the draft is held. Do not include places, times or names."
          verb="Hold draft"
          faultIn={reasonFault}
          hintOn={reasonHint}
          send={(reason) => takeReleases(ask(releaseCalls.object, { id, body: { reason } }))}
          onClose={() => setObjecting(false)}
        />
      ) : null}
    </>
  );
}

interface DraftContentProps {
  readonly id: number;
  readonly areNotesOpen: boolean;
  /** Called with the content on display, null when hidden. Must be a stable function. */
  readonly onShown: (read: DraftContentReply | null) => void;
}

function DraftContent({ id, areNotesOpen, onShown }: DraftContentProps) {
  const { resource, reload } = useFetched(`draft ${id}`, (signal) =>
    ask(releaseCalls.readDraft, { id }, { signal }),
  );
  const shown = hasValue(resource) ? resource.value : null;
  useEffect(() => {
    onShown(shown);
    return () => onShown(null);
  }, [shown, onShown]);
  return (
    <Loaded resource={resource} onRetry={reload}>
      {({ content }) => <DraftText content={content} heading="h4" areNotesOpen={areNotesOpen} />}
    </Loaded>
  );
}

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
  const publish = async () => {
    await takeReleases(ask(releaseCalls.approve, { id, body: { contentHash } }));
    onClose();
  };
  return (
    <SentQuestion
      title={`Publish release ${number}?`}
      yes={`Publish release ${number}`}
      onNo={onClose}
      send={publish}
    >
      <p>
        Everyone can read it at once. It cannot be changed, only withdrawn with a public notice.
      </p>
      <ul className="reading breaks" aria-label="What becomes public">
        {becomesPublic(content).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </SentQuestion>
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
