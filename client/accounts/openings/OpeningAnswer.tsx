import { answerOpening } from "#client/accounts/openings/openings-api.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { OpeningReply } from "#core/accounts/wire/openings.ts";
import "#client/accounts/openings/openings.css";

/** One tap: it works from now on, or it stays shut. */
export function OpeningAnswer({ opening }: { readonly opening: OpeningReply }) {
  const { fault, isPending, run } = useSubmit();
  const { id, account } = opening;
  const say = (word: "confirm" | "refuse") =>
    run(async () => {
      await answerOpening(id, word);
      showToast(word === "confirm" ? `Confirmed for ${account}` : `Refused: nothing opens`);
    });
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="openings__acts">
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
