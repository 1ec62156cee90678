import { untold } from "#client/api/untold.ts";
import { keepView } from "#client/state/return-view.ts";
import { useStore } from "#client/state/use-store.ts";
import { classNames } from "#client/ui/class-names.ts";

/**
 * Leaves for the identity provider's own page, and comes back signed in. What waits in this page would be
 * lost with it: then that page opens beside this one, which goes on once it is looked at again.
 */
export function ProviderLink({
  name,
  look,
}: {
  readonly name: string;
  readonly look: "filled" | "plain";
}) {
  const isBeside = useStore(untold, (list) => list.length > 0);
  const how = isBeside ? ({ target: "_blank", rel: "noopener" } as const) : { onClick: keepView };
  return (
    <a className={classNames("button", `button--${look}`)} href="/api/session/provider" {...how}>
      Sign in with {name}
      {isBeside ? " in another tab" : ""}
    </a>
  );
}
