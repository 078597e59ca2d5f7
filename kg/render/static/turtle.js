// Claims as Turtle, in the form that kg/rdf/encode.py writes: the direct triple of a fact, a node
// for each claim with its evidence, and the entities, times, metrics and documents that they name.
const PREFIXED = /^[A-Za-z0-9_\u3400-\u9fff][\w\u00b7\u3400-\u9fff-]*$/u;
const NOT_IRI = /[\u0000-\u0020"<>\\^`{|}[\]\u007f-\u009f\p{C}\p{Z}\ufff0-\uffff]/gu;
const LITERAL_ESCAPES = new Map([["\\", "\\\\"], ['"', '\\"'], ["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);
const MOMENTS = [[/^\d{4}$/, "xsd:gYear"], [/^\d{4}-\d\d$/, "xsd:gYearMonth"], [/^\d{4}-\d\d-\d\d$/, "xsd:date"], [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/, "xsd:dateTime"]];
const prefixes = new Map(Object.entries(data.prefixes));
const namespaces = [...prefixes].sort((a, b) => b[1].length - a[1].length);

const percentEncode = (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
const segment = (name) => [...name.normalize("NFC")].map((char) => (char === " " ? "_" : /[<>"{}|\\^`%/?#[\]@!$&'()*+,;=:_]/.test(char) ? percentEncode(char) : char.replace(NOT_IRI, percentEncode))).join("");
const minted = (prefix, ...names) => prefixes.get(prefix) + names.map(segment).join("_");
const expandName = (name) => {
  const [, prefix, local] = /^([^:]*):(.*)$/su.exec(name) ?? [];
  return prefixes.has(prefix) ? prefixes.get(prefix) + local : name;
};

// What a name becomes that is no IRI: an entity of that name.
function asIri(name) {
  const iri = expandName(name);
  const valid = /^[a-z][a-z0-9+.-]*:./i.test(iri) && (!/^[a-z0-9+.-]+:\/\//i.test(iri) || URL.canParse(iri));
  if (!valid) return minted("ent", name);
  const [body, ...fragment] = iri.replace(/%(?![0-9a-f]{2})/gi, "%25").replace(NOT_IRI, percentEncode).split("#");
  return fragment.length ? `${body}#${fragment.join("%23")}` : body;
}
function ref(name) {
  const iri = asIri(name), [prefix, start] = namespaces.find(([, namespace]) => iri.startsWith(namespace)) ?? [null, ""];
  return prefix !== null && PREFIXED.test(iri.slice(start.length)) ? `${prefix}:${iri.slice(start.length)}` : `<${iri}>`;
}
function literal(text, tag = "") {
  const escaped = text.replace(/[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (char) => LITERAL_ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${escaped.replace(/\p{Cs}/gu, "\ufffd")}"${/^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag) ? `@${tag}` : ""}`;
}
function decimal(value) {
  const text = String(value);
  if (/e\+/.test(text)) return `${BigInt(value)}.0`;
  if (/e-/.test(text)) return value.toFixed(20).replace(/0+$/, "").replace(/\.$/, ".0");
  return text.includes(".") ? text : `${text}.0`;
}
function moment(value) {
  const lexical = /T\d\d:\d\d$/.test(value) ? `${value}:00` : value;
  const [, type] = MOMENTS.find(([form]) => form.test(lexical)) ?? [];
  return type ? `"${lexical}"^^${type}` : literal(value);
}

// Subject → its "predicate object" lines; each triple once, subjects in the order of their sections.
class Triples {
  constructor() { this.subjects = new Map(); }
  add(subject, ...pairs) {
    if (!this.subjects.has(subject)) this.subjects.set(subject, new Set());
    const lines = this.subjects.get(subject);
    for (const [predicate, ...objects] of pairs) for (const object of objects) if (object) lines.add(`${predicate} ${object}`);
  }
  toString() {
    const body = [...this.subjects].filter(([, lines]) => lines.size).map(([subject, lines]) => `${subject} ${[...lines].join(" ;\n    ")} .\n`).join("\n");
    const used = [...prefixes].filter(([prefix]) => body.includes(`${prefix}:`));
    return `${used.map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`).join("")}\n${body}`;
  }
}

const stance = (told) => ["polarity", "modality"].map((name) => [`kg:${name}`, `kg:${told[name][0].toUpperCase()}${told[name].slice(1)}`]);
const endRef = (end) => ref(end.node ? keys.get(end.node) : end.key ?? end.text);

function addTime(to, subject, times) {
  if (!times) return;
  const parts = times.start === times.end ? [times.start] : [times.start, times.end];
  const node = ref(minted("time", ...parts.map((part) => part ?? ""), times.precision));
  to.add(subject, ["kg:time", node]);
  to.add(node, ["a", "kg:TimeSpan"], ["kg:precision", literal(times.precision)], ["kg:start", times.start && moment(times.start)], ["kg:end", times.end && moment(times.end)]);
}
function addEntity(to, id) {
  const entity = nodes.get(id), subject = ref(entity.key);
  to.add(subject, ["a", ref(entity.cls)], ["rdfs:label", ...entity.own.map((i) => literal(entity.labels[i], LANGUAGES[i]))], ["owl:sameAs", ...entity.links.map(({ iri }) => ref(iri))]);
  if (entity.trigger) to.add(subject, ["kg:trigger", literal(entity.trigger)], ...stance(entity));
  addTime(to, subject, entity.times);
  if (entity.polarity === "asserted" && entity.modality === "actual") to.add(subject, ["kg:participant", ...partsOf(id).map((part) => ref(keys.get(part)))]);
}
const partsOf = (event) => edgesOf.get(event).filter((edge) => edge.p === null && edge.to === event).map((edge) => edge.from);
function addMetric(to, { key, name, value, max, comparator, unit, text: raw }) {
  to.add(ref(key), ["a", "kg:Metric"], ["schema:name", literal(`${name} ${raw}`)], ["kg:metricName", literal(name)], ["kg:value", decimal(value)],
    ["kg:maxValue", max !== null && decimal(max)], ["kg:comparator", literal(comparator)], ["kg:unit", literal(unit)], ["kg:raw", literal(raw)]);
}
function addDocument(to, number) {
  const { key, language, title: name, named, date, publisher, url } = data.documents[number];
  to.add(ref(key), ["a", "schema:NewsArticle", "prov:Entity"], ["dcterms:language", literal(language)], ["dcterms:title", named && literal(name, language)],
    ["dcterms:issued", date && moment(date)], ["schema:publisher", publisher && literal(publisher)], ["schema:url", url && literal(url)]);
}
function addClaim(to, claim) {
  const subject = ref(minted("claim", claim.key)), [from, predicate, object] = [endRef(claim.s), ref(claim.p), endRef(claim.o)];
  to.add(subject, ["a", "kg:Claim"], ["kg:subject", from], ["kg:predicate", predicate], ["kg:object", object],
    ...stance(claim), ["kg:confidence", decimal(claim.confidence)],
    ["kg:role", claim.role && literal(claim.role)], ["kg:place", claim.place && endRef(claim.place)], ["kg:speaker", claim.speaker && endRef(claim.speaker)],
    ["kg:event", claim.event && ref(keys.get(claim.event))]);
  addTime(to, subject, claim.times);
  if (claim.o.key) addMetric(to, claim.o);
  if (claim.review) addReview(to, subject, claim);
  claim.evidence.forEach((said, i) => addEvidence(to, claim, ref(minted("ev", `${claim.key}-${i + 1}`)), said));
  if (!claim.fact) return;
  to.add(from, [predicate, object]);
  if (symmetric.has(claim.p)) to.add(object, [predicate, from]);
}

function addReview(to, subject, { key, review: { ruling, by, at } }) {
  const review = ref(minted("review", key)), reviewer = ref(minted("reviewer", by));
  to.add(subject, ["kg:review", review]);
  to.add(review, ["a", "kg:Review"], ["kg:verdict", `kg:${ruling[0].toUpperCase()}${ruling.slice(1)}`], ["prov:wasAttributedTo", reviewer], ["prov:generatedAtTime", at && moment(at)]);
  to.add(reviewer, ["a", "prov:Agent"], ["rdfs:label", literal(by)]);
}

// Where each run of an article begins, in code points.
const runStarts = new Map();
function startsIn(doc) {
  if (!runStarts.has(doc)) {
    const starts = [0];
    for (const [text] of data.documents[doc].text) starts.push(starts.at(-1) + [...text].length);
    runStarts.set(doc, starts);
  }
  return runStarts.get(doc);
}
// A quote as it stands in the text: the page shows long ones cut short.
function wholeQuote(said, id) {
  if (!said.at) return { words: wordsOf(said) };
  const all = data.documents[said.doc].text, starts = startsIn(said.doc), [first] = said.at;
  let after = said.at[1];
  while (after < all.length && all[after][2].includes(id)) after += 1;
  return { words: wordsOf({ runs: all.slice(first, after) }), start: starts[first], end: starts[after] };
}
function addEvidence(to, claim, subject, said) {
  const { words, start, end } = wholeQuote(said, claim.id), source = said.doc === null ? null : data.documents[said.doc];
  to.add(ref(minted("claim", claim.key)), ["kg:evidence", subject]);
  to.add(subject, ["a", "oa:TextPositionSelector", "oa:TextQuoteSelector"], ["oa:start", start !== undefined && String(start)], ["oa:end", end !== undefined && String(end)],
    ["oa:exact", literal(words, source?.language)], ["prov:wasQuotedFrom", source && ref(source.key)]);
}

// The claims, and all that they name, in the order of the files of a build.
function turtleOf(claims) {
  const to = new Triples(), ends = claims.flatMap((claim) => [claim.s.node, claim.o.node, claim.place?.node, claim.speaker?.node, claim.event]);
  for (const number of new Set(claims.flatMap((claim) => claim.evidence.map(({ doc }) => doc)))) if (number !== null) addDocument(to, number);
  for (const id of new Set(ends.flatMap((end) => (end ? [end, ...partsOf(end)] : [])))) addEntity(to, id);
  for (const claim of claims) addClaim(to, claim);
  return to.toString();
}
