import { describe, expect, test } from "vitest";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { plainTable, readText } from "#tests/support/import.ts";

const here = "51.6179,-0.0631";

describe("ready profiles", () => {
  const street = (row: string) =>
    readText(
      `Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n${row}`,
    );

  test("data.police.uk street crime becomes resident complaints of a month", () => {
    const { drafts, outline } = street(
      ",2021-11,Metropolitan Police Service,Metropolitan Police Service,-0.0631,51.6179,On or near Brettenham Road,E01001411,Enfield 032A,Anti-social behaviour,,",
    );
    expect(outline.profile).toBe("police-uk-street");
    expect(drafts).toMatchObject([
      {
        kind: "complaint",
        source: "resident",
        category: "asb",
        cell: cellAt([-0.0631, 51.6179], eventResolution),
        startsAt: Date.UTC(2021, 10, 1),
        endsAt: Date.UTC(2021, 11, 1),
      },
    ]);
  });

  test("other crime types are other, and rows without a point are refused", () => {
    const { drafts, faults } = street(
      "ab12,2021-06,M,M,-0.0631,51.6179,On or near X,E0,L,Burglary,,\ncd34,2021-06,M,M,,,No location,,,Robbery,,",
    );
    expect(drafts.map((draft) => draft.category)).toEqual(["other"]);
    expect(faults).toEqual([
      {
        row: 3,
        column: "Latitude, Longitude",
        value: "",
        reason: "the row has no place",
        place: "empty",
      },
    ]);
  });

  test("stop and search is police, in UTC, and its person columns are dropped", () => {
    const { drafts, outline } = readText(
      `Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome\nPerson search,2021-07-01T22:30:00+00:00,,,${here},Female,18-24,Other,Other,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest`,
    );
    expect(outline).toMatchObject({
      profile: "police-uk-stop-search",
      blockedColumns: [
        "Gender",
        "Age range",
        "Self-defined ethnicity",
        "Officer-defined ethnicity",
      ],
    });
    const at = Date.UTC(2021, 6, 1, 22, 30);
    expect(drafts).toMatchObject([
      { kind: "stop_search", source: "police", category: "other", startsAt: at, endsAt: at },
    ]);
    expect(JSON.stringify(drafts)).not.toMatch(/Female|18-24/);
  });

  test("collisions ask for a kind and are traffic at local time", () => {
    const file = `accident_index,longitude,latitude,date,time\n2022010352578,-0.0631,51.6179,2022/07/01,02:24`;
    expect(() => readText(file)).toThrow(/does not say what kind its events are; give --kind/);
    const { drafts, outline } = readText(file, { kind: "complaint" });
    expect(outline.profile).toBe("dft-collisions");
    expect(drafts).toMatchObject([
      {
        kind: "complaint",
        source: "resident",
        category: "traffic",
        startsAt: Date.UTC(2022, 6, 1, 1, 24),
      },
    ]);
  });

  test("a profile refuses a kind or a source that it cannot have", () => {
    const file = `Month,Longitude,Latitude,Crime type\n2021-06,-0.0631,51.6179,Burglary`;
    expect(() => readText(file, { kind: "arrest" })).toThrow(/holds events of the kind complaint/);
    expect(() =>
      readText(plainTable(["2021-06-05"]), { kind: "arrest", source: "partner" }),
    ).toThrow(/always police/);
  });

  test("a profile given by name is not guessed, and says what it misses", () => {
    expect(() => readText(plainTable(["2021-06-05"]), { profile: "police-uk-street" })).toThrow(
      /^Line 1: no column is recognised for: month; crime type; date .*read as data.police.uk street/,
    );
  });
});

