import type { TonightView } from "#client/patrols/tonight/use-tonight.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";

export function RefusedTaps({
  refused,
  acknowledge,
}: Pick<TonightView, "refused" | "acknowledge">) {
  return refused.map(({ id, words }) => (
    <Banner
      key={id}
      kind="warning"
      action={<Button onClick={() => acknowledge(id)}>Understood</Button>}
    >
      {words}
    </Banner>
  ));
}
