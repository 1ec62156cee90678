import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { checkReleases } from "#client/releases/drafts/releases-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { ReleaseCheckReply } from "#core/releases/wire/releases.ts";

/** Works the chain out anew, and looks at what all releases give away together. */
export function CheckLine() {
  const [found, setFound] = useState<ReleaseCheckReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <div className="releases__check">
      <Button disabled={isPending} onClick={() => run(async () => setFound(await checkReleases()))}>
        Check all releases
      </Button>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div role="status">
        {found?.ok ? (
          <p>All {found.releases} are as they were approved, and give nothing away together.</p>
        ) : null}
        {found && !found.ok ? (
          <ErrorNote title="Something is wrong" detail={found.faults.join(" ")} />
        ) : null}
      </div>
    </div>
  );
}
