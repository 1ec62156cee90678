import { putOpeningsAway } from "#client/accounts/openings/openings-api.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatMoment } from "#client/ui/moment.ts";

/** A way to sign in that somebody else issued; shown until it is put away. */
export function GivenNotice() {
  const { given } = useSession();
  const { fault, isPending, run } = useSubmit();
  if (given === null) return null;
  const who = given.by === "admin" ? "An administrator" : "The operator of the server";
  return (
    <Banner
      kind="stale"
      action={
        <Button disabled={isPending} onClick={() => run(putOpeningsAway)}>
          I asked for this
        </Button>
      }
    >
      {who} {gave[given.what]} on {formatMoment(given.at)}. If you did not ask for this, tell the
      auditor.
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Banner>
  );
}

const gave = {
  secret: "gave a new one-time secret for your account",
  password: "set a new password for your account",
  provider: "changed your identity provider name",
} as const;
