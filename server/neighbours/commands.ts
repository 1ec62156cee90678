import { z } from "zod";
import { totalsTemplate } from "#core/neighbours/totals-file.ts";
import { agreementBody, type ExchangeReply } from "#core/neighbours/wire.ts";
import { action, type Command } from "#server/cli/command.ts";
import { readUtf8 } from "#server/cli/files.ts";
import {
  agreementOrRefuse,
  agreementReply,
  enterAgreement,
} from "#server/neighbours/agreements.ts";
import { readExchange } from "#server/neighbours/exchange.ts";
import { agreedTotals, giveTotals } from "#server/neighbours/totals.ts";

const purpose = "assessment";
const { shape: agreement } = agreementBody;
const neighbour = z.string().trim().min(1, "give its name");
const mostBytes = 60_000;

export const neighbourCommand: Command = {
  name: "neighbour",
  summary: "Manage agreements with neighbouring commands and the totals they send",
  options: {
    neighbour: "Name of the neighbour",
    reference: "The agreement's own reference",
    contact: "Contact role there; not a name",
    outreach: "Role at their outreach to tell first about an alert",
    quarters: "First and last quarter of the exchange",
    starts: "First day of the agreement",
    expires: "Last day of the agreement",
  },
  moreHelp: () => [
    "agree adds a new agreement each time. The latest that has started applies, so an earlier last day ends it.",
    "template prints the file for a neighbour to fill in. totals imports a completed one, all or nothing.",
  ],
  words: {
    agree: action({
      takes:
        "--neighbour NAME --reference R --contact ROLE --outreach ROLE --quarters 2021-Q1,2022-Q4 --starts DATE --expires DATE",
      audit: { verb: "alteration", act: "enter an agreement with a neighbour", purpose },
      reads: z.object({
        neighbour,
        reference: agreement.reference,
        contact: agreement.contactRole,
        outreach: agreement.outreachContact,
        quarters: z
          .string()
          .transform((words) => words.split(","))
          .pipe(z.tuple([agreement.firstQuarter, agreement.lastQuarter])),
        starts: agreement.startsOn,
        expires: agreement.expiresOn,
      }),
      run: async (act, { contact, outreach, quarters, starts, expires, ...given }) => {
        const made = await enterAgreement(act, {
          ...given,
          ...{ contactRole: contact, outreachContact: outreach },
          ...{ firstQuarter: quarters[0], lastQuarter: quarters[1] },
          ...{ startsOn: starts, expiresOn: expires },
        });
        const { neighbour: name, reference, expiresOn } = made;
        return {
          json: { neighbour: name, agreement: agreementReply(made, act.asAt.date()) },
          text: [`Agreement ${reference} with ${name} added, until ${expiresOn}.`],
        };
      },
    }),
    list: action({
      audit: { verb: "consultation", act: "read the exchange with neighbours", purpose },
      run: async (act) => {
        const reply = await readExchange(act);
        return { json: reply, text: reply.neighbours.map(lineOf) };
      },
    }),
    template: action({
      takes: "--neighbour NAME",
      audit: { verb: "disclosure", act: "make the form of a neighbour's totals", purpose },
      reads: z.object({ neighbour }),
      run: async ({ db, actor, asAt, addDetail }, { neighbour: name }) => {
        const agreed = await db.transaction(actor, async (tx) => {
          const found = await agreementOrRefuse(tx, name, asAt.date());
          addDetail({ agreement: found.id });
          return agreedTotals(found, asAt.date());
        });
        const file = totalsTemplate(agreed);
        return { json: { neighbour: name, file }, text: file.trimEnd().split("\r\n") };
      },
    }),
    totals: action({
      takes: "FILE --neighbour NAME",
      audit: { verb: "collection", act: "give totals of a neighbour", purpose },
      reads: z.object({ file: z.string(), neighbour }),
      run: async (act, { file: path, neighbour: name }) => {
        const reply = await giveTotals(act, name, { file: await readUtf8(path, mostBytes) });
        const { taken, unchanged } = reply;
        return {
          json: { neighbour: name, ...reply },
          text: [`${taken} totals of ${name} taken, ${unchanged} unchanged.`],
        };
      },
    }),
  },
};

function lineOf({ neighbour, state, agreement, totals }: ExchangeReply["neighbours"][number]) {
  const what = agreement === null ? "no agreement" : `${agreement.reference}, ${state}`;
  const until = agreement === null ? "" : ` to ${agreement.expiresOn}`;
  return `${neighbour.padEnd(18)}  ${what}${until}; totals of ${totals.length} quarters received`;
}
