import type { ReactNode } from "react";
import { keeping, startKeeping, stopKeeping } from "#client/accounts/unsent/keep-unsent.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { OwnCalendar } from "#client/protected-time/calendar/OwnCalendar.tsx";
import { Pause } from "#client/protected-time/outreach/ConfirmBar.tsx";
import { Leaving } from "#client/protected-time/outreach/Leaving.tsx";
import { Objections } from "#client/protected-time/outreach/Objections.tsx";
import { OwnOpenings } from "#client/protected-time/outreach/OwnOpenings.tsx";
import { KeptClear, WhoLooked } from "#client/protected-time/outreach/OwnRecord.tsx";
import { Phones } from "#client/protected-time/outreach/Phones.tsx";
import { SavedPlaces } from "#client/protected-time/outreach/SavedPlaces.tsx";
import { letters } from "#client/protected-time/unsent/letters.ts";
import { Fault, InEnglish, say } from "#client/protected-time/words/diary.tsx";
import { navigate } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import "#client/protected-time/outreach/more-inside.css";

export interface OfOtherRooms {
  readonly news: ReactNode;
  readonly plans: ReactNode;
  readonly releases: ReactNode;
  readonly contacts: ReactNode;
}

export interface MoreProps {
  readonly others: OfOtherRooms;
  readonly map: ReactNode;
  readonly onChoose: (sessionId: string) => void;
}

export type MorePart = "calendar" | "record" | "places" | "residents" | "phones" | "leaving";

export function MoreInside({ part, others, map, onChoose }: MoreProps & { part: MorePart }) {
  switch (part) {
    case "calendar":
      return (
        <>
          <div className="row wrap gap-2">
            <Button icon="file" onClick={() => navigate("outreach", { do: "upload" })}>
              {say("upload.title")}
            </Button>
            <Pause />
          </div>
          {map}
          <OwnCalendar onChoose={onChoose} />
        </>
      );
    case "record":
      return (
        <>
          <KeptClear />
          <WhoLooked />
          <InEnglish>{others.contacts}</InEnglish>
        </>
      );
    case "places":
      return (
        <>
          <SavedPlaces />
          <InEnglish>{others.plans}</InEnglish>
        </>
      );
    case "residents":
      return (
        <>
          <Objections />
          <InEnglish>{others.releases}</InEnglish>
        </>
      );
    case "phones":
      return (
        <>
          <KeepUnsent />
          <Phones />
          <OwnOpenings />
        </>
      );
    case "leaving":
      return <Leaving />;
  }
}

/** Opt-in per phone: unsent entries survive the page. */
function KeepUnsent() {
  const isOn = useStore(keeping, (state) => state);
  const { fault, isPending, run } = useSubmit();
  // Web Crypto needs a secure context.
  if (!window.isSecureContext) return null;
  return (
    <section className="keep-unsent" aria-label={say("unsent.title")}>
      <h2>{say("unsent.title")}</h2>
      <Check
        isChecked={isOn || isPending}
        onChange={(on) => (on ? run(() => startKeeping(letters)) : stopKeeping())}
      >
        {say("unsent.keep")}
      </Check>
      <p className="quiet">{say("unsent.about")}</p>
      <Fault fault={fault} />
    </section>
  );
}
