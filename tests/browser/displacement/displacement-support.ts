import { expect } from "vitest";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import type { OperationReportReply, OperationsReply } from "#core/displacement/wire/operations.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { Page } from "#tests/browser/driver.ts";

/**
 * The demonstration's operation has no phases, no other operation beside it and no heavy part: its own
 * assessment is shown as if it had, with the figures of its rows.
 */
export async function withPhasesAndNotes(page: Page): Promise<void> {
  await page.route("**/api/displacement?*", async (route) => {
    const answer = await route.fetch();
    const reply = (await answer.json()) as DisplacementReply;
    await route.fulfill({ response: answer, json: changed(reply) });
  });
  await page.reload();
  await page.locator(".edge-card").first().waitFor();
}

function changed(reply: DisplacementReply): DisplacementReply {
  const phase = (
    name: string,
    [from, to, days]: [string, string, number],
    row: DisplacementReply["overall"],
  ): DisplacementReply["phases"][number] => {
    const part = <Row extends DisplacementReply["overall"]>(whole: Row) => {
      const { running, series, changedFrom, tips, ...rest } = whole;
      return rest;
    };
    const edges = reply.edges.map(({ received, evidence, restsBeyond, ...edge }) => part(edge));
    const areas = { treatedArea: part(reply.treatedArea), rings: part(reply.rings), edges };
    return { ...part(row), ...areas, name, from, to, days, banner: null };
  };
  return {
    ...reply,
    zones: { ...reply.zones, control: disk(cellAt([-0.085, 51.655], 10), 10) },
    phases: [
      phase("Visible patrols", ["2021-08-01", "2021-09-30", 61], reply.treatedArea),
      phase("Partners lead", ["2021-10-01", "2021-11-26", 57], reply.rings),
      {
        ...phase("Winter", ["2021-12-01", "2021-12-01", 0], reply.rings),
        verdict: "cannot_tell",
        p: null,
      },
    ],
    notes: [
      "Records start on 15 June 2021, so the period before starts there. Earlier days are unknown, not empty.",
      'Another operation at the same time, "Lea estates" (from 1 September 2021), treats 42 cells around or in the comparison area. They are excluded from all comparisons.',
    ],
    controlCheck: {
      ...reply.controlCheck,
      chosenByHand: true,
      cells: 331,
      heavy: [
        {
          cell: "89194ad3287ffff",
          place: "Hertford Road at Ordnance Road",
          reports: 52,
          share: 0.33,
        },
      ],
    },
  };
}

export async function operationsOf(page: Page): Promise<OperationsReply["operations"]> {
  const reply = await page.request.get("/api/operations");
  return ((await reply.json()) as OperationsReply).operations;
}

export async function reportOf(page: Page, id: number): Promise<OperationReportReply> {
  const reply = await page.request.get(`/api/operations/${id}/report`);
  return (await reply.json()) as OperationReportReply;
}

/** The demonstration's treated cells under another name. */
export async function addOperation(
  page: Page,
  about: { readonly name: string; readonly startsOn: string; readonly phases: readonly object[] },
): Promise<void> {
  const [demo] = (await operationsOf(page)).filter(({ name }) => name === "boxster-2021");
  const treated = { by: "picked", name: null, cells: demo?.cells };
  const reply = await page.request.post("/api/operations", {
    data: { ...about, endsOn: null, treated, control: null },
  });
  expect(reply.ok(), await reply.text()).toBe(true);
}
