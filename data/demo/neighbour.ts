import type { GivenTotal } from "#core/neighbours/totals-file.ts";
import type { AgreementBody } from "#core/neighbours/wire.ts";

/** Whose liaison the demonstration signs in by role. */
export const demoNeighbour = "Waltham Forest";

const roles = {
  contactRole: "Partnership inspector",
  outreachContact: "Outreach lead of the borough",
};

/** One in force with the neighbour whose liaison signs in, one with a neighbour whose records end at the line, one that ran out. */
export const demoAgreements: readonly AgreementBody[] = [
  {
    ...roles,
    neighbour: demoNeighbour,
    reference: "EX/2021/04",
    firstQuarter: "2020-Q4",
    lastQuarter: "2022-Q1",
    startsOn: "2021-04-01",
    expiresOn: "2022-03-31",
  },
  {
    ...roles,
    neighbour: "Epping Forest",
    reference: "EX/2021/06",
    firstQuarter: "2021-Q1",
    lastQuarter: "2022-Q2",
    startsOn: "2021-05-01",
    expiresOn: "2022-04-30",
  },
  {
    ...roles,
    neighbour: "Hackney",
    reference: "EX/2020/02",
    firstQuarter: "2020-Q3",
    lastQuarter: "2021-Q2",
    startsOn: "2020-10-01",
    expiresOn: "2021-09-30",
  },
];

export const demoTotals: Readonly<Record<string, readonly GivenTotal[]>> = {
  [demoNeighbour]: [
    { quarter: "2021-Q1", reports: 14 },
    { quarter: "2021-Q2", reports: 21 },
  ],
  "Epping Forest": [
    { quarter: "2021-Q1", reports: null },
    { quarter: "2021-Q2", reports: 18 },
    { quarter: "2021-Q3", reports: 23 },
  ],
  Hackney: [{ quarter: "2021-Q1", reports: 16 }],
};

/** London wall clock: when they were entered, and when totals came. */
export const agreedAt = "2021-04-01T10:00";
export const givenAt = "2021-10-05T11:30";