describe("a plain table", () => {
  const read = (header: string, row: string, choices: Parameters<typeof readText>[1] = {}) =>
    readText(`${header}\n${row}`, choices);

  test("is read by headers as people write them", () => {
    const { drafts, outline } = read(
      "Incident Date;TIME;Lat;Long;EventType;Category;Source;CAD Ref;Officer Name;Notes",
      "05/06/2021;14:05;51.6179;-0.0631;Sighting;Kerb-crawling;Partner;CAD/1234;A Person;free text",
      { dates: "day-first" },
    );
    expect(drafts).toMatchObject([
      { kind: "sighting", category: "kerb_crawling", source: "partner", reference: "CAD/1234" },
    ]);
    expect(outline.mapping).toMatchObject({
      date: "Incident Date",
      time: "TIME",
      kind: "EventType",
      reference: "CAD Ref",
    });
    expect(outline.blockedColumns).toEqual(["Officer Name", "Notes"]);
  });

  test("eastings and northings fall into the same cell as their degrees", () => {
    const degrees = read("Date,Lat,Lng,Kind", `2021-06-05,${here},complaint`);
    const grid = read("Date,Easting,Northing,Kind", "2021-06-05,534191.4,192784.6,complaint");
    expect(grid.drafts[0]?.cell).toBe(degrees.drafts[0]?.cell);
  });

  test("columns can be said by hand, with short names of roles", () => {
    const { drafts } = read("A,B,C,D", `2021-06-05,${here},litter`, {
      map: { date: "A", lat: "B", lng: "C", category: "D" },
      kind: "complaint",
    });
    expect(drafts).toMatchObject([{ category: "litter_needles" }]);
  });

  test("a column that is not there, or a role that is none, is refused by name", () => {
    const file = plainTable(["2021-06-05"]);
    expect(() => readText(file, { map: { date: "When" } })).toThrow(
      /there is no column "When" for date; the columns are "Date", "Latitude", "Longitude"/,
    );
    expect(() => readText(file, { map: { colour: "Date" } })).toThrow(/"colour" is no role/);
  });

  test("a type column of categories is the category where no other column is", () => {
    const { drafts } = read("Date,Lat,Lng,Type", `2021-06-05,${here},Needles`, {
      kind: "complaint",
    });
    expect(drafts).toMatchObject([{ kind: "complaint", category: "litter_needles" }]);
  });

  test.each([
    ["complaint", "resident"],
    ["sighting", "police"],
    ["arrest", "police"],
    ["stop and search", "police"],
  ])("%s without a source is %s", (kind, source) => {
    const { drafts } = read("Date,Lat,Lng,Kind", `2021-06-05,${here},${kind}`);
    expect(drafts).toMatchObject([{ source }]);
  });

  test("an arrest stays police whatever its source column says", () => {
    const { drafts } = read("Date,Lat,Lng,Kind,Source", `2021-06-05,${here},arrest,resident`);
    expect(drafts).toMatchObject([{ kind: "arrest", source: "police" }]);
  });

  test("words outside the closed lists are refused and the lists are named", () => {
    const header = "Date,Lat,Lng,Kind,Category,Source";
    const bad = (row: string) => read(header, `2021-06-05,${here},${row}`).faults[0];
    expect(bad("complaint,loud music,resident")).toEqual({
      row: 2,
      column: "Category",
      value: "loud music",
      reason:
        "not a known category; the categories are kerb_crawling, street_sex_work, asb, litter_needles, traffic, other",
    });
    expect(bad("party,asb,resident")?.reason).toMatch(
      /kinds are sighting, complaint, arrest, stop/,
    );
    expect(bad("complaint,asb,a bird")?.reason).toMatch(/sources are resident, partner, police/);
    expect(bad("complaint,=HYPERLINK(1),")?.column).toBe("Category");
  });

  test("no category column, or an empty cell, is other and the first is said", () => {
    const { drafts, outline } = read("Date,Lat,Lng,Kind", `2021-06-05,${here},complaint`);
    expect(drafts).toMatchObject([{ category: "other" }]);
    expect(outline.notes).toEqual(["No column says the category: every event is kept as other."]);
  });

  test("a row wider than the header is refused, a shorter one is not", () => {
    const { drafts, faults } = read(
      "Date,Lat,Lng,Kind,Category",
      `2021-06-05,${here},complaint,asb,loose,\n2021-06-05,${here},complaint`,
    );
    expect(drafts).toHaveLength(1);
    expect(faults).toMatchObject([
      { row: 2, reason: expect.stringContaining("the row has 7 cells") as unknown },
    ]);
  });
});

describe("files that are refused whole", () => {
  test.each([
    ["", /file is empty/],
    ["\n\n \n", /file is empty/],
    ["Date,Lat,Lng,Kind\n", /header and no rows/],
    ["hello world\nthis is prose\n", /no column is recognised for: date/],
    ["Date,Kind\n2021-06-05,complaint", /no column is recognised for: latitude and longitude/],
  ])("%j", (text, reason) => {
    expect(() => readText(text)).toThrow(reason);
  });
});

describe("which rows are one event", () => {
  const identities = (text: string, choices = {}) =>
    readText(text, choices).drafts.map((draft) => draft.identity);

  test("the source's own id decides, whatever was corrected since", () => {
    const header = "Crime ID,Month,Longitude,Latitude,Crime type,Last outcome category";
    const first = identities(
      `${header}\nab12,2021-06,-0.0631,51.6179,Burglary,Under investigation`,
    );
    const second = identities(`${header}\nab12,2021-06,-0.0632,51.6179,Burglary,Charged`);
    expect(second).toEqual(first);
  });

  test("a reference tells a complaint and an arrest of one incident apart", () => {
    const [one, two] = identities(
      `Date,Lat,Lng,Kind,Reference\n2021-06-05,${here},complaint,CAD1\n2021-06-05,${here},arrest,CAD1`,
    );
    expect(one).not.toBe(two);
  });

  test("the same content written another way is the same event", () => {
    const written = identities(`Date,Lat,Lng,Kind\n25/06/2021 14:05,51.6179,-0.0631,complaint`);
    const other = identities(
      `lng\tlat\tWhen\tevent type\n-0.063100\t51.61790\t2021-06-25T13:05:00Z\tComplaint`,
    );
    expect(other).toEqual(written);
  });

  test("a column that only numbers the rows is no id", () => {
    const file = (day: string) =>
      `ID,Date,Lat,Lng,Kind\n1,2021-06-${day},${here},complaint\n2,2021-06-${day},51.6180,-0.0631,complaint`;
    expect(identities(file("05"))).not.toEqual(identities(file("06")));
    expect(readText(file("05")).drafts.map((draft) => draft.reference)).toEqual([null, null]);
  });

  test("a reference that could be a name is refused unseen", () => {
    const { faults } = readText(
      `Date,Lat,Lng,Kind,Reference\n2021-06-05,${here},complaint,A. Person\n2021-06-05,${here},complaint,X9`,
    );
    expect(faults).toMatchObject([{ row: 2, column: "Reference", value: "(not shown)" }]);
  });
});
