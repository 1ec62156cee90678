import { useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";

/** The view as an address: filters, no records, and nothing that lets anybody in. */
export function CopyLink({ linkOf }: { readonly linkOf: () => string }) {
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const link = linkOf();
    try {
      await navigator.clipboard.writeText(link);
      showToast("Link copied");
    } catch {
      // Without TLS, or where it is forbidden, a page may not: then the person copies it.
      setShown(link);
    }
  };
  return (
    <div className="views-menu__link">
      <Button icon="link" onClick={() => void copy()}>
        Copy a link to this view
      </Button>
      <p className="quiet small">
        It carries dates, kinds, hours and place, no records. Whoever opens it signs in as
        themselves.
      </p>
      {shown === null ? null : (
        <TextField
          label="This browser does not let the page copy. Select the link and copy it"
          value={shown}
          onChange={() => undefined}
        />
      )}
    </div>
  );
}
