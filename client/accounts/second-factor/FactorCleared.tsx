import { momentOf } from "#client/accounts/second-factor/second-factor-api.ts";
import { session } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { fetchNothing } from "#client/api/fetch.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

export function FactorCleared() {
  const { factorCleared } = useSession();
  const { fault, isPending, run } = useSubmit();
  if (factorCleared === null) return null;
  const { at, askedBy, confirmedBy } = factorCleared;
  const read = () =>
    run(() => fetchNothing("/api/second-factor/told", { method: "POST" }).then(session.reload));
  return (
    <>
      <Banner
        kind="warning"
        action={
          <Button disabled={isPending} onClick={read}>
            I have read this
          </Button>
        }
      >
        Your second factor was reset on {momentOf(at)},{" "}
        {confirmedBy === null
          ? `by a command on the server, by ${askedBy}`
          : `at the request of ${askedBy}, confirmed by ${confirmedBy}`}
        . If you did not ask for this, tell your auditor now.
      </Banner>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </>
  );
}
