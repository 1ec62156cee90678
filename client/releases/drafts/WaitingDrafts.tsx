import { DraftCard } from "#client/releases/drafts/DraftCard.tsx";
import type { DraftReply } from "#core/releases/wire/releases.ts";
import type { Role } from "#core/role.ts";

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
        <p className="quiet">No draft waits.</p>
      ) : (
        <ul className="releases__drafts">
          {drafts.map((draft) => (
            <DraftCard key={draft.id} draft={draft} reader={reader} />
          ))}
        </ul>
      )}
    </section>
  );
}
