import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { mostCommitments } from "#core/releases/commitments.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";

interface CommitmentFieldsProps {
  readonly commitments: readonly ReleaseCommitment[];
  readonly onChange: (commitments: readonly ReleaseCommitment[]) => void;
}

/** "You said, we did, next by when": typed with the draft, and public once it is approved. */
export function CommitmentFields({ commitments, onChange }: CommitmentFieldsProps) {
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
