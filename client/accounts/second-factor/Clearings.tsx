import { clearings } from "#client/accounts/second-factor/second-factor-api.ts";
import { momentOf } from "#client/accounts/second-factor/second-factor-words.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { type Clearing, clearingCalls } from "#core/accounts/wire/second-factor.ts";

/** People who lost every second factor: what an administrator asks for, and another person confirms. */
export function Clearings() {
  const shown = useShared(clearings);
  const { fault, isPending, run } = useSubmit();
  const answer = (word: "confirm" | "refuse", { id }: Clearing) =>
    run(async () => clearings.accept(await ask(clearingCalls[word], { id })));
  const open = hasValue(shown) ? shown.value.clearings : [];
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {open.map((one) => (
        <Banner
          key={one.id}
          kind="warning"
          action={
            <>
              {one.mayConfirm ? (
                <Button disabled={isPending} onClick={() => answer("confirm", one)}>
                  Reset second factor
                </Button>
              ) : null}
              <Button disabled={isPending} onClick={() => answer("refuse", one)}>
                {one.mayConfirm ? "Refuse" : "Withdraw"}
              </Button>
            </>
          }
        >
          {sentenceOf(one)}
        </Banner>
      ))}
    </>
  );
}

function sentenceOf({ owner, askedBy, asked, mayConfirm }: Clearing): string {
  const what = `${askedBy} requested on ${momentOf(asked)} a second factor reset for ${owner}.`;
  return mayConfirm
    ? `${what} Speak to ${owner} yourself first. After the reset they can sign in with a password alone.`
    : `${what} Another person must confirm it.`;
}
