import { useSubmit } from "#client/api/use-submit.ts";
import { clockState, sayClockIsRight } from "#client/app/clock-state.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { ClockReply } from "#core/accounts/wire/clock.ts";

/** Why nothing is erased or brought in; an administrator says here that the clock is right. */
export function ClockNotice({ clock, canSay, disk }: ClockReply) {
  const { fault, isPending, run } = useSubmit();
  const say = () => run(async () => clockState.accept(await sayClockIsRight()));
  return (
    <>
      {clock === null ? null : (
        <Banner
          kind="warning"
          action={
            canSay ? (
              <Button disabled={isPending} onClick={say}>
                The clock is right
              </Button>
            ) : undefined
          }
        >
          {clock}
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        </Banner>
      )}
      {disk === null ? null : <Banner kind="warning">{disk}</Banner>}
    </>
  );
}
