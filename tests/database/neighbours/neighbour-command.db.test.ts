import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userCommand } from "#server/accounts/commands/user.ts";
import type { Services } from "#server/acts/services.ts";
import { neighbourCommand } from "#server/neighbours/commands.ts";
import { asOwner, auditOf } from "#tests/support/accounts.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const barnet = {
  neighbour: "Barnet",
  reference: "EX/2021/09",
  contact: "Partnership inspector",
  outreach: "Outreach lead of the borough",
  quarters: "2021-Q1,2021-Q4",
  starts: "2021-09-01",
  expires: "2022-08-31",
};

onEachEngine(
  "boxster neighbour",
  ({ db }) => {
    let services: Services;
    const folder = scratchFolder("test");
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(async () => {
      await services.solver.close();
    });
    const run = (positionals: readonly string[], values: Readonly<Record<string, string>> = {}) =>
      runCommand(services, neighbourCommand, { positionals, values });
    const fileOf = (text: string) => {
      const path = join(folder, "totals.csv");
      writeFileSync(path, text);
      return path;
    };

    test("agree enters an agreement, list shows it, template and totals go back and forth", async () => {
      const made = await run(["agree"], barnet);
      expect(made.json).toMatchObject({ neighbour: "Barnet", agreement: { state: "in force" } });
      const listed = await run(["list"]);
      expect(listed.text.join("\n")).toMatch(/Barnet +EX\/2021\/09, in force to 2022-08-31/);
      const { file } = (await run(["template"], { neighbour: "Barnet" })).json as { file: string };
      const filled = file.replaceAll(",,", ",19,");
      const taken = await run(["totals", fileOf(`\uFEFF${filled}`)], { neighbour: "Barnet" });
      expect(taken.json).toMatchObject({ neighbour: "Barnet", taken: 3, unchanged: 0 });
      expect(await auditOf(db(), "give totals of a neighbour")).toMatchObject([
        { person: "tester", role: "operator", outcome: "done", detail: { taken: 3, unchanged: 0 } },
      ]);
    });

    test("totals with one fault are refused whole, with where and what to do", async () => {
      const { file } = (await run(["template"], { neighbour: "Barnet" })).json as { file: string };
      const before = await asOwner(db(), "select count(*)::int from neighbour_total");
      for (const text of [
        file.replace(",,", ",9,").replaceAll(",,", ",19,"),
        file.replaceAll(",,", ",19,").replace("Barnet", "Hackney"),
        "",
        "\u0000\u0000",
      ]) {
        const failing = run(["totals", fileOf(text)], { neighbour: "Barnet" });
        await expect(failing).rejects.toMatchObject({ title: "Nothing was saved" });
      }
      await expect(
        run(["totals", join(folder, "none.csv")], { neighbour: "Barnet" }),
      ).rejects.toThrow(/cannot be read/);
      writeFileSync(join(folder, "bad.csv"), Buffer.from([0xff, 0xfe, 0x41, 0xd8]));
      await expect(
        run(["totals", join(folder, "bad.csv")], { neighbour: "Barnet" }),
      ).rejects.toThrow(/not UTF-8 text/);
      expect(await asOwner(db(), "select count(*)::int from neighbour_total")).toEqual(before);
    });

    test.each([
      [["sing"], {}, /"sing" is none of/],
      [["totals"], { neighbour: "Barnet" }, /FILE is missing/],
      [["list", "x"], {}, /Unexpected argument/],
      [["template"], {}, /--neighbour is missing/],
      [["agree"], { ...barnet, quarters: "2021" }, /--quarters 2021/],
      [["agree"], { ...barnet, quarters: "2021-Q1,2021-Q2,2021-Q3" }, /--quarters/],
      [["agree"], { ...barnet, expires: "31/02/2022" }, /--expires 31\/02\/2022/],
      [["agree"], { neighbour: "Barnet" }, /--reference is missing/],
    ] as const)("%j %j says what is missing or not understood", async (words, values, reason) => {
      await expect(run([...words], values)).rejects.toThrow(reason);
    });

    test("an agreement with somebody's name, or with nobody that borders, is refused", async () => {
      const refusedFor = (changed: object, field: string) =>
        expect(run(["agree"], { ...barnet, ...changed })).rejects.toMatchObject({
          title: "Not saved",
          errors: [{ field }],
        });
      await refusedFor({ contact: "Jane Smith" }, "contactRole");
      await refusedFor({ neighbour: "Paris" }, "neighbour");
      await expect(run(["template"], { neighbour: "Hackney" })).rejects.toThrow(
        /no agreement in force/,
      );
    });

    test("user add: a liaison needs a neighbour it belongs to, and nobody else has one", async () => {
      const add = (values: Readonly<Record<string, string>>) =>
        runCommand(services, userCommand, {
          positionals: ["add", "l.barnet"],
          values: { oidc: "l.barnet", ...values },
        });
      await expect(add({ role: "liaison" })).rejects.toThrow(/needs a neighbour/);
      await expect(add({ role: "liaison", neighbour: "Paris" })).rejects.toThrow(
        /no neighbour "Paris"/,
      );
      await expect(add({ role: "sergeant", neighbour: "Barnet" })).rejects.toThrow(
        /Only the liaison role/,
      );
      expect((await add({ role: "liaison", neighbour: "Barnet" })).json).toMatchObject({
        role: "liaison",
        neighbour: "Barnet",
      });
    });
  },
  fillDemo,
);
