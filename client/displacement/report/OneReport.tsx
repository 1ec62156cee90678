import { useEffect, useMemo } from "react";
import { notePrintsHere } from "#client/accounts/prints.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { placeEdges } from "#client/displacement/compass.ts";
import { ReportPages } from "#client/displacement/report/ReportPages.tsx";
import { reportFileName } from "#client/displacement/report/report-words.ts";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { demoWords } from "#core/demo-words.ts";
import { reportCsv } from "#core/displacement/report-table.ts";
import {
  type IssueReportBody,
  type OperationReportReply,
  operationCalls,
} from "#core/displacement/wire/operations.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import "#client/displacement/report/report.css";

export interface OneReportProps {
  readonly places: PlacesReply;
  readonly report: OperationReportReply;
}

/** The two pages as they will be on paper, and the two ways in which they leave. */
export function OneReport({ places, report }: OneReportProps) {
  const { demo, demoHasImports } = useSession();
  const mark = demo ? demoWords(demoHasImports) : null;
  const edges = useMemo(() => placeEdges(places, report.assessment), [places, report]);
  const { fault, isPending, run } = useSubmit();
  useNoteOfPaper(report);
  usePageName(reportFileName(report));
  const takeNumbers = () =>
    run(async () => {
      const { id, revision } = report.operation;
      await issueReport(id, { revision, form: "csv" });
      const made = mark === null ? "" : `-${mark.toLowerCase().replaceAll(" ", "-")}`;
      downloadText(`${reportFileName(report)}${made}.csv`, reportCsv(report, mark));
    });
  return (
    <div className="papers">
      <header className="papers__bar report__bar no-print">
        <Button look="filled" icon="print" onClick={() => window.print()}>
          Print or save as PDF
        </Button>
        <Button icon="download" disabled={isPending} onClick={takeNumbers}>
          Numbers (CSV)
        </Button>
        <p className="quiet small">
          Two A4 pages. Printing or downloading is logged with the revision. After that the
          operation can be ended but not deleted.
        </p>
      </header>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <ReportPages report={report} places={places} edges={edges} mark={mark} />
    </div>
  );
}

/** Notes that a report leaves; on paper it is not held back for it, and the note outlives the page. */
const issueReport = (id: number, body: IssueReportBody) =>
  ask(operationCalls.issue, { id, body }, { keepalive: true });

/** Printed by button, by key or by the browser's menu: noted before the dialog opens. */
function useNoteOfPaper({ operation: { id, revision } }: OperationReportReply): void {
  useEffect(() => {
    const note = () => {
      issueReport(id, { revision, form: "paper" }).catch(() =>
        showToast("Printing could not be logged. Tell your administrator."),
      );
    };
    return notePrintsHere(note);
  }, [id, revision]);
}

/** What a PDF of it is called, and the file that the print dialog offers. */
function usePageName(name: string): void {
  useEffect(() => {
    namePage(name);
    return () => namePage("Displacement · Boxster");
  }, [name]);
}
