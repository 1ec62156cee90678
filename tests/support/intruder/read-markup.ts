import { complaintsKey, decoded, type Reader, type Row } from "#tests/support/intruder/reading.ts";

/** A file, slides or a handout: words, tables, and what is drawn. */
export function readMarkup(reader: Reader): void {
  readTables(reader);
  readMap(reader);
  readMonths(reader);
  readGroups(reader);
  reader.take(/<dt>([^<]+?), ([^<]+)<\/dt><dd>([^<]*)<\/dd>/g, (label, period, words) => {
    const isTotal = /\d{4} to \d/.test(period);
    if (isTotal) reader.figure(`done ${decoded(label)}, ${period}`, words);
    return isTotal ? " " : `${label} ${period} ${words}`;
  });
}

/** Of slides and files: a period stands over the rows, and beside those that have another. */
function readGroups({ take, figure }: Reader): void {
  const groups =
    /(<section class="block block--group">.*?<\/section>|<h3>[^<]*<\/h3>(?:<p class="quiet">[^<]*<\/p>)?<dl>.*?<\/dl>)/gs;
  take(groups, (group) => {
    const over =
      /<\/h\d><(?:span class="block__basis"|p class="quiet")>([^<]*\d{4} to \d[^<]*)<\/(?:span|p)>/g;
    const [usual] = textsOf(group, over);
    const row =
      /<dt>([^<]+?)(?:<span class="(?:block__basis|quiet)">,? ([^<]+)<\/span>)?<\/dt><dd>([^<]*)<\/dd>/g;
    return group.replaceAll(row, (whole, label: string, own: string | undefined, words: string) => {
      const period = own ?? usual;
      if (period === undefined) return whole;
      figure(`done ${decoded(label)}, ${period}`, words);
      return " ";
    });
  });
}

/** "2021-09" of "Sep 2021" */
function shortMonthOf(words: string): string {
  const at = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const month = at.indexOf(words.slice(0, 3)) + 1;
  return `${words.slice(4)}-${String(month).padStart(2, "0")}`;
}

function readTables(reader: Reader): void {
  const { form, take, figure, readings } = reader;
  take(/<table[^>]*>(.*?)<\/table>/gs, (table) => {
    const heads = textsOf(table, /<th scope="col"[^>]*>([^<]*)</g).slice(1);
    const months = heads.every((head) => /^\w{3} \d{4}$/.test(head))
      ? heads.map(shortMonthOf)
      : null;
    const rows: Row[] = [];
    for (const [, row = ""] of table.matchAll(/<tr>(<th scope="row">.*?)<\/tr>/gs)) {
      const [name = ""] = textsOf(row, /<th scope="row">([^<]*)</g);
      const cells = textsOf(row, /<td[^>]*>([^<]*)</g);
      const [, sightings] = /^Sightings, (.+)$/.exec(name) ?? [];
      const id = reader.idOf(sightings ?? name);
      cells.forEach((words, at) => {
        const month = months?.[at] ?? form.month;
        figure(
          sightings === undefined ? complaintsKey(id, month) : `sightings ${id} ${month}`,
          words,
        );
      });
      if (months === null) rows.push({ name, key: complaintsKey(id, form.month) });
    }
    if (months === null) readings.push({ what: "order", rows });
  });
}

/** Colours by the legend, what stands behind each area for whoever cannot see it, and the figures on it. */
function readMap(reader: Reader): void {
  const { form, take, figure, readings, complaints } = reader;
  const classes: { from: number; to: number }[] = [];
  take(/<ul class="(?:key|panel-key[^"]*)">(.*?)<\/ul>/gs, (legend) => {
    for (const words of textsOf(legend, /(?:<\/svg> |<\/span>)([\d,]+[^<]*)<\/li>/g)) {
      const [from = 0, to = from] = (words.match(/[\d,]+/g) ?? []).map(numberOf);
      classes.push({ from, to: words.includes("more") ? Number.POSITIVE_INFINITY : to });
    }
  });
  const rows: Row[] = [];
  take(
    /<path class="(?:c|panel-map__area panel-map__area--)(\d)" d="[^"]*"><title>([^<]*?): ([^<]*)<\/title><\/path>/g,
    (digit, name, words) => {
      const key = complaints(name, form.month);
      figure(key, words);
      rows.push({ name: decoded(name), key });
      const shade = classes[Number(digit) - 1];
      if (shade) readings.push({ what: "class", key, ...shade });
    },
  );
  readings.push({ what: "order", rows });
  take(
    /<text [^>]*>((?:<tspan[^>]*>[^<]*<\/tspan>)*?)(?:<tspan[^>]*class="(?:n|panel-map__count[^"]*)"[^>]*>([^<]*)<\/tspan>)?<\/text>/g,
    (lines, count) => {
      const name = textsOf(lines, />([^<]*)<\/tspan>/g).join(" ");
      figure(complaints(name, form.month), count);
    },
  );
}

/** Of one area: in words, and as bars whose heights can be measured. */
function readMonths(reader: Reader): void {
  const { form, take, figure, readings, monthOf } = reader;
  const keyOf = (month: string) => complaintsKey(form.area, month);
  let columns: readonly string[] = [];
  const inWords = (words: string) => {
    const months = words.split("; ").map((one) => one.split(": ", 2));
    columns = months.map(([month = ""]) => monthOf(month));
    for (const [month = "", said = ""] of months) figure(keyOf(monthOf(month)), said);
  };
  take(/<li>(\w+ \d{4}: [^<]*)<\/li>/g, (words) => inWords(words));
  take(/role="img" aria-label="(\w+ \d{4}: [^"]*)"/g, (words) => inWords(words));
  let at = 0;
  take(
    /<div class="panel-months__plot[^"]*">(?:<span class="panel-months__few[^"]*"><\/span>)?(?:<span class="panel-months__count[^"]*">([^<]*)<\/span>)?(?:<div class="panel-months__bar[^"]*" style="flex-basis:([\d.]+)%"><\/div>)?<\/div>/g,
    (count, height) => {
      const key = keyOf(columns[at % columns.length] ?? "");
      at += 1;
      figure(key, count);
      if (height !== "")
        readings.push({ what: "bar", key, chart: form.area, height: Number(height) });
    },
  );
}

function numberOf(words: string): number {
  return Number(words.replaceAll(",", ""));
}

function textsOf(markup: string, look: RegExp): string[] {
  return Array.from(markup.matchAll(look), ([, text = ""]) => decoded(text));
}
