import "#client/ui/table.css";
import type { ReactNode } from "react";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Paper } from "#client/ui/Papers.tsx";
import { ownerWords } from "#core/place-plans/action.ts";
import { planStateWords, responseParts, responseWords } from "#core/place-plans/plan.ts";
import type { PackReply } from "#core/place-plans/wire/meeting.ts";
import { monthName } from "#core/time/months.ts";
import { formatDate } from "#core/time/words.ts";

type Content = PackReply["content"];

export interface PackPagesProps {
  readonly pack: PackReply;
  /** "MADE-UP DATA", of the demonstration. */
  readonly mark: string | null;
}

export function PackPages({ pack, mark }: PackPagesProps) {
  const { number, issuedAt, content } = pack;
  return (
    <Paper
      className="pack-page breaks always-light"
      label={`Pack ${number}`}
      title={`Partner meeting, ${formatDate(content.meetingOn)}`}
      subtitle={<p>{content.hours ?? ""}</p>}
      mark={mark}
      about={[`Pack ${number}`, `As at ${formatDate(content.asAt)}`]}
      foot={
        <>
          {content.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <p>
            Issued {formatDate(issuedAt.slice(0, 10))}, {formatTimeOfDay(issuedAt)}. In an
            emergency, always call 999 first.
          </p>
        </>
      }
    >
      <Part title="Agenda">
        <ol>
          {content.agenda.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Part>
      <Part title="What changed">
        <p className="pack-page__since">
          {content.since
            ? `Since pack ${content.since.number}, of the meeting on ${formatDate(content.since.meetingOn)}.`
            : null}
        </p>
        <ul>
          {content.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Part>
      <Complaints content={content} />
      <Actions title="Actions overdue" actions={content.overdue} none="None is overdue." />
      <Actions title="Actions due by the next meeting" actions={content.due} none="None is due." />
      {content.later.length > 0 ? (
        <Actions title="Actions due later" actions={content.later} none="" />
      ) : null}
      <Reviews content={content} />
      <Part title="Decisions to take">
        {content.decisions.length === 0 ? <p>No decisions recorded.</p> : null}
        <ol>
          {content.decisions.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
      </Part>
    </Paper>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="pack-page__part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Complaints({ content }: { readonly content: Content }) {
  const { months } = content.complaints;
  return (
    <Part title="What residents reported">
      <p>{content.complaintsSentence}</p>
      {months.length === 0 ? null : (
        <table className="paper-table pack-table tabular pack-table--months">
          <caption>Complaints by residents, whole area, by month</caption>
          <thead>
            <tr>
              {months.map(({ month }) => (
                <th key={month} scope="col" aria-label={monthName(month)}>
                  {monthName(month).slice(0, 3)} {month.slice(2, 4)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {months.map(({ month, count }) => (
                <td key={month}>{count ?? "not shown"}</td>
              ))}
            </tr>
          </tbody>
        </table>
      )}
    </Part>
  );
}

function Actions(props: {
  readonly title: string;
  readonly actions: Content["due"];
  readonly none: string;
}) {
  const { title, actions, none } = props;
  return (
    <Part title={title}>
      {actions.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table className="paper-table pack-table tabular">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Office</th>
              <th scope="col">Due</th>
            </tr>
          </thead>
          <tbody>
            {actions.map(({ id, words, owner, dueOn, plan }) => (
              <tr key={id}>
                <td>
                  {words}
                  {plan ? <span className="pack-page__plan block quiet">{plan}</span> : null}
                </td>
                <td>{ownerWords[owner]}</td>
                <td>{formatDate(dueOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

/** Ordered by response, partners first. */
function Reviews({ content }: { readonly content: Content }) {
  return (
    <Part title="Place plans to review">
      {content.reviews.length === 0 ? <p>None is due.</p> : null}
      {content.reviews.map(({ id, name, state, reviewOn, response }) => (
        <div key={id} className="pack-page__review whole">
          <h4>
            {name}: {planStateWords[state].toLowerCase()}, review {formatDate(reviewOn)}
          </h4>
          <dl>
            {responseParts
              .filter((part) => response[part] !== "")
              .map((part) => (
                <div key={part}>
                  <dt>{responseWords[part]}</dt>
                  <dd>{response[part]}</dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
    </Part>
  );
}
