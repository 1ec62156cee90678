import { untold } from "#client/api/untold.ts";
import { keepView } from "#client/state/return-view.ts";
import { useStore } from "#client/state/use-store.ts";
import { classNames } from "#client/ui/class-names.ts";

/**
 * Goes to the identity provider's page and back, signed in. Where unsent entries would be lost it
 * opens in a new tab, and this page continues when looked at again.
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
