import type { Language } from "#core/releases/presentation/language.ts";
import type { Block, Shown, Slide } from "#core/releases/presentation/slide.ts";

/** What the law says, allows and does not allow; what helps; how to report. The same for every release. */
export function lawSlides(language: Language): readonly Slide[] {
  const { say } = language;
  const slide = (id: string, name: string, heading: string, blocks: readonly Block[]): Slide => ({
    id,
    name,
    heading,
    blocks,
    hasFigures: false,
  });
  return [
    slide("law", say("law.name"), say("law.heading"), [
      { kind: "text", text: say("law.not-offences"), look: "strong" },
      {
        kind: "list",
        items: [say("law.buying-in-street"), say("law.exploited"), say("law.child")],
      },
    ]),
    slide("selling", say("selling.name"), say("selling.heading"), [
      {
        kind: "list",
        items: [
          say("selling.loitering"),
          say("selling.brothel"),
          say("selling.control"),
          say("selling.victims"),
        ],
      },
    ]),
    slide("powers", say("powers.name"), say("powers.heading"), [
      {
        kind: "list",
        items: [
          say("powers.support"),
          say("powers.courses"),
          say("powers.warn"),
          say("powers.notice"),
          say("powers.exploiters"),
          say("powers.places"),
        ],
      },
    ]),
    slide("limits", say("limits.name"), say("limits.heading"), [
      {
        kind: "list",
        items: [
          say("limits.presence"),
          say("limits.search"),
          say("limits.arrest"),
          say("limits.course"),
          say("limits.tell"),
          say("limits.speed"),
        ],
      },
    ]),
    slide("you", say("you.name"), say("you.heading"), [
      {
        kind: "list",
        title: say("you.do"),
        items: [say("you.do-report"), say("you.do-worry"), say("you.do-place"), say("you.do-ask")],
      },
      {
        kind: "list",
        title: say("you.leave"),
        items: [
          say("you.leave-confront"),
          say("you.leave-film"),
          say("you.leave-follow"),
          say("you.leave-guess"),
        ],
      },
    ]),
    slide("help", say("help.name"), say("help.heading"), helpLines(language)),
    slide("contact", say("contact.name"), say("contact.heading"), reportLines(language)),
  ];
}

/** An emergency first; help before reports. */
export function helpLines({ say }: Language): readonly Block[] {
  return [
    {
      kind: "pairs",
      pairs: [
        { title: say("help.emergency"), text: say("help.emergency-how") },
        { title: say("help.violence"), text: say("help.violence-how") },
        { title: say("help.exploited"), text: say("help.exploited-how") },
        { title: say("help.local"), text: say("help.local-how") },
      ],
    },
  ];
}

export function reportLines({ say }: Language): readonly Block[] {
  return [
    {
      kind: "pairs",
      pairs: [
        { title: say("contact.emergency"), text: say("contact.emergency-how") },
        { title: say("contact.report"), text: say("contact.report-how") },
        { title: say("contact.anonymous"), text: say("contact.anonymous-how") },
        { title: say("contact.place"), text: say("contact.place-how") },
      ],
    },
  ];
}

/** The list of the ten hardest questions, then one slide for each with its answer. */
export function questionSlides(shown: Shown): readonly Slide[] {
  const { say } = shown.language;
  const all = questionsOf(shown);
  return [
    {
      id: "questions",
      name: say("questions.name"),
      heading: say("questions.heading"),
      blocks: [{ kind: "questions", questions: all.map(({ question }) => question) }],
      hasFigures: false,
    },
    ...all.map(
      ({ question, answer, source }, at): Slide => ({
        id: `q${at + 1}`,
        name: say("questions.counter", { number: String(at + 1), all: String(all.length) }),
        heading: question,
        blocks: [
          { kind: "text", text: answer },
          { kind: "text", text: say("questions.source", { source }), look: "quiet" },
        ],
        hasFigures: false,
      }),
    ),
  ];
}

interface Question {
  readonly question: string;
  readonly answer: string;
  readonly source: string;
}

export function questionsOf({ language: { say, count }, reply }: Shown): readonly Question[] {
  const { threshold } = reply.release;
  const ask = (question: string, answer: string, source: string) => ({ question, answer, source });
  return [
    ask(say("q.arrest"), say("q.arrest-answer"), say("q.arrest-source")),
    ask(say("q.risk"), say("q.risk-answer"), say("q.risk-source")),
    ask(say("q.street"), say("q.street-answer"), say("q.street-source")),
    ask(
      say("q.fewer", { threshold: count(threshold) }),
      say("q.fewer-answer", { most: count(threshold - 1) }),
      say("q.fewer-source"),
    ),
    ask(say("q.moved"), say("q.moved-answer"), say("q.moved-source")),
    ask(say("q.proof"), say("q.proof-answer"), say("q.proof-source")),
    ask(say("q.old"), say("q.old-answer"), say("q.old-source")),
    ask(say("q.names"), say("q.names-answer"), say("q.names-source")),
    ask(say("q.circle"), say("q.circle-answer"), say("q.circle-source")),
    ask(say("q.check"), say("q.check-answer"), say("q.check-source")),
  ];
}
