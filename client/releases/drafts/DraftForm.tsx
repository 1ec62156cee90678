import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { QualityNote } from "#client/records/quality-note/QualityNote.tsx";
import { DraftText } from "#client/releases/drafts/DraftText.tsx";
import { takeReleases } from "#client/releases/drafts/releases-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { ShownRecords } from "#core/records/quality/warnings.ts";
import { mostCommitments } from "#core/releases/commitments.ts";
import type { PanelReply, ReleaseCommitment } from "#core/releases/wire/release.ts";
import {
  type DraftHistory,
  type PreviewReply,
  releaseCalls,
} from "#core/releases/wire/releases.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

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
  // Empty fields are left to the server.
  const months = { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
  const look = () =>
    run(async () => setPreview(await ask(releaseCalls.preview, { query: months })));
  const draft = () =>
    run(async () => {
      const body = { ...months, commitments: [...commitments] };
      await takeReleases(ask(releaseCalls.draft, { body }));
      setPreview(null);
      setCommitments([]);
      showToast(
        "Draft created. A second person must approve it. Partners and the coordinator can hold it.",
      );
    });
  const content = preview?.content ?? null;
  return (
    <section aria-labelledby="releases-draft">
      <h2 id="releases-draft">Draft a release</h2>
      <div className="row wrap middle gap-2">
        <TextField
          label="First month"
          hint="Optional, such as 2021-09. Default: 13 months"
          value={from}
          onChange={choose(setFrom)}
        />
        <TextField
          label="Last month"
          hint="Optional. Default: the latest month that can be public"
          value={to}
          onChange={choose(setTo)}
        />
        <Button look={content ? "plain" : "filled"} disabled={isPending} onClick={look}>
          Preview
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
        <ErrorNote title="This release is not possible" detail={preview.refused} />
      ) : null}
      {preview && content ? (
        <>
          {historySentences(preview.history).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <QualityNote shown={publicRecords(content)} />
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

/** What residents reported in the months of a draft. */
function publicRecords({ months }: Pick<PanelReply, "months">): ShownRecords {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  return { from: `${first}-01`, to: `${last}-31`, shows: (_kind, source) => source === "resident" };
}

function historySentences({ taken, left }: DraftHistory): string[] {
  const sentences: string[] = [];
  if (taken.length > 0) {
    const changed = taken.filter(({ changedSince }) => changedSince);
    const stand = formatQuantity(taken.length, "month stays", "months stay");
    sentences.push(`${stand} as shown in an earlier release.`);
    if (changed.length > 0) {
      sentences.push(
        `Records have changed since for ${listOf(changed)}. Their figures stay as they were, because the difference could reveal single reports. If they are badly wrong, withdraw each release that shows them. No later release will show them again.`,
      );
    }
  }
  const withdrawn = left.filter(({ why }) => why === "withdrawn");
  if (withdrawn.length > 0) {
    sentences.push(
      `${listOf(withdrawn)}: excluded, because no current release shows ${withdrawn.length === 1 ? "it" : "them"}. Withdrawn months do not come back.`,
    );
  }
  const moved = left.filter(({ why }) => why === "areas");
  if (moved.length > 0) {
    const numbers = [...new Set(moved.map(({ release }) => release))].join(", ");
    sentences.push(
      `${listOf(moved)}: excluded, because release ${numbers} shows them for other areas. Two sets of areas for one month could reveal single reports.`,
    );
  }
  const older = left.filter(({ why }) => why === "moved");
  if (older.length > 0) {
    sentences.push(
      `${listOf(older)}: excluded, because the boundaries changed since. A release by the new ones begins with the first whole month after.`,
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

const commitmentFields = [
  ["said", "You said"],
  ["did", "We did"],
  ["next", "Next"],
  ["by", "By"],
] as const;

/** "You said, we did, next by when": public once approved. */
function CommitmentFields({ commitments, onChange }: CommitmentFieldsProps) {
  const change = (at: number, part: Partial<ReleaseCommitment>) =>
    onChange(commitments.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack start gap-3">
      <legend>You said, we did, next by when</legend>
      <p className="quiet">This is public. Do not include names. Only promise what you can do.</p>
      {commitments.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and leave from where they stand.
        <div key={at} className="releases__commitment grid end gap-2 full">
          {commitmentFields.map(([name, label]) => (
            <TextField
              key={name}
              label={`${at + 1}. ${label}`}
              type={name === "by" ? "date" : "text"}
              value={one[name]}
              onChange={(value) => change(at, { [name]: value })}
            />
          ))}
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
