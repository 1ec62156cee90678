import { session } from "#client/accounts/session.ts";
import { askBeforeLocking } from "#client/accounts/sign-in/lock-store.ts";
import { hasValue } from "#client/api/resource.ts";
import { followPerson, sendUntold } from "#client/api/untold.ts";

followPerson(personAtScreen, session.store.subscribe);
askBeforeLocking(sendUntold);

export function personAtScreen(): string | null {
  const who = session.store.get();
  if (!hasValue(who) || !who.value.signedIn || who.value.locked) return null;
  return who.value.person;
}
