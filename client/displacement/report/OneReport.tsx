import { useMemo } from "react";
import { useDemoMark } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { placeEdges } from "#client/displacement/compass.ts";
import { ReportPages } from "#client/displacement/report/ReportPages.tsx";
import { reportFileName } from "#client/displacement/report/report-words.ts";
import { Papers } from "#client/ui/Papers.tsx";
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
  const { id, revision } = report.operation;
  // Noted before it leaves; the note outlives the page.
  const note = () =>
    ask(operationCalls.issue, { id, body: { revision, form: "paper" } }, { keepalive: true });
  return (
    <Papers
      name={reportFileName(report)}
      note={note}
      acts={
        <p className="quiet small">
          Two A4 pages. Printing is logged with the revision. After that the operation can be ended
          but not deleted.
        </p>
      }
    >
      <ReportPages report={report} places={places} edges={edges} mark={mark} />
    </Papers>
  );
}
