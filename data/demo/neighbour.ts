import type { GivenTotal } from "#core/neighbours/totals-file.ts";
import type { AgreementBody } from "#core/neighbours/wire.ts";

interface MadeUpExchange {
  readonly agreement: Omit<AgreementBody, "neighbour" | "contactRole" | "outreachContact">;
  readonly totals: readonly GivenTotal[];
}

/** One in force with the neighbour whose liaison signs in, one whose records end at the line, one that ran out. */
const exchanges: readonly MadeUpExchange[] = [
  {
    agreement: {
      reference: "EX/2021/04",
      firstQuarter: "2020-Q4",
      lastQuarter: "2022-Q1",
      startsOn: "2021-04-01",
      expiresOn: "2022-03-31",
    },
    totals: [
      { quarter: "2021-Q1", reports: 14 },
      { quarter: "2021-Q2", reports: 21 },
    ],
  },
  {
    agreement: {
      reference: "EX/2021/06",
      firstQuarter: "2021-Q1",
      lastQuarter: "2022-Q2",
      startsOn: "2021-05-01",
      expiresOn: "2022-04-30",
    },
    totals: [
      { quarter: "2021-Q1", reports: null },
      { quarter: "2021-Q2", reports: 18 },
      { quarter: "2021-Q3", reports: 23 },
    ],
  },
  {
    agreement: {
      reference: "EX/2020/02",
      firstQuarter: "2020-Q3",
      lastQuarter: "2021-Q2",
      startsOn: "2020-10-01",
      expiresOn: "2021-09-30",
    },
    totals: [{ quarter: "2021-Q1", reports: 16 }],
  },
];

/**
 * What the demonstration has agreed with some neighbours, in their order, and what they have given. `part` is what a
 * part of the command is called, such as "borough".
 */
export function createExchanges(
  neighbours: readonly string[],
  part: string,
): { readonly agreement: AgreementBody; readonly totals: readonly GivenTotal[] }[] {
  return exchanges.flatMap(({ agreement, totals }, index) => {
    const neighbour = neighbours[index];
    if (neighbour === undefined) return [];
    const contactRole = "Partnership inspector";
    const outreachContact = `Outreach lead of the ${part}`;
    return [{ agreement: { ...agreement, neighbour, contactRole, outreachContact }, totals }];
  });
}

/** Local wall clock: when they were entered, and when totals came. */
export const agreedAt = "2021-04-01T10:00";
export const givenAt = "2021-10-05T11:30";
