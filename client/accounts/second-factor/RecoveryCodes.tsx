import { useState } from "react";
import { drawRecoveryCodes } from "#client/accounts/second-factor/second-factor-api.ts";
import { codesLeftWords, codesWords } from "#client/accounts/second-factor/second-factor-words.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import type { SecondFactorReply } from "#core/accounts/wire/second-factor.ts";

/** How many are left, and ten new ones, shown once. */
export function RecoveryCodes({ codesLeft }: Pick<SecondFactorReply, "codesLeft">) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <section className="own-account__part" aria-labelledby="own-codes">
      <h3 id="own-codes">Recovery codes</h3>
      <p className="quiet">
        {codesWords} {codesLeftWords(codesLeft)}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {codes ? (
        <ShownCodes codes={codes} />
      ) : (
        <div>
          <Button
            disabled={isPending}
            onClick={() => run(async () => setCodes(await drawRecoveryCodes()))}
          >
            {codesLeft === 0 ? "Make recovery codes" : "Replace the recovery codes"}
          </Button>
        </div>
      )}
    </section>
  );
}

function ShownCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="recovery-codes">
      <p>
        <strong>Boxster recovery codes.</strong> Shown this once. Keep them on paper, away from your
        phone. Codes from before no longer work.
      </p>
      <ol className="recovery-codes__list" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="second-factor__row no-print">
        <Button icon="print" onClick={() => window.print()}>
          Print the codes
        </Button>
        <Button
          icon="download"
          onClick={() =>
            downloadText(
              "boxster-recovery-codes.txt",
              `Boxster recovery codes, each good once\n\n${codes.join("\n")}\n`,
              "text/plain",
            )
          }
        >
          Download the codes
        </Button>
      </div>
    </div>
  );
}
