import { afterEach, expect, test } from "vitest";
import { lawCalls } from "#core/releases/wire/law.ts";
import { releaseReply } from "#core/releases/wire/release.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { sha256 } from "#server/releases/hash.ts";
import { readLaw } from "#server/releases/law.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { publicForms } from "#tests/support/intruder/public-forms.ts";

onOneEngine(
  "the law of the slides",
  ({ db }) => {
    const app = appWith(db);
    const kept = readLaw().map((text) => ({ ...text }));
    /** As a new version of data/law would. */
    const change = (given: object) => {
      for (const text of readLaw()) Object.assign(text, given);
    };
    afterEach(() => {
      readLaw().forEach((text, at) => {
        Object.assign(text, kept[at]);
      });
    });
    const lawNow = async () =>
      lawCalls.now.reply.parse((await app.stranger.get("/api/public/law")).json());

    test("anyone may read it, each text with its source and the real day, in the demonstration too", async () => {
      const { today, texts } = await lawNow();
      expect(today).toBe(app.services.zone.dateOf(Date.now()));
      expect(texts.find(({ id }) => id === "loitering")).toMatchObject({
        cite: "Street Offences Act 1959, s. 1",
        notKnown: null,
      });
      expect(texts.find(({ id }) => id === "respect-orders")?.notKnown).toContain("29 June 2026");
    });

    test("SAFEGUARDS 22: no form of an approved release changes a byte when the law does", async () => {
      const forms = async () => {
        const { body } = await app.stranger.get("/api/public/releases/1");
        const written = publicForms(releaseReply.parse(JSON.parse(body)), []);
        return [body, ...written.map(({ text }) => text)].map(sha256);
      };
      const before = await forms();
      expect((await app.stranger.get("/api/public/releases/1")).body).toContain(
        "even once or from a car",
      );
      change({ text: "Changed." });
      expect((await lawNow()).texts.every(({ text }) => text === "Changed.")).toBe(true);
      expect(await forms()).toEqual(before);
    });

    test("doctor says which texts are due to be read again", async () => {
      const line = async () => {
        const { text, json } = await runCommand(app.services, doctorCommand, {});
        return { said: text.find((one) => one.startsWith("Law: ")), json };
      };
      change({ readAgainOn: "2099-01-01" });
      expect((await line()).said).toBe("Law: no text is due to be read again");
      change({ readAgainOn: "2026-03-01" });
      const { said, json } = await line();
      expect(said).toMatch(/^Law: read again, then renew data\/law: .*loitering/);
      expect(json).toMatchObject({
        law: expect.arrayContaining([{ id: "arrest", readAgainOn: "2026-03-01" }]),
      });
    });
  },
  fillDemo,
);
