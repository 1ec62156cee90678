import { formatDate } from "#client/ui/format.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";

export function CommitmentList({
  commitments,
}: {
  readonly commitments: readonly ReleaseCommitment[];
}) {
  if (commitments.length === 0) return null;
  return (
    <ul className="releases__promises" aria-label="You said, we did, next by when">
      {commitments.map(({ said, did, next, by }) => (
        <li key={`${said} ${next}`}>
          You said: {said} We did: {did} Next, by {formatDate(by)}: {next}
        </li>
      ))}
    </ul>
  );
}
