// Loaded ahead of a server (NODE_OPTIONS=--import): its clock, and that of its embedded database, is wrong by so many
// milliseconds. A PostgreSQL server has a clock of its own.
const by = Number(process.env["BOXSTER_TEST_CLOCK_MS"] ?? "0");
const RightDate = globalThis.Date;
const now = () => RightDate.now() + by;
globalThis.Date = new Proxy(RightDate, {
  construct: (_date, given) =>
    given.length === 0 ? new RightDate(now()) : new RightDate(...given),
  get: (_date, name) => (name === "now" ? now : RightDate[name]),
});
