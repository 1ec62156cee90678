import { Suspense, useState } from "react";
import { openings, putOpeningsAway } from "#client/accounts/openings/openings-api.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { OpeningReply } from "#core/accounts/wire/openings.ts";
import { formatQuantity } from "#core/text/numbers.ts";

/** Passkeys and their like: seldom, and not on every first page. */
const WaitingOpenings = lazily(
  async () => (await import("#client/accounts/openings/WaitingOpenings.tsx")).WaitingOpenings,
);

export function PoliceOpenings() {
  const { hasAccount } = useSession();
  const shown = useShared(openings);
  const [isOpen, setOpen] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const all = hasValue(shown) ? shown.value.openings : [];
  const waiting = all.filter(({ state }) => state === "waits");
  // A demo role without an account cannot dismiss them.
  const news = hasAccount ? all.filter(({ state, isNew }) => isNew && state !== "waits") : [];
  if (waiting.length + news.length === 0 && !isOpen) return null;
  return (
    <>
      <Banner
        kind={waiting.length > 0 ? "warning" : "note"}
        action={<Button onClick={() => setOpen(true)}>Review</Button>}
      >
        {sentenceOf(waiting, news)}
      </Banner>
      {isOpen ? (
        <Dialog
          title="Police accounts"
          onClose={() => setOpen(false)}
          actions={
            news.length > 0 ? (
              <Button disabled={isPending} onClick={() => run(putOpeningsAway)}>
                I have read it
              </Button>
            ) : null
          }
        >
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          <Suspense fallback={<Skeleton />}>
            <WaitingOpenings />
          </Suspense>
        </Dialog>
      ) : null}
    </>
  );
}

function sentenceOf(waiting: readonly OpeningReply[], news: readonly OpeningReply[]): string {
  if (waiting.length > 0) {
    const what = formatQuantity(waiting.length, "request for", "requests for");
    return `${what} access to police accounts: a second person must confirm. ${namesOf(waiting)}.`;
  }
  return news.length > 0
    ? `Access to police accounts has changed: ${namesOf(news)}.`
    : "Access to police accounts: nothing waits for a second person.";
}

function namesOf(openings: readonly OpeningReply[]): string {
  const names = [...new Set(openings.map(({ account }) => account))];
  const more = names.length - 3;
  return `${names.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
