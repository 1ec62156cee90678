import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { quality } from "#client/records/quality.ts";
import { formatFragment } from "#client/state/url.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { careFor, type ShownRecords, warningsFor } from "#core/records/quality/warnings.ts";
import "#client/records/quality-note/quality-note.css";

/**
 * One quiet line if what is shown uses records to be read with care; blocks nothing. All roles read
 * it; its page is the analyst's.
 */
export function QualityNote({ shown }: { readonly shown: ShownRecords }) {
  const { role } = useSession();
  const known = useShared(quality);
  const warnings = hasValue(known) ? warningsFor(known.value, shown) : [];
  if (warnings.length === 0) return null;
  const address = formatFragment({ screen: "records", params: { part: "quality" } });
  return (
    <details className="quality-note small">
      <summary>
        <Icon name="warning" />
        {warnings.length === 1 ? "1 data-quality note" : `${warnings.length} data-quality notes`}
      </summary>
      <ul>
        {warnings.map(({ finding, text }) => (
          <li key={text}>
            {text} <span className="quality-note__care strong">{careFor[finding]}</span>
          </li>
        ))}
      </ul>
      {role === "analyst" ? <a href={address}>Data quality</a> : null}
    </details>
  );
}
