import { helpWords } from "#client/app/help-words.ts";
import type { Role } from "#core/role.ts";

/** What a screen is for and how it is worked, for one's role. Its own piece of code: few ask for it. */
export function HelpText({ screenId, role }: { readonly screenId: string; readonly role: Role }) {
  const help = helpWords[screenId];
  return (
    <>
      {(help?.of?.[role] ?? help?.all ?? []).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {role === "partner" ? null : (
        <p className="quiet">
          The address bar holds this view: copy it to send the view to a colleague. Escape always
          backs out.
        </p>
      )}
    </>
  );
}
