export const paperWords = {
  "method.name": "How it is counted",
  "method.heading": "How it is counted",
  "method.release": "Release {number}, as at {asAt}, approved {approved}",
  "method.hash": "SHA-256 {hash}",
  "method.hash-before": "SHA-256 of the release before {hash}",
  "method.first": "There was no release before it.",
  "method.check":
    "The hash is a fingerprint: it changes if anything in the release is changed. Compare it with the one the force publishes.",

  "foot.source": "Source: complaints recorded by the command.",
  "foot.release": "Release {number}",
  "foot.step": "{step} of {all}",

  "withdrawn.heading": "Release {number} was withdrawn on {date}",
  "withdrawn.what": "Its figures are no longer shown. Please do not use copies.",

  "paper.title": "Operation Boxster: what residents reported",
  "paper.page": "Page {page} of {all}",
  "paper.withdrawn": "This release was withdrawn on {date}. Please do not use it.",
  "paper.where": "Where, {month}",
  "paper.done": "What was done",
  "paper.helped": "Did it help, and did it move?",
  "paper.promised": "You said, we did, next by when",
  "paper.law": "The law, in short",
  "paper.report": "Report, and find help",
  "paper.method": "How it is counted",
  "paper.more": {
    one: "{count} more is in the text version and the release file.",
    other: "{count} more are in the text version and the release file.",
  },
  "paper.mark-words": "This is a demonstration. Nothing in it happened.",

  "file.title": "Release {number}: what residents reported",
  "file.about":
    "This file holds the whole release. It works offline and runs no program, so it opens on any computer.",
  "file.table": "All figures: residents' complaints by area and month",
  "file.questions": "Hard questions, short answers",
  "file.text-about":
    "This is the text version, for screen readers. Figures are to the nearest {base}; “not shown” is fewer than {threshold}, or withheld.",
  "file.by-month": "Complaints by area and month",
  "file.note": "fewer than {threshold}, or withheld to protect another figure",
} as const;
