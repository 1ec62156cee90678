/** What is done to accounts, as the audit chain and whoever reads it call it: by page and by command alike. */
export const accountActs = {
  list: "read accounts",
  add: "add an account",
  change: "change an account",
  disable: "disable an account and end its sessions",
  enable: "enable an account",
  oneTimeSecret: "give out a one-time secret",
  password: "set the password of an account",
  deviceLink: "give out a link to set up a phone",
  takeDevice: "take a phone away",
  askToClear: "ask to clear a second factor",
  clearSecondFactor: "clear a second factor",
  signInBy: "set how people sign in",
  policeContact: "set the number that partners phone",
  openings: "read what was opened for accounts",
  confirm: "confirm access as a second person",
  refuse: "refuse access as a second person",
} as const;
