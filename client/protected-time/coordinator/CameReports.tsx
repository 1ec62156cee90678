import { useSubmit } from "#client/api/use-submit.ts";
import { noteCame } from "#client/protected-time/coordinator/coordinator-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDay } from "#client/ui/format.ts";
import type { CoordinatorReply } from "#core/protected-time/wire/coordinator.ts";

export interface CameReportsProps {
  readonly came: CoordinatorReply["came"];
  readonly mayAct: boolean;
}

/** That police came to a session, by the partner's word; which session it was is asked of the partner. */
export function CameReports({ came, mayAct }: CameReportsProps) {
  const { fault, isPending, run } = useSubmit();
  return (
    <section aria-labelledby="coordinator-came">
      <h2 id="coordinator-came">Police came</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {came.length === 0 ? (
        <p className="quiet">No partner has reported it in the last two weeks.</p>
      ) : (
        <ul className="coordinator__rows">
          {came.map(({ id, partner, reportedOn, readOn }) => (
            <li key={id}>
              <span>
                <strong>{partner}</strong> reported on {formatDay(reportedOn)} that police came to a
                session.{" "}
                <span className="quiet">
                  {readOn === null ? "Not read yet" : `Read on ${formatDay(readOn)}`}
                </span>
              </span>
              {mayAct && readOn === null ? (
                <Button
                  disabled={isPending}
                  aria-label={`I have read the report of ${partner}`}
                  onClick={() => run(() => noteCame(id))}
                >
                  I have read it
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small">
        You are not shown which session it was, where or when: ask the partner. A report is erased
        with its session, 14 days after that.
      </p>
    </section>
  );
}
