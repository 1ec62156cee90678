import { paperWords } from "#core/releases/presentation/words/paper.ts";
import { publicWords } from "#core/releases/presentation/words/public.ts";

const figureWords = {
  "slide.blank": "Press B for the slides.",

  "figure.not-shown": "Not shown: fewer than {threshold}, or withheld to protect another figure",
  "figure.fewer-than": "Fewer than {threshold}, or withheld",
  "figure.fewer-is-not-none": "“Fewer than {threshold}” means 0 to {most}, the same everywhere.",
  "figure.none-is-not-shown": "A month with none is not shown either.",
  "figure.before-records": "No figures yet: records may not reach back this far",
  "figure.not-shown-short": "not shown",
  "figure.none-yet-short": "no figures yet",

  "reported.name": "What residents reported",
  "reported.some": {
    one: "Residents made about {count} complaint in {area} in {month}.",
    other: "Residents made about {count} complaints in {area} in {month}.",
  },
  "reported.withheld": "{area}, {month}: the number of complaints is not shown.",
  "reported.highest": "The highest figure is in {areas}, about {count}.",
  "reported.highest-shared": "The highest figures are in {areas}, about {count} each.",
  "reported.label": "complaints in {month}, to the nearest {base}",
  "reported.sightings": {
    one: "Residents also reported about {count} sighting in {area} in {month}.",
    other: "Residents also reported about {count} sightings in {area} in {month}.",
  },
  "reported.sightings-withheld":
    "The number of sightings that residents reported in {area} in {month} is not shown.",
  "reported.sightings-what":
    "A sighting is a report of something that was seen, such as kerb crawling or needles left behind, passed on without a complaint. It does not count people.",
  "reported.sightings-row": "Sightings, {area}",
  "reported.what":
    "These are complaints made by residents. Records by police, arrests and searches are not included.",
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
  "done.identified": "Who police recorded, and what is not known",
  "done.enforcement": "Enforcement",
  "done.period": "{from} to {to}",
  "done.row": "{label}, {period}: {figure}",
  "done.group-empty": "No total is available for this release.",
  "done.nothing": "No totals are available for this release. That does not mean nothing was done.",
  "done.counts":
    "Totals for exactly the dates beside them, rounded to the nearest {base}. One person can be counted more than once, unless the total says otherwise.",

  "helped.name": "Did it help?",
  "helped.heading": "Did it help?",
  "helped.nothing":
    "This release has no assessment of an operation, so it cannot show whether anything helped.",
  "helped.interval": "“Between … and …” is the range in which the true change probably lies.",
  "helped.cannot-tell":
    "“Cannot tell” is a real answer: there were too few reports, or they vary too much.",
  "helped.cause":
    "A change after an operation is not proof that the operation made it. Other things change too.",

  "moved.name": "Did it move?",
  "moved.heading": "Did it move somewhere else?",
  "moved.nothing":
    "This release has no assessment of nearby areas, so it cannot show whether the problem moved.",
  "moved.unseen":
    "Where a neighbouring area gives no figures, a problem that moved over that line would not be seen.",
  "moved.people":
    "If a problem only moves, nobody has been helped, and the women may be further from support. So this question is asked every time.",
  "moved.note": "About the operation",

  "promised.name": "You said, we did",
  "promised.heading": "You said, we did, next by when",
  "promised.said": "You said",
  "promised.did": "We did",
  "promised.next": "Next",
  "promised.by": "By when",
  "promised.row": "You said: {said} We did: {did} Next: {next} By {by}.",
  "promised.nothing":
    "Nothing was recorded for this release. What you say tonight can be in the next one.",
} as const;

/** Around what data/law says, and what is no statement of an Act. */
const lawWords = {
  "law.name": "The law on buying",
  "law.heading": "What the law says about buying",
  "law.read": "As read on {date}. To be read again by {again}.",
  "law.due": "Read on {date}: check before you rely on it.",

  "selling.name": "The law on selling and exploiting",
  "selling.heading": "What the law says about selling, and about exploiting",
  "selling.victims":
    "Somebody who sells sex can be a victim of these. Then police are there to protect that person.",

  "powers.name": "What police can do",
  "powers.heading": "What police can do",
  "powers.support":
    "Help somebody to reach outreach workers, health services and housing. This comes first.",
  "powers.warn": "Warn, and where there is evidence caution, report or charge.",
  "powers.exploiters": "Investigate those who exploit, control or traffic others.",
  "powers.places": "Ask the council to change the place: lighting, alleys, empty buildings.",

  "limits.name": "What the law does not allow",
  "limits.heading": "What the law does not allow",
  "limits.presence":
    "Being in the street is not an offence, whoever somebody is or is thought to be.",
  "limits.speed": "Courts, not police, decide on guilt and punishment. That takes time.",

  "you.name": "What helps, what does not",
  "you.heading": "What you can do, and what to leave",
  "you.do": "What helps",
  "you.do-report":
    "Report what you saw, where and when. A late report helps police too, though a month that was shown stays as it was.",
  "you.do-worry": "Report worry about somebody's safety, not only nuisance.",
  "you.do-place": "Tell the council about lighting, litter and empty buildings.",
  "you.do-ask": "Ask here what came of it.",
  "you.leave": "What does not help",
  "you.leave-confront": "Do not confront anybody, buyer or seller. It can end in violence.",
  "you.leave-film":
    "Do not film or photograph people, and post nothing online. It can put somebody in danger.",
  "you.leave-follow": "Do not follow people or cars, or block the road.",
  "you.leave-guess":
    "Do not guess from looks or clothes who sells sex. Women who live here are stopped and stared at.",

  "help.name": "Where help is",
  "help.heading": "Where help is, for the women first",
  "help.emergency": "Somebody is in danger",
  "help.emergency-how":
    "999, textphone 18000. If you cannot speak on a mobile, stay on the line and press 55.",
  "help.violence": "Sexual violence, now or in the past, from age 16",
  "help.violence-how":
    "0808 500 2222, Rape Crisis support line of England and Wales, free, day and night",
  "help.exploited": "Somebody may be controlled",
  "help.exploited-how": "08000 121 700, Modern Slavery and Exploitation Helpline, free",
  "help.local": "Support near here",
  "help.local-how": "Ask the presenter, or the council, for outreach services of this area.",

  "contact.name": "How to report",
  "contact.heading": "How to report",
  "contact.emergency": "A crime is happening now",
  "contact.emergency-how": "999, always before anything else",
  "contact.report": "Not urgent, or over",
  "contact.report-how": "101, textphone 18001 101, or online through www.police.uk",
  "contact.anonymous": "Without your name",
  "contact.anonymous-how":
    "0800 555 111 or crimestoppers-uk.org: Crimestoppers, a charity and not the police",
  "contact.place": "Lighting, litter, empty buildings",
  "contact.place-how": "The council, or the neighbourhood policing team",
  "contact.data": "How data about you is used",
  "contact.data-how":
    "Complain to the force’s data protection officer. The force must acknowledge it within 30 days and tell you the outcome. After that: ico.org.uk",
} as const;

