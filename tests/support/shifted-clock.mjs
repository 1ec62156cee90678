// Loaded ahead of a server (NODE_OPTIONS=--import): its clock, and that of its embedded database, is wrong by so many
// milliseconds. A PostgreSQL server has a clock of its own.
const by = Number(process.env["BOXSTER_TEST_CLOCK_MS"] ?? "0");
const RightDate = Date;
globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + by);
    else super(...given);
  }
  static now() {
    return RightDate.now() + by;
  }
};
