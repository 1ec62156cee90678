/** What residents reported, what was done, whether it helped or moved, and what comes next. */
export const figureWords = {
  "months.short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",

  "slide.blank": "Press B for the slides.",

  "figure.not-shown": "Not shown: fewer than {threshold}, or withheld to protect another figure",
  "figure.fewer-than": "Fewer than {threshold}, or withheld",
  "figure.fewer-is-not-none": "Fewer than {threshold} does not mean none.",
  "figure.none-is-not-shown": "A month with none is not shown either.",
  "figure.before-records": "No figures yet: records may not reach back this far",
  "figure.not-shown-short": "not shown",
  "figure.none-yet-short": "no figures yet",

  "reported.name": "What residents reported",
  "reported.some": "Residents made about {count} complaints in {area} in {month}.",
  "reported.withheld": "{area}, {month}: the number of complaints is not shown.",
  "reported.highest": "The highest figure is in {areas}, about {count}.",
  "reported.highest-shared": "The highest figures are in {areas}, about {count} each.",
  "reported.label": "complaints in {month}, to the nearest {base}",
  "reported.sightings": "Residents also reported about {count} sightings in {area} in {month}.",
  "reported.sightings-withheld":
    "The number of sightings that residents reported in {area} in {month} is not shown.",
  "reported.sightings-what":
    "A sighting is a report of something that was seen, such as kerb crawling or needles left behind, passed on without a complaint. It does not count people.",
  "reported.sightings-row": "Sightings, {area}",
  "reported.what":
    "These are complaints that residents made. What police found by themselves, arrests and searches are not in this number.",
  "reported.more-or-less":
    "A rise can mean that more happened, or that more people came forward. Reports are welcome either way.",

  "where.name": "Where: map",
  "where.heading": "Where residents complained, {month}",
  "where.map": "Map of complaints by area; the table holds the same figures",
  "where.key": "Complaints in the month, to the nearest {base}",
  "where.class": "{from} to {to}",
  "where.class-top": "{from} or more",
  "where.area": "{area}: {figure}",
  "where.withheld-areas": "Not shown, fewer than {threshold} or withheld: {areas}.",

  "list.name": "Where: table",
  "list.heading": "The same figures as a table, {month}",
  "list.caption": "Residents' complaints by area, {month}",
  "list.area": "Area",
  "list.count": "Complaints",
  "list.nothing": "No area has a figure that may be shown in this month.",

  "when.name": "When, in months",
  "when.heading": "Complaints in {area}, month by month",
  "when.point": "{month}: {figure}",
  "when.nothing": "Not shown in any of these months.",
  "when.months-only":
    "Whole months only, and none before another whole month has passed. Days and hours are never shown.",

  "done.name": "What was done",
  "done.heading": "What was done: support first, enforcement last",
  "done.outreach": "Outreach and support",
  "done.diversion": "Diversion: courses instead of court",
  "done.identified": "Who police found, and what is not known",
  "done.enforcement": "Enforcement",
  "done.period": "{from} to {to}",
  "done.row": "{label}, {period}: {figure}",
  "done.group-empty": "No total was given for this release.",
  "done.nothing":
    "No totals were given for this release. That does not mean that nothing was done.",
  "done.counts":
    "Totals for exactly the dates beside them, rounded to the nearest {base}. One person can be counted more than once, unless the total says otherwise.",

  "helped.name": "Did it help?",
  "helped.heading": "Did it help?",
  "helped.nothing":
    "This release holds no assessment of an operation. Whether anything helped cannot be told from it.",
  "helped.interval":
    "An interval is the range in which the true change probably lies. “Cannot tell” is a real answer: there were too few reports, or they vary too much.",
  "helped.cause":
    "A change after an operation is not proof that the operation made it. Other things change too.",

  "moved.name": "Did it move?",
  "moved.heading": "Did it move somewhere else?",
  "moved.nothing":
    "This release holds no assessment of the areas around. Whether the problem moved cannot be told from it.",
  "moved.unseen":
    "Where a neighbouring area gives no figures, a problem that moved over that line would not be seen.",
  "moved.people":
    "If a problem only moves, nobody has been helped, and the women may be further from support. So this question is asked every time.",
  "moved.note": "About the operation",
  "moved.unknown":
    "It could not be read whether reports rose near a line while they fell in the streets of an operation.",
  "moved.awaited":
    "It was not read yet whether reports rose near a line while they fell in the streets of an operation. Print this again.",

  "promised.name": "You said, we did",
  "promised.heading": "You said, we did, next by when",
  "promised.said": "You said",
  "promised.did": "We did",
  "promised.next": "Next",
  "promised.by": "By when",
  "promised.row": "You said: {said} We did: {did} Next: {next} By {by}.",
  "promised.nothing":
    "Nothing was written down for this release. What you say tonight can be in the next one.",
} as const;