/**
 * The ten hardest questions at a public meeting, each with a short answer and its source. Claims
 * about the tool are backed by the tests that docs/safeguards.md names.
 */
const questionWords = {
  "questions.name": "Hard questions",
  "questions.heading": "Hard questions, short answers",
  "questions.counter": "Question {number} of {all}",
  "questions.source": "Where this comes from: {source}",

  "q.arrest": "Why don't you arrest them all?",
  "q.arrest-answer":
    "Selling sex is not an offence in itself, and an arrest must be necessary. Arrests and fines can move people to darker places and away from help. Those who exploit, and those who buy in the street, come first.",
  "q.arrest-source":
    "Street Offences Act 1959, section 1; Police and Criminal Evidence Act 1984, section 24 and Code G",

  "q.risk": "Are the women at risk from your patrols?",
  "q.risk-answer":
    "They can be. In a London study, street sex workers displaced by police had about 4.8 times the odds of recent violence from clients. The 95% interval is 2.0 to 12.1. A study of this kind cannot prove the cause. So support comes first, and patrols are planned to keep clear of outreach work. We tell nobody when and where, tonight included.",
  "q.risk-source": "Scientific Reports 14:8191, 2024; the tool's safeguards, rules 1 to 5",

  "q.street": "Why is my street not shown?",
  "q.street-answer":
    "The areas are large on purpose. In one street in one month a figure could point at a household that complained, or at a person. Police who plan with the reports see more than this; nothing finer is made public.",
  "q.street-source": "The tool's safeguards, rule 7",

  "q.fewer": "Does “fewer than {threshold}” mean none?",
  "q.fewer-answer":
    "Not necessarily: 0 to {most}, and we say the same for all of them. Some larger figures are left out too, because a small one could be worked out from them. Nobody here was forgotten because a figure is missing.",
  "q.fewer-source":
    "The 10-5 rule of the Office for National Statistics; the tool's safeguards, rule 7",

  "q.moved": "Did you move it to us?",
  "q.moved-answer":
    "We look at a strip of 1,000 metres on either side of each boundary, and the slide “Did it move?” says what was found. Where there are too few reports the answer is “cannot tell”. If reports fell here and rose next door, a note on every slide says so and cannot be switched off.",
  "q.moved-source": "The tool's safeguards, rule 11; how we count, Assessment",

  "q.proof": "How do you know that it was the police?",
  "q.proof-answer":
    "We don't know for certain. Reports in the streets of the operation are compared with the rest of the area over the same days. The interval says how sure that is. Weather, works, news and who comes forward change reports too.",
  "q.proof-source": "How we count, Assessment",

  "q.old": "Why are these figures so old?",
  "q.old-answer":
    "A month is shown one whole month after it ends. Then most late reports are in, and no figure shows who was where last night. After that it stays as it was. A late report still helps police.",
  "q.old-source": "The tool's safeguards, rule 7",

  "q.names": "Do you keep a list of the women, or of those who complain?",
  "q.names-answer":
    "This tool holds no names, birth dates, phone numbers, addresses or number plates; files that bring them are stripped or refused. Police keep crime records elsewhere, under the law on data protection, and you can ask them what they hold about you.",
  "q.names-source": "The tool's safeguards, rule 8; Data Protection Act 2018, section 45",

  "q.circle": "Do you only patrol where you have arrested people before?",
  "q.circle-answer":
    "No. Patrols are planned by what residents and partners reported. Arrests and searches happen where police already are, so they are kept apart and change no plan. A report that a woman sells sex sends no patrol; a complaint of nuisance can.",
  "q.circle-source": "The tool's safeguards, rule 9",

  "q.check": "Who checks you, and how do I challenge this?",
  "q.check-answer":
    "A second person approves each release, it is frozen under a number, and changing it later would show. Partners can hold it back. Ask tonight, write to the neighbourhood team with the release's number, or complain to the force. After that, go to the Independent Office for Police Conduct or the Information Commissioner.",
  "q.check-source": "The tool's safeguards, rules 7 and 12; docs/guide/residents.md",
} as const;

/**
 * Every text of the slides, the handout and the files that is not frozen with a release. Each
 * message is a whole sentence or label with placeholders in braces, so that translations can
 * reorder them. CONTRIBUTING.md says how to add one.
 */
export const english = {
  ...figureWords,
  ...lawWords,
  ...questionWords,
  ...paperWords,
  ...publicWords,
} as const;
export type WordKey = keyof typeof english;
