import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { DraftText } from "#client/releases/drafts/DraftText.tsx";
import {
  draftRelease,
  loadPreview,
  type ReleaseMonths,
} from "#client/releases/drafts/releases-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { mostCommitments } from "#core/releases/commitments.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { DraftHistory, PreviewReply } from "#core/releases/wire/releases.ts";
import { formatMonth } from "#core/time/words.ts";

/** For the analyst: choose months, look at what would be shown and why not, add promises, draft it. */
export function DraftForm() {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [preview, setPreview] = useState<PreviewReply | null>(null);
  const [commitments, setCommitments] = useState<readonly ReleaseCommitment[]>([]);
  const { fault, isPending, run } = useSubmit();
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value.trim());
    setPreview(null);
  };
  const look = () => run(async () => setPreview(await loadPreview(monthsOf(from, to))));
  const draft = () =>
    run(async () => {
      await draftRelease({ ...monthsOf(from, to), commitments: [...commitments] });
      setPreview(null);
      setCommitments([]);
      showToast("Drafted. A second person approves it; partners and the coordinator can hold it.");
    });
  const content = preview?.content ?? null;
  return (
    <section aria-labelledby="releases-draft">
      <h2 id="releases-draft">Draft a release</h2>
      <div className="releases__months">
        <TextField
          label="First month"
          hint="Such as 2021-09; empty: the usual thirteen"
          value={from}
          onChange={choose(setFrom)}
        />
        <TextField
          label="Last month"
          hint="Whole months; empty: the last that may be public"
          value={to}
          onChange={choose(setTo)}
        />
        <Button look={content ? "plain" : "filled"} disabled={isPending} onClick={look}>
          Look at it first
        </Button>
      </div>
      {fault ? (
        <ErrorNote
          title={fault.title}
          detail={[
            fault.detail,
            ...fault.errors.map(({ row, reason }) => (row ? `${row}: ${reason}` : reason)),
          ].join(" ")}
        />
      ) : null}
      {preview?.refused ? (
        <ErrorNote title="There can be no such release" detail={preview.refused} />
      ) : null}
      {preview && content ? (
        <>
          {historySentences(preview.history).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <DraftText content={content} heading="h3" areNotesOpen={false} />
          <CommitmentFields commitments={commitments} onChange={setCommitments} />
          <div>
            <Button look="filled" disabled={isPending} onClick={draft}>
              Draft this release
            </Button>
          </div>
        </>
      ) : null}
    </section>
  );
}

/** What is left empty is the tool's to choose. */
function monthsOf(from: string, to: string): ReleaseMonths {
  return { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
}

/** What earlier releases do to this one, for whoever drafts. */
function historySentences({ taken, left }: DraftHistory): string[] {
  const sentences: string[] = [];
  if (taken.length > 0) {
    const changed = taken.filter(({ changedSince }) => changedSince);
    const stand = taken.length === 1 ? "1 month stands" : `${taken.length} months stand`;
    sentences.push(`${stand} as an earlier release showed them.`);
    if (changed.length > 0) {
      sentences.push(
        `Records have changed since for ${listOf(changed)}. Their figures stay as they were, as the difference would give single reports away. If they were badly wrong, withdraw each release that shows them: then no later one shows them again.`,
      );
    }
  }
  const withdrawn = left.filter(({ why }) => why === "withdrawn");
  if (withdrawn.length > 0) {
    sentences.push(
      `${listOf(withdrawn)}: left out, as no release that stands shows ${withdrawn.length === 1 ? "it" : "them"}. What was withdrawn does not come back.`,
    );
  }
  const moved = left.filter(({ why }) => why === "areas");
  if (moved.length > 0) {
    const numbers = [...new Set(moved.map(({ release }) => release))].join(", ");
    sentences.push(
      `${listOf(moved)}: left out, as release ${numbers} shows them for other areas. Two sets of areas of one month give single reports away.`,
    );
  }
  return sentences;
}

function listOf(months: readonly { readonly month: string }[]): string {
  return months.map(({ month }) => formatMonth(month)).join(", ");
}

interface CommitmentFieldsProps {
  readonly commitments: readonly ReleaseCommitment[];
  readonly onChange: (commitments: readonly ReleaseCommitment[]) => void;
}

/** "You said, we did, next by when": typed with the draft, and public once it is approved. */
function CommitmentFields({ commitments, onChange }: CommitmentFieldsProps) {
  const change = (at: number, part: Partial<ReleaseCommitment>) =>
    onChange(commitments.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="releases__commitments">
      <legend>You said, we did, next by when</legend>
      <p className="quiet">Everyone reads this. Name nobody, and promise what can be kept.</p>
      {commitments.map(({ said, did, next, by }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and leave from where they stand.
        <div key={at} className="releases__commitment">
          <TextField
            label={`${at + 1}. You said`}
            value={said}
            onChange={(value) => change(at, { said: value })}
          />
          <TextField
            label={`${at + 1}. We did`}
            value={did}
            onChange={(value) => change(at, { did: value })}
          />
          <TextField
            label={`${at + 1}. Next`}
            value={next}
            onChange={(value) => change(at, { next: value })}
          />
          <TextField
            label={`${at + 1}. By`}
            type="date"
            value={by}
            onChange={(value) => change(at, { by: value })}
          />
          <Button
            look="quiet"
            icon="close"
            label={`Remove ${at + 1}`}
            onClick={() => onChange(commitments.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {commitments.length < mostCommitments ? (
        <Button
          icon="plus"
          onClick={() => onChange([...commitments, { said: "", did: "", next: "", by: "" }])}
        >
          Add one
        </Button>
      ) : null}
    </fieldset>
  );
}
