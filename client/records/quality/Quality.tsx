import { quality } from "#client/records/quality.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { findingsOf, measuresOf } from "#core/records/quality/findings.ts";
import { groupName, monthList, unknownSentence } from "#core/records/quality/words.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import "#client/files/records.css";
import "#client/records/quality/quality.css";

export function Quality() {
  return (
    <div className="records stack pad-4">
      <section className="records__batches" aria-labelledby="quality-title">
        <h2 id="quality-title">Data quality</h2>
        <Kept of={quality}>
          {({ groups, asAt, unknownMonths }) =>
            groups.length === 0 ? (
              <EmptyState title="No records yet">
                Import records to see their quality by kind and source.
              </EmptyState>
            ) : (
              <>
                <p>{summaryOf(groups, asAt)}</p>
                {unknownMonths.length > 0 ? <p>{unknownSentence(unknownMonths)}</p> : null}
                {groups.map((group) => (
                  <Group key={`${group.kind} ${group.source}`} group={group} asAt={asAt} />
                ))}
              </>
            )
          }
        </Kept>
      </section>
    </div>
  );
}

function summaryOf(groups: readonly QualityGroup[], asAt: string): string {
  const marked = groups.filter((group) => findingsOf(group, asAt).size > 0).map(groupName);
  const all = `As at ${formatDate(asAt)}, ${formatQuantity(groups.length, "group")} of records by kind and source`;
  return marked.length === 0 ? `${all}: no issues.` : `${all}. Issues: ${marked.join("; ")}.`;
}

interface GroupProps {
  readonly group: QualityGroup;
  readonly asAt: string;
}

function Group({ group, asAt }: GroupProps) {
  const found = findingsOf(group, asAt);
  const name = groupName(group);
  return (
    <article className="quality stack gap-3 pad-4 framed" aria-label={name}>
      <header>
        <h3>{name}</h3>
        <p className="quiet">
          {formatQuantity(group.events, "event")} from {formatDate(group.first)} to{" "}
          {formatDate(group.last)}, last imported {formatDate(group.lastImport.slice(0, 10))}
        </p>
      </header>
      <MonthStrip months={group.months} />
      <dl className="quality__measures tiles tiles--small">
        {measuresOf(group, asAt).map(({ finding, label, value, effect }) => (
          <div key={label} className={found.has(finding) ? "quality__marked" : undefined}>
            <dt className="row middle gap-1 small medium">
              {found.has(finding) ? <Icon name="warning" /> : null}
              {label}
            </dt>
            <dd>
              <strong>{value}</strong>
              {found.has(finding) ? <span className="quality__word"> issue</span> : null}
              <p className="quiet small">{effect}</p>
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

type Months = QualityGroup["months"];

const width = 12;
const gap = 2;
const height = 40;

/** A bar a month; an empty month is a crossed box, so that it is not taken for a low one. */
function MonthStrip({ months }: { readonly months: Months }) {
  const most = Math.max(1, ...months.map(({ count }) => count));
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return null;
  return (
    <figure>
      <div className="scroll-x">
        <svg
          role="img"
          aria-label={stripSentence(months)}
          viewBox={`0 0 ${months.length * (width + gap)} ${height}`}
          width={months.length * (width + gap)}
          height={height}
        >
          {months.map(({ month, count }, index) => {
            const left = index * (width + gap);
            const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
            return (
              <g key={month}>
                <title>{`${formatMonth(month)}: ${formatQuantity(count, "event")}`}</title>
                {count === 0 ? (
                  <path
                    className="month-strip__none"
                    d={`M${left + 1} ${height - 11}h10v10h-10zl10 10M${left + 11} ${height - 11}l-10 10`}
                  />
                ) : (
                  <rect
                    className="month-strip__bar"
                    x={left}
                    y={height - tall}
                    width={width}
                    height={tall}
                  />
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className="quiet small">
        {formatMonth(first.month)} to {formatMonth(last.month)}, at most{" "}
        {formatQuantity(most, "event")} a month{missingWords(months)}
      </figcaption>
    </figure>
  );
}

function stripSentence(months: Months): string {
  const figures = months.map(({ month, count }) => `${formatMonth(month)} ${count}`);
  const total = months.reduce((sum, { count }) => sum + count, 0);
  return `${formatQuantity(total, "event")} by month: ${figures.join(", ")}`;
}

/** ", none in Aug 2021"; empty where no month is missing. */
function missingWords(months: Months): string {
  const none = months.filter(({ count }) => count === 0).map(({ month }) => month);
  return none.length === 0 ? "" : `, none in ${monthList(none)}`;
}
