interface Given {
  readonly positionals?: readonly string[];
  readonly values?: Readonly<Record<string, string | boolean>>;
  readonly secret?: string;
}

/** A command that is typed, and its line in the audit chain. */
export interface Sample extends Given {
  readonly command: string;
  readonly outcome?: "refused";
  /** The act of a line of its own, ahead of what is done. */
  readonly begins?: string;
  /** What the system itself did about it, each with a line under its own name, by act. */
  readonly system?: readonly string[];
  /** Written by hand: what the line says beside the act. */
  readonly says: string;
}

/** Whoever drafts cannot approve. The demonstration brought release 1 and draft 1 with it. */
export const releaseCommands: readonly Sample[] = [
  { command: "release", positionals: ["list"], says: "releases drafts" },
  { command: "release", positionals: ["create"], says: "draft from to" },
  { command: "release", positionals: ["check"], says: "releases faults" },
  { command: "release", positionals: ["approve", "2"], outcome: "refused", says: "status" },
  { command: "release", positionals: ["export", "1"], says: "release" },
];

export const userCommands: readonly Sample[] = [
  {
    command: "user",
    positionals: ["add", "tester.two"],
    values: { role: "admin" },
    secret: "four geese over the water",
    says: "account role",
  },
  { command: "user", positionals: ["list"], says: "" },
  { command: "user", positionals: ["disable", "tester.two"], says: "account" },
  { command: "user", positionals: ["enable", "tester.two"], says: "account" },
  // Nothing waits for a second person.
  ...["confirm", "refuse"].map(
    (word): Sample => ({
      command: "user",
      positionals: [word, "tester.two"],
      outcome: "refused",
      says: "account status",
    }),
  ),
  {
    command: "user",
    positionals: ["password", "tester.two"],
    secret: "five geese over the water",
    says: "account",
  },
  { command: "user", positionals: ["set-up", "tester.two"], says: "account" },
  {
    command: "user",
    positionals: ["clear-second-factor", "tester.two"],
    outcome: "refused",
    says: "account",
  },
  { command: "user", positionals: ["passwords", "on"], says: "localPasswords" },
];

export const pushCommands: readonly Sample[] = [
  {
    command: "push",
    positionals: ["setup"],
    values: { contact: "mailto:desk@example.test" },
    says: "",
  },
  { command: "push", positionals: ["off"], says: "" },
];

export const partnerCommands: readonly Sample[] = [
  { command: "partner", positionals: ["add", "Somebody New"], says: "partner" },
  {
    command: "partner",
    positionals: ["link", "worker.two"],
    values: { partner: "Somebody New" },
    says: "account",
  },
  { command: "partner", positionals: ["take-away", "worker.two"], says: "account phones" },
  { command: "partner", positionals: ["contact", "none"], says: "policeContact" },
];

export const streetsCommands = (file: (name: string) => string): readonly Sample[] =>
  ["streets", "basemap"].flatMap((command): Sample[] => [
    { command, positionals: ["add", file("bad.csv")], outcome: "refused", says: "" },
    {
      command,
      positionals: ["get", "http://127.0.0.1:9/all.pmtiles"],
      outcome: "refused",
      says: "",
    },
    { command, positionals: ["check"], outcome: "refused", says: "" },
    { command, positionals: ["remove"], says: "removed" },
  ]);
