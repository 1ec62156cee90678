import { session } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { telLink } from "#core/text/phone-number.ts";
import "#client/protected-time/outreach/police-contact.css";

/** "your contact on 01632 960 123" as a link; comes with the session, so it works offline. */
export function PoliceContact() {
  const { policeContact } = useSession();
  if (policeContact === null) return nameless;
  return (
    <>
      your contact on{" "}
      <a className="police-contact" href={telLink(policeContact)}>
        {policeContact}
      </a>
    </>
  );
}

/** As plain text. */
export function contactWords(): string {
  const who = session.store.get();
  const number = hasValue(who) ? who.value.policeContact : null;
  return number === null ? nameless : `your contact on ${number}`;
}

const nameless = "your police contact";
