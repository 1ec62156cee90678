import type { ReactNode } from "react";
import { prove } from "#client/accounts/prove.ts";
import { roleNames } from "#client/accounts/role-names.ts";
import { comesTo } from "#client/accounts/role-words.ts";
import { enter } from "#client/accounts/session.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";
import { type Role, roles } from "#core/role.ts";

interface Choice {
  readonly as: { readonly role: Role; readonly partner?: "a" | "b" | "c" };
  readonly name: string;
}

export interface RoleChoiceProps {
  readonly hasImports: boolean;
  readonly instead: ReactNode;
}

/** The demonstration signs in by role with one click; nothing here works on real data. */
export function RoleChoice({ hasImports, instead }: RoleChoiceProps) {
  const { fault, isPending, run } = useSubmit();
  return (
    <>
      <div className="sign-in__ask row wrap middle between gap-2-3">
        <h2>Who are you today?</h2>
        {instead}
      </div>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <ul className="sign-in__roles framed clips">
        {choices().map((choice) => (
          <li key={choice.name}>
            <button
              type="button"
              className="sign-in__role face grid middle full bare raised pad-3-4"
              disabled={isPending}
              onClick={() => run(() => enter(prove(sessionCalls.signIn, { body: choice.as })))}
            >
              <span className="strong">{choice.name}</span>
              <span className="quiet">{comesTo[choice.as.role]}</span>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet small">
        {hasImports
          ? "Demo records are made up. Imported records may be real."
          : "All records in the demo are made up."}{" "}
        Role sign-in only works on a demo database, on this computer.
      </p>
    </>
  );
}

function choices(): readonly Choice[] {
  return roles.flatMap((role): readonly Choice[] => {
    const name = roleNames[role];
    if (role !== "partner") return [{ as: { role }, name }];
    return (["a", "b", "c"] as const).map((partner) => ({
      as: { role, partner },
      name: `${name} ${partner.toUpperCase()}`,
    }));
  });
}
