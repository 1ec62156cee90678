import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { CommitmentFields } from "#client/releases/drafts/CommitmentFields.tsx";
import { DraftText } from "#client/releases/drafts/DraftText.tsx";
import { historySentences } from "#client/releases/drafts/history-words.ts";
import {
  draftRelease,
  loadPreview,
  type ReleaseMonths,
} from "#client/releases/drafts/releases-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { PreviewReply } from "#core/releases/wire/releases.ts";

/** What is left empty is the tool's to choose. */
function monthsOf(from: string, to: string): ReleaseMonths {
  return { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
}

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
