import { useMemo } from "react";
import { useDemoMark } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { placeEdges } from "#client/displacement/compass.ts";
import { ReportPages } from "#client/displacement/report/ReportPages.tsx";
import { reportFileName } from "#client/displacement/report/report-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Papers } from "#client/ui/Papers.tsx";
import { demoSuffix } from "#core/demo-words.ts";
import { reportCsv } from "#core/displacement/report-csv.ts";
import { type OperationReportReply, operationCalls } from "#core/displacement/wire/operations.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import "#client/displacement/report/report.css";

export interface OneReportProps {
  readonly places: PlacesReply;
  readonly report: OperationReportReply;
}

export function OneReport({ places, report }: OneReportProps) {
  const mark = useDemoMark();
  const edges = useMemo(() => placeEdges(places, report.assessment), [places, report]);
  const { fault, isPending, run } = useSubmit();
  const { id, revision } = report.operation;
  const name = reportFileName(report);
  // Noted before it leaves; the note outlives the page.
  const issue = (form: "csv" | "paper") =>
    ask(operationCalls.issue, { id, body: { revision, form } }, { keepalive: true });
  const takeNumbers = () =>
    run(async () => {
      await issue("csv");
      downloadText(`${name}${demoSuffix(mark)}.csv`, reportCsv(report, mark));
    });
  return (
    <Papers
      name={name}
      note={() => issue("paper")}
      acts={
        <>
          <Button icon="download" disabled={isPending} onClick={takeNumbers}>
            Numbers (CSV)
          </Button>
          <p className="quiet small">
            Two A4 pages. Printing or downloading is logged with the revision. After that the
            operation can be ended but not deleted.
          </p>
        </>
      }
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <ReportPages report={report} places={places} edges={edges} mark={mark} />
    </Papers>
  );
}
