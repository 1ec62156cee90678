import { useState } from "react";
import {
  type OpeningReader,
  requesterWords,
  stateWords,
  subjectWords,
} from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type OpeningReply, openingCalls } from "#core/accounts/wire/openings.ts";
import "#client/accounts/openings/openings.css";

const shownAtFirst = 5;

export interface OpeningRowsProps {
  readonly rows: readonly OpeningReply[];
  readonly reader: OpeningReader;
}

/** Newest first. */
export function OpeningRows({ rows, reader }: OpeningRowsProps) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? rows : rows.slice(0, shownAtFirst);
  return (
    <>
      <ul className="rows reading">
        {shown.map((opening) => (
          <li key={opening.id} className="stack gap-1 breaks">
            <span>
              <strong>{subjectWords(opening)}</strong>
              {opening.partner === null || reader.isPartner ? null : `, ${opening.partner}`}
            </span>
            <span className="quiet">
              {reader.when(opening.askedAt)}, by {opening.askedBy ?? requesterWords(opening)}.{" "}
              {stateWords(opening, reader)}.
            </span>
          </li>
        ))}
      </ul>
      {rows.length > shownAtFirst ? (
        <Button look="quiet" onClick={() => setAll(!isAll)}>
          {isAll ? "Show the last five" : `Show all ${rows.length}`}
        </Button>
      ) : null}
    </>
  );
}

export function OpeningAnswer({ opening }: { readonly opening: OpeningReply }) {
  const { fault, isPending, run } = useSubmit();
  const { id, account } = opening;
  const say = (word: "confirm" | "refuse") =>
    run(async () => {
      openings.accept(await ask(openingCalls[word], { id }));
      showToast(word === "confirm" ? `Confirmed for ${account}` : `Refused`);
    });
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap gap-2">
        <Button
          disabled={isPending}
          label={`Confirm for ${account}`}
          onClick={() => say("confirm")}
        >
          Confirm
        </Button>
        <Button disabled={isPending} label={`Refuse for ${account}`} onClick={() => say("refuse")}>
          Refuse
        </Button>
      </div>
    </>
  );
}
