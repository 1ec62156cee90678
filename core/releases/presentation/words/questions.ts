/**
 * The ten hardest questions of a hall, each with a short answer and where it comes from. What is said
 * of the tool is held by the tests that docs/safeguards.md names.
 */
export const questionWords = {
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
    "They can be. In a study in London, street sex workers whom police had displaced had about 4.8 times the odds of recent violence from clients; the 95% interval is 2.0 to 12.1. A study of this kind cannot prove the cause. So support comes first, and patrols are planned to keep clear of outreach work. When and where is told to nobody, also not here.",
  "q.risk-source": "Scientific Reports 14:8191, 2024; the tool's safeguards, rules 1 to 5",

  "q.street": "Why is my street not shown?",
  "q.street-answer":
    "The areas are large on purpose. In one street in one month a figure could point at a household that complained, or at a person. Police who plan with the reports see more than this; nothing finer is made public.",
  "q.street-source": "The tool's safeguards, rule 7",

  "q.fewer": "Does “fewer than {threshold}” mean none?",
  "q.fewer-answer":
    "No. It can be none or anything up to {most}, and we say the same for all of them. Some larger figures are left out too, because a small one could be worked out from them. Nobody here was forgotten because a figure is missing.",
  "q.fewer-source":
    "The 10-5 rule of the Office for National Statistics; the tool's safeguards, rule 7",

  "q.moved": "Did you move it to us?",
  "q.moved-answer":
    "We look at a strip of 1,000 metres on either side of each boundary, and the slide “Did it move?” says what was found. Where there are too few reports the answer is “cannot tell”. If reports fell here and rose next door, a note on every slide says so and cannot be switched off.",
  "q.moved-source": "The tool's safeguards, rule 11; docs/definitions.md, Assessment",

  "q.proof": "How do you know that it was the police?",
  "q.proof-answer":
    "We don't know for certain. Reports in the streets of the operation are compared with the rest of the area over the same days, and the interval says how sure that is. Weather, works, news and who comes forward change reports too.",
  "q.proof-source": "docs/definitions.md, Assessment",

  "q.old": "Why are these figures so old?",
  "q.old-answer":
    "A month is shown once another whole month has passed since it ended, so that most late reports are in it and nobody can tell from a fresh figure who was where last night. It then stays as it was released: what is reported later still helps police, and changes no figure that was shown.",
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
    "A second person approves each release, it is frozen under a number, and changing it later would show. Partners can hold it back. Ask tonight, write to the neighbourhood team with the release's number, or complain to the force; after that, to the Independent Office for Police Conduct or the Information Commissioner.",
  "q.check-source": "The tool's safeguards, rules 7 and 12; docs/guide/residents.md",
} as const;
