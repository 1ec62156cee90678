import { useState } from "react";
import { ApiError } from "#client/api/api-error.ts";
import { type DemoPartner, signIn } from "#client/api/session.ts";
import { DemoMark } from "#client/app/DemoMark.tsx";
import { roleWords } from "#client/app/role-words.ts";
import { screensFor } from "#client/app/screens.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { type Role, roles } from "#core/model/role.ts";
import "#client/app/sign-in.css";

interface Choice {
  readonly key: string;
  readonly role: Role;
  readonly partner?: DemoPartner;
  readonly name: string;
}

export interface SignInProps {
  readonly isDemo: boolean;
  /** Files were brought into the demonstration. */
  readonly hasImports: boolean;
}

/** The demonstration signs in by role with one click; nothing here works on real data. */
export function SignIn({ isDemo, hasImports }: SignInProps) {
  const [fault, setFault] = useState<ApiError | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  const choose = async (choice: Choice) => {
    setPending(choice.key);
    setFault(null);
    try {
      await signIn(choice.role, choice.partner);
    } catch (cause) {
      setPending(null);
      if (!(cause instanceof ApiError)) throw cause;
      setFault(cause);
    }
  };
  return (
    <main className="sign-in">
      <header className="sign-in__head">
        <h1>Boxster</h1>
        <p className="quiet">Hotspots, keep-clear time and patrol windows around Fore Street.</p>
        {isDemo ? <DemoMark /> : null}
      </header>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {isDemo ? (
        <>
          <h2>Who are you today?</h2>
          <ul className="sign-in__roles">
            {choices().map((choice) => (
              <li key={choice.key}>
                <button
                  type="button"
                  className="sign-in__role"
                  disabled={pending !== null}
                  onClick={() => void choose(choice)}
                >
                  <span className="sign-in__name">{choice.name}</span>
                  <span className="quiet">{roleWords[choice.role].comesTo}</span>
                  <Icon name="forward" />
                </button>
              </li>
            ))}
          </ul>
          <p className="quiet small">
            {hasImports
              ? "The demonstration's own records are made up; others were imported from files and may be real."
              : "Every record in the demonstration is made up."}{" "}
            Signing in by role works on this computer only, and only on a database that was born as
            a demonstration.
          </p>
        </>
      ) : (
        <EmptyState title="Nobody can sign in here yet">
          Signing in by role is for the demonstration, and this database holds none. Ask whoever
          runs Boxster for an account.
        </EmptyState>
      )}
    </main>
  );
}

/** One choice per role that has a screen; three for the partner, one per demonstration partner. */
function choices(): readonly Choice[] {
  return roles
    .filter((role) => screensFor(role).length > 0)
    .flatMap((role): readonly Choice[] =>
      role === "partner"
        ? (["a", "b", "c"] as const).map((partner) => ({
            key: `partner-${partner}`,
            role,
            partner,
            name: `${roleWords.partner.name} ${partner.toUpperCase()}`,
          }))
        : [{ key: role, role, name: roleWords[role].name }],
    );
}
