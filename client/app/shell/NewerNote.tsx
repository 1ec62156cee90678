import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";

export function NewerNote({ onLoad }: { readonly onLoad: () => void }) {
  return (
    <div className="frame__notices no-print stack gap-1">
      <Banner kind="note" action={<Button onClick={onLoad}>Load it</Button>}>
        A newer version of this page is ready. Finish what you are doing, then load it.
      </Banner>
    </div>
  );
}
