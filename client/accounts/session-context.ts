import { createContext, use } from "react";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { demoWords } from "#core/demo-words.ts";
import type { Role } from "#core/role.ts";

export interface SignedIn extends SessionReply {
  readonly role: Role;
  readonly person: string;
}

export const SessionContext = createContext<SignedIn | null>(null);

export function useSession(): SignedIn {
  const signedIn = use(SessionContext);
  if (!signedIn) throw new Error("useSession is for screens inside the frame");
  return signedIn;
}

/** What papers and files of the demonstration bear; null elsewhere. */
export function useDemoMark(): string | null {
  const { demo, demoHasImports } = useSession();
  return demo ? demoWords(demoHasImports) : null;
}
