import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { quality } from "#client/records/quality.ts";
import { formatFragment } from "#client/state/url.ts";
import { Icon } from "#client/ui/Icon.tsx";
import {
  careFor,
  type QualityWarning,
  type ShownRecords,
  warningsFor,
} from "#core/records/quality/warnings.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/records/quality-note/quality-note.css";

/**
 * Where boundaries changed or records ended, a line each; all else that is to be read with care in one quiet line. It blocks
 * nothing. All roles read it; its page is the analyst's.
 */
export function QualityNote({ shown }: { readonly shown: ShownRecords }) {
  const { role } = useSession();
  const known = useShared(quality);
  const warnings = hasValue(known) ? warningsFor(known.value, shown) : [];
  if (warnings.length === 0) return null;
  const address = formatFragment({ screen: "records", params: { part: "quality" } });
  const isPlain = ({ finding }: QualityWarning) =>
    finding === "stale" || finding === "moved" || finding === "renamed";
  const plain = warnings.filter(isPlain);
  const others = warnings.filter((warning) => !isPlain(warning));
  return (
    <div className="quality-note small">
      {plain.map(({ finding, text }) => (
        <p key={text} className="quality-note__plain row gap-2">
          <Icon name="warning" />
          <span>
            {text} <span className="ink">{careFor[finding]}</span>
          </span>
        </p>
      ))}
      {others.length > 0 ? (
        <details>
          <summary className="row middle gap-2">
            <Icon name="warning" />
            {formatQuantity(others.length, "data-quality note")}
          </summary>
          <ul className="bullets stack gap-1">
            {others.map(({ finding, text }) => (
              <li key={text}>
                {text} <span className="ink strong">{careFor[finding]}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {role === "analyst" ? <a href={address}>Data quality</a> : null}
    </div>
  );
}
