import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpeningsReply } from "#core/accounts/wire/openings.ts";
import { releaseReply } from "#core/releases/wire/release.ts";
import { languageCodes } from "#core/text/languages.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { createMetrics } from "#server/app/metrics.ts";
import { createRequestCounts } from "#server/http/request-counts.ts";
import { addTestAccount, asOwner, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const said: string[] = [];
const counts = createRequestCounts();
const headingOf = (page: string) => /<h1>(.*?)<\/h1>/s.exec(page)?.[1];
const markOf = (page: string) => /<p class="mark">(.*?)<\/p>/.exec(page)?.[1];
const mark = "MADE-UP DATA";

onOneEngine(
  "the public page",
  ({ db }) => {
    const app = appWith(db, { log: (line) => said.push(line), counts });
    const get = (url: string, headers: Record<string, string> = {}) =>
      app.stranger.inject({ url, headers });

    test("is the newest release, without sign-in, script or cookie, and so is HEAD", async () => {
      const { statusCode, headers, body } = await get("/public");
      expect(statusCode).toBe(200);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(headers["content-security-policy"]).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["cache-control"]).toBe("public, max-age=60");
      expect(headers["set-cookie"]).toBeUndefined();
      expect(body).toMatch(/Residents made about \d+ complaints in Enfield and Haringey/);
      expect(body).not.toMatch(/<script/i);
      const head = await app.stranger.inject({ method: "HEAD", url: "/public" });
      expect([head.statusCode, head.body]).toEqual([200, ""]);
      for (const name of ["etag", "content-length", "content-security-policy"])
        expect(head.headers[name], name).toBe(headers[name]);
    });

    test("a strong tag spares its octets, each encoding with its own", async () => {
      const plain = await get("/public/1");
      const packed = await get("/public/1", { "accept-encoding": "gzip" });
      expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
      expect(packed.headers.etag).not.toBe(plain.headers.etag);
      const tag = String(plain.headers.etag);
      expect(tag).toMatch(/^"/);
      const same = await get("/public/1", { "if-none-match": `"other", ${tag}` });
      expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, "", tag]);
      expect((await get("/public/1", { "if-none-match": '"other"' })).statusCode).toBe(200);
      const gzipped = { "if-none-match": tag, "accept-encoding": "gzip" };
      expect((await get("/public/1", gzipped)).statusCode).toBe(200);
    });

    test("whoever is signed in reads the same, and the log does not say that they did", async () => {
      const partner = await app.as("partner", "a");
      await partner.get("/api/session");
      const before = await asOwner(db(), "select count(*) from audit");
      said.length = 0;
      const { body, headers } = await partner.get("/public");
      expect(body).toBe((await get("/public")).body);
      expect(headers["set-cookie"]).toBeUndefined();
      expect(said.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ route: "/public", role: "nobody" }),
        expect.objectContaining({ route: "/public", role: "nobody" }),
      ]);
      expect(await asOwner(db(), "select count(*) from audit")).toEqual(before);
    });

    test("an address without a language is read in the browser's, one that names it in that", async () => {
      const read = async (url: string, accepted?: string) => {
        const headers = accepted === undefined ? {} : { "accept-language": accepted };
        const reply = await get(url, { ...headers, "accept-encoding": "gzip" });
        const page = gunzipSync(reply.rawPayload).toString();
        return { tag: /<html lang="(.*?)">/.exec(page)?.[1], page, headers: reply.headers };
      };
      const turkish = await read("/public", "tr-TR,tr;q=0.9,en;q=0.8");
      expect([turkish.tag, turkish.headers.vary]).toEqual([
        "tr",
        "accept-encoding, accept-language",
      ]);
      expect(headingOf(turkish.page)).toMatch(/^Enfield ve Haringey: /);
      expect(turkish.page).toContain('<p class="mark">KURGUSAL VERİLER</p>');
      const tags = ["tr;q=0.1, pl", "de, so;q=0.5", "tr;q=0, sq", "de", "*", "", ";q=,,"].map(
        async (accepted) => (await read("/public/1", accepted)).tag,
      );
      expect(await Promise.all(tags)).toEqual(["pl", "so", "sq", ...Array(4).fill("en-GB")]);
      for (const lang of languageCodes) {
        const named = await read(`/public?lang=${lang}`, "tr");
        expect([named.page, named.headers.vary]).toEqual([
          (await read(`/public?lang=${lang}`)).page,
          "accept-encoding",
        ]);
        // No link leads back to the browser's language.
        expect(named.page).not.toMatch(/href="(\?|\/public)(?![^"]*lang=)[^"]*"/);
      }
      const named = await read("/public?lang=tr");
      expect([named.page, named.headers.etag]).toEqual([turkish.page, turkish.headers.etag]);
      expect((await read("/public/2/3", "ro")).tag).toBe("ro");
    });

    test("its list names wards of today with their areas, and a frozen release does not", async () => {
      const listed = (await get("/public")).body;
      expect(listed).toContain('<a href="?area=Upper%20Edmonton&amp;lang=en">Upper Edmonton</a>');
      expect(listed).toContain(
        '<b>Town:</b> <a href="?area=E09000010-N-enfield-town&amp;lang=en">Enfield Town</a>',
      );
      const { body } = await get("/public/1");
      expect(body).toContain(">Angel Edmonton</a>");
      expect(body).not.toContain("Upper Edmonton");
    });

    describe("finds an area", () => {
      beforeAll(async () => {
        const name = { kind: "postcode", name: "N18 2TT", at: [-0.0631, 51.6179] };
        const rest = { reach: null, borough: null, locality: null, district: "N18" };
        const body = {
          format: "os-open-names",
          rows: 1,
          outside: 0,
          names: [{ ...name, ...rest }],
        };
        const analyst = await app.as("analyst");
        const sent = await analyst.send("POST", "/api/gazetteers", { fileName: "n.csv", ...body });
        expect(sent.statusCode, sent.body).toBe(200);
      });

      test.each([
        ["its name", "edmonton green", "E09000010-N-edmonton-green"],
        ["a street", "Silver Street", "E09000010-N-angel-edmonton"],
        ["a house in it", "12a silver st", "E09000010-N-angel-edmonton"],
        ["a postcode", "n182tt", "E09000010-N-angel-edmonton"],
      ])("by %s", async (_, typed, area) => {
        const url = `/public?lang=en&area=${encodeURIComponent(typed)}`;
        const { statusCode, headers } = await get(url);
        expect([statusCode, headers.location]).toEqual([303, `/public?area=${area}&lang=en`]);
        const { body } = await get(String(headers.location));
        expect(body).toContain("These figures are for the whole area, never for one street.");
        const old = await get(url.replace("/public", "/public/1"));
        expect(old.headers.location).toBe(`/public/1?area=${area}&lang=en`);
      });

      test("or tells the figures of each, where it is in several, and adds none up", async () => {
        const { statusCode, body, headers } = await get("/public?lang=en&area=fore+street");
        expect([statusCode, headingOf(body), markOf(body)]).toEqual([200, "Fore Street", mark]);
        expect(body).toContain("Each has other streets too, so we do not add them up.");
        const row =
          /<dt><a href="([^"]+)">.*?<\/dt>\n<dd>.*?: (.*?)<\/dd>\n<dd>(.*?)<\/dd>\n<dd>(.*?)<\/dd>/g;
        const parts = [...body.matchAll(row)];
        expect(parts).toHaveLength(2);
        for (const [, address = "", now = "", before = "", word] of parts) {
          const own = (await get(`/public${address.replace("&amp;", "&")}`)).body;
          expect(own).toContain(`about ${now} complaints`);
          expect(own).toContain(before);
          const [, last] = before.split(": ");
          expect(word).toBe(
            Number(now) < Number(last)
              ? "Fewer than the month before"
              : "About as many as the month before",
          );
        }
        expect(headers["cache-control"]).toBe("no-store");
      });

      test.each(["en", "tr"])(
        "SAFEGUARDS 11: no fall is told there without the rise at a boundary (%s)",
        async (lang) => {
          const { body } = await get(`/public?lang=${lang}&area=fore+street`);
          const [, note] = body.match(/<\/dl><p class="moved"[^>]*>(.*?)<\/p>/) ?? [];
          expect(note).toContain(
            "rose near the boundary with Waltham Forest: the problem may have",
          );
        },
      );

      test("or asks which, where several were meant: no figure stands there", async () => {
        const { body } = await get("/public?lang=en&area=edmonton");
        expect([headingOf(body), markOf(body)]).toEqual(["Which area?", mark]);
        expect(body).not.toMatch(/complaints in/i);
      });

      test.each([
        ["a ward that is no area here", "upper edmonton", /^Upper Edmonton$/],
        ["another, in one area", "town", "E09000010-N-enfield-town"],
        ["a postcode district", "N18", /^N18$/],
        ["a postcode that no gazetteer has, by its sector", "n9 0zz", /^N9 0$/],
        ["a house with its postcode", "12 Silver Street, N18 9ZZ", "E09000010-N-angel-edmonton"],
        ["a street with its district", "Silver Street N18", "E09000010-N-angel-edmonton"],
        ["a part of several names", "edmonton", /^Which area\?$/],
      ])("by %s", async (_, typed, found) => {
        const { headers, body } = await get(`/public?area=${encodeURIComponent(typed)}`);
        if (typeof found !== "string") expect(headingOf(body)).toMatch(found);
        else expect(headers.location).toBe(`/public?area=${found}&lang=en`);
      });

      test.each([
        ["Uper Edmonton", "Upper Edmonton: "],
        ["sliver street", "Silver Street: "],
        ["edminton green", ">Edmonton Green</a>"],
      ])("and names what is nearly so called: %s", async (typed, name) => {
        const { statusCode, body, headers } = await get(
          `/public?area=${encodeURIComponent(typed)}`,
        );
        expect([statusCode, headers["cache-control"]]).toEqual([404, "no-store"]);
        const [, guesses = ""] = body.split("Did you mean one of these?");
        expect(guesses.slice(0, guesses.indexOf("</ul>"))).toContain(name);
        expect(body).not.toContain(typed);
        expect(body).not.toMatch(/complaints in/i);
      });

      test("by the areas that the release was made of, whatever wards came in since", async () => {
        const ward = `insert into area (code, name, kind, in_command, shape)
          select 'E05000001', 'New Ward', 'ward', false, shape from area where name = 'Enfield'`;
        await asOwner(db(), ward);
        await asOwner(
          db(),
          "update setting set changed_at = clock_timestamp() where key = 'places'",
        );
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        const { body } = await get("/public?area=new+ward");
        expect(headingOf(body)).toBe("New Ward");
        expect(body).toContain(">Enfield Town</a>");
        const { headers } = await get("/public?area=silver+street");
        expect(headers.location).toBe("/public?area=E09000010-N-angel-edmonton&lang=en");
      });

      test.each([
        "asdfgh",
        "<script>alert(1)</script>",
        "//evil.example/",
        "__proto__",
        "x".repeat(101),
        "%00",
        "' or 1=1 --",
      ])("and says so where there is none: %s", async (typed) => {
        const { statusCode, body, headers } = await get(
          `/public?area=${encodeURIComponent(typed)}`,
        );
        expect([statusCode, headers.location]).toEqual([404, undefined]);
        expect(headingOf(body)).toMatch(/^No area, street or postcode of that name/);
        expect(markOf(body)).toBe(mark);
        expect(body).toContain("<details open>");
        expect(body).not.toContain(typed);
        expect(body).toContain(">Angel Edmonton</a>");
      });

      test("what was typed is in no log, no metric and no audit line", async () => {
        said.length = 0;
        await get("/public?area=Quagga%20Mews");
        await get("/public/1?area=Quagga%20Mews");
        const metrics = JSON.stringify(await createMetrics(app.services, counts)());
        const audit = JSON.stringify(await asOwner(db(), "select detail, act from audit"));
        for (const kept of [said.join(), metrics, audit]) expect(kept).not.toMatch(/quagga/i);
        expect(said.map((line) => JSON.parse(line).route)).toEqual(["/public", "/public/:id"]);
      });
    });

    test.each([
      ["GET", "/public/7", 404, "There is no release with that number."],
      ["GET", "/public/01", 404, "There is no release with that number."],
      ["GET", "/public/1/2", 404, "There is no page at this address."],
      ["GET", "/public?lang=xx", 400, /^This page is in English/],
      ["GET", "/public?lang=en&lang=en", 400, /^This page is in English/],
      ["GET", "/public?area=a&area=b", 404, /^No area/],
      ["POST", "/public", 405, "This page can only be read."],
      ["DELETE", "/public/1", 405, "This page can only be read."],
      ["OPTIONS", "/public", 405, "This page can only be read."],
    ] as const)("%s %s is answered %i by one readable page", async (method, url, status, words) => {
      said.length = 0;
      const { statusCode, body, headers } = await app.stranger.inject({ method, url });
      expect(statusCode).toBe(status);
      expect(headingOf(body)).toEqual(expect.stringMatching(words));
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/);
      expect(headers["cache-control"]).toBe("no-store");
      // Nor the address of whoever asked.
      expect(JSON.parse(said[0] ?? "{}").from).toBeUndefined();
    });

    test("every area in every language is under 60 kB", async () => {
      const { release } = releaseReply.parse((await get("/api/public/releases/1")).json());
      const sizes: number[] = [];
      for (const lang of languageCodes) {
        for (const { id } of release.areas) {
          const { statusCode, rawPayload } = await get(`/public?lang=${lang}&area=${id}`);
          expect(statusCode).toBe(200);
          sizes.push(rawPayload.length);
        }
      }
      expect(sizes.length).toBeGreaterThan(20);
      expect(Math.max(...sizes)).toBeLessThan(60_000);
    });

    test("the figures as CSV are those of the release", async () => {
      const { headers, body } = await get("/api/public/releases/1/csv");
      expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
      expect(headers["content-disposition"]).toMatch(/"boxster-release-1-made-up-data\.csv"/);
      expect(body).toMatch(/^release,data,part,/);
    });

    test("a withdrawn release has its notice alone, and without another there is nothing to show", async () => {
      const auditor = await app.as("auditor");
      const notice = "A map was wrong.";
      await auditor.send("POST", "/api/releases/1/withdraw", { notice });
      await expect.poll(async () => (await get("/public/1")).statusCode).toBe(410);
      const { body, headers } = await get("/public/1?area=E09000010");
      expect(headingOf(body)).toMatch(/^Release 1 was withdrawn on/);
      expect(body).toContain(notice);
      expect(body).not.toMatch(/Residents made/);
      expect(headers["cache-control"]).toBe("no-store");
      const none = await get("/public");
      expect([none.statusCode, headingOf(none.body)]).toEqual([
        404,
        "All releases were withdrawn, so there are no figures to show.",
      ]);
      // Help does not go with the figures.
      for (const page of [body, none.body, (await get("/public?area=nowhere")).body]) {
        expect(page).toContain("0808 500 2222");
        expect(page).toContain("ico.org.uk/make-a-complaint");
      }
    });
  },
  fillDemo,
);

