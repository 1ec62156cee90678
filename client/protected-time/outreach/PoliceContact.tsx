import type { ReactNode } from "react";
import { session } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { around, say } from "#client/protected-time/words/diary.tsx";
import { telLink } from "#core/text/phone-number.ts";
import "#client/protected-time/outreach/police-contact.css";

/** "your contact on 01632 960 123" as a link; comes with the session, so it works offline. */
export function PoliceContact() {
  const { policeContact } = useSession();
  if (policeContact === null) return say("contact.unknown");
  return around(
    (number) => say("contact.number", { number }),
    <a className="police-contact nowrap strong" href={telLink(policeContact)}>
      {policeContact}
    </a>,
  );
}

/** A sentence with the contact in it, as a link. */
export function withContact(saying: (contact: string) => string): ReactNode {
  return around(saying, <PoliceContact />);
}

/** As plain text. */
export function contactWords(): string {
  const who = session.store.get();
  const number = hasValue(who) ? who.value.policeContact : null;
  return number === null ? say("contact.unknown") : say("contact.number", { number });
}
