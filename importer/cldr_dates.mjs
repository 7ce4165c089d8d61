// Writes cldr_dates.txt, the words in which My Activity spells dates, from Unicode's CLDR:
//
//	npm install cldr-core cldr-dates-full && node cldr_dates.mjs node_modules > cldr_dates.txt
import { readFileSync } from "node:fs";
import { join } from "node:path";

const modules = process.argv[2];
const read = (...parts) => JSON.parse(readFileSync(join(modules, ...parts)));
const levels = read("cldr-core", "coverageLevels.json").effectiveCoverageLevels;
const periods = read("cldr-core", "supplemental", "dayPeriods.json").supplemental.dayPeriodRuleSet;

// words spells a text as the reader of dates compares it: its numbers and words in lower case, without invisible marks.
const words = (text) => (text.replace(/\p{Cf}/gu, "").normalize("NFC").toLowerCase().match(/\p{Nd}+|[\p{L}\p{M}]+/gu) ?? []).join(" ");
const spelled = (text) => text.replace(/\p{Cf}/gu, "").replace(/\s/gu, " ").trim().normalize("NFC").toLowerCase();
const literals = (pattern) => [...pattern.matchAll(/'([^']*)'|([^\sA-Za-z'{}]+)/gu)].map((m) => words(m[1] ?? m[2])).filter((w) => /\p{L}/u.test(w));

const months = Array.from({ length: 12 }, () => new Map()); // word → whether all languages with it end the year with a dot
const sets = { am: new Set(), pm: new Set(), join: new Set(), gmt: new Set() };

for (const [locale, level] of Object.entries(levels)) {
  if (level !== "modern") continue;
  let dates;
  try {
    dates = read("cldr-dates-full", "main", locale, "ca-gregorian.json").main[locale].dates.calendars.gregorian;
  } catch {
    continue; // the language's default script has the data
  }
  const pattern = (of, width) => of[width]._value ?? of[width];
  const medium = pattern(dates.dateFormats, "medium");
  const dotted = medium.endsWith("y.");
  for (const context of Object.values(dates.months)) {
    for (const width of ["abbreviated", "wide"]) {
      for (const [key, name] of Object.entries(context[width])) {
        for (const date of [medium, pattern(dates.dateFormats, "long")]) {
          const [, before, after] = date.match(/([^\sA-Za-z'.,،-]?)M{3,}'?([^\sA-Za-z'.,،-]*)/u) ?? [, "", ""];
          for (const word of [words(name), words(before + name + after)]) {
            if (/\p{L}/u.test(word)) months[parseInt(key) - 1].set(word, dotted && (months[parseInt(key) - 1].get(word) ?? true));
          }
        }
      }
    }
  }
  for (const width of ["medium", "long"]) {
    for (const p of [pattern(dates.dateFormats, width), pattern(dates.timeFormats, width), dates.dateTimeFormats[width], dates["dateTimeFormats-atTime"]?.standard?.[width] ?? ""]) {
      for (const w of literals(p)) for (const word of w.split(" ")) sets.join.add(word);
    }
    addHalves(locale, dates.dayPeriods.format, /B/.test(pattern(dates.timeFormats, width).replace(/'[^']*'/g, "")));
  }
  const zones = read("cldr-dates-full", "main", locale, "timeZoneNames.json").main[locale].dates.timeZoneNames;
  for (const name of [zones.gmtZeroFormat, zones.gmtFormat.replace("{0}", ""), zones.zone.Etc?.UTC?.short?.standard ?? "UTC"]) sets.gmt.add(spelled(name).replace(/^[[\](){}]+|[[\](){}]+$/g, ""));
}

// addHalves adds the words for the halves of the day, and for its parts where a language spells the clock with those.
function addHalves(locale, format, parts) {
  const rules = periods[locale] ?? periods[locale.split("-")[0]] ?? {};
  for (const width of ["abbreviated", "wide"]) {
    for (const [key, name] of Object.entries(format[width])) {
      const half = key.slice(0, 2);
      if (half === "am" || half === "pm") sets[half].add(spelled(name));
      else if (parts && rules[key]?._from) sets[parseInt(rules[key]._from) < 12 ? "am" : "pm"].add(spelled(name));
    }
  }
}

const notice = readFileSync(join(modules, "cldr-dates-full", "LICENSE"), "utf8").trim();
const version = read("cldr-dates-full", "package.json").version;
const all = [`Words of dates from Unicode's CLDR ${version}, written by cldr_dates.mjs. Do not edit.`, "", ...notice.split("\n")].map((line) => `# ${line}`.trimEnd());
const list = (key, of) => [...of].sort().forEach((word) => all.push(`${key}\t${word}`));
months.forEach((m, i) => {
  const elsewhere = (word) => months.some((other, j) => j !== i && other.has(word));
  list(`month ${i + 1}`, [...m.keys()].filter((w) => !elsewhere(w) || !m.get(w)));
  list(`dotted ${i + 1}`, [...m.keys()].filter((w) => elsewhere(w) && m.get(w)));
});
for (const [key, of] of Object.entries(sets)) list(key, of);
console.log(all.join("\n"));