onOneEngine("the public page has a limit of its own", ({ db }) => {
  test("which an address meets in words, while others are served", async () => {
    const app = await openTestApp(db(), { limits: { pages: 2, files: 2 } });
    const from = (remoteAddress: string, url = "/public") => app.app.inject({ url, remoteAddress });
    for (const url of ["/public", "/public/1"]) await from("192.0.2.1", url);
    const { statusCode, body, headers } = await from("192.0.2.1");
    expect([statusCode, headingOf(body)]).toEqual([
      429,
      "Too many requests. Wait a minute and try again.",
    ]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect((await from("192.0.2.2")).statusCode).toBe(404);
    expect((await from("192.0.2.1", "/api/public/releases")).statusCode).toBe(200);
    await app.close();
  });
});

onOneEngine("SAFEGUARDS 13: the public page", ({ db }) => {
  let app: TestApp;
  let admin: SignedIn;
  let auditor: SignedIn;
  beforeAll(async () => {
    app = await openTestApp(db());
    await addTestAccount(db(), { name: "an.admin", role: "admin", withoutPassword: true });
    await addTestAccount(db(), { name: "an.auditor", role: "auditor" });
    admin = await sessionOf(app, "an.admin");
    auditor = await sessionOf(app, "an.auditor");
    await asOwner(db(), "delete from setting where key = 'demo'");
  });
  afterAll(() => app.close());
  const shown = async () => {
    const { statusCode, body } = await app.stranger.get("/public");
    return [statusCode, headingOf(body)];
  };
  const closed = [404, "There is no public page here."];
  const open = [404, "No figures have been released yet."];
  const turn = async (by: SignedIn, on: boolean) =>
    (await by.send("PUT", "/api/public-page", { on })).json<{ state: string }>().state;
  const waiting = async (by: SignedIn) =>
    (await by.get("/api/openings"))
      .json<OpeningsReply>()
      .openings.filter(({ act, state }) => act === "public" && state === "waits");

  test("outside a demonstration is off, whatever is asked of it, until two people turned it on; one turns it off", async () => {
    await expect.poll(shown).toEqual(closed);
    expect((await app.stranger.get("/public/1?lang=xx")).statusCode).toBe(404);
    const doctor = async () => (await runCommand(app.services, doctorCommand, {})).text;
    expect(await doctor()).toContain("Public page: off");
    expect(await turn(admin, true)).toBe("waits");
    expect(await turn(admin, true), "pressed twice").toBe("waits");
    const [asked, ...others] = await waiting(auditor);
    expect([asked?.askedBy, asked?.mayDecide, others]).toEqual(["an.admin", true, []]);
    const confirm = `/api/openings/${asked?.id}/confirm`;
    expect((await admin.send("POST", confirm)).statusCode, "alone").toBe(403);
    expect(await shown()).toEqual(closed);
    expect(await doctor()).toContain("Public page: off; asked for, and waits for a second person");
    expect((await auditor.send("POST", confirm)).statusCode).toBe(200);
    await expect.poll(shown).toEqual(open);
    expect(await doctor()).toContain("Public page: on, at /public");
    expect(await turn(auditor, false)).toBe("off");
    await expect.poll(shown).toEqual(closed);
  });

  test("an auditor asks as well, and withdraws", async () => {
    expect(await turn(auditor, true)).toBe("waits");
    expect(await waiting(admin)).toMatchObject([{ askedBy: "an.auditor", mayDecide: true }]);
    expect(await turn(auditor, false)).toBe("off");
    expect(await waiting(admin)).toEqual([]);
  });
});
