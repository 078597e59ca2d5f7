// The data, the words and the element helpers. Text reaches the page only through textContent.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const byId = (id) => document.getElementById(id);
const data = unpack(read("data"));
const LANGUAGES = ["zh-Hant", "zh-Hans", "en"];
const SVG = "http://www.w3.org/2000/svg";

// Maps, never objects: a key may be "__proto__".
const terms = new Map(Object.entries(data.terms));
const groups = new Map(Object.entries(data.style.groups));
const symmetric = new Set(data.symmetric);
const nodes = new Map(), edges = new Map(), claimsById = new Map(), claimsOf = new Map(), edgesOf = new Map();
// Stable keys: IRIs of nodes and claims; a participation is its role between two of them.
const keys = new Map(), ids = new Map(), sureness = new Map(), important = [];
enter(data);

function enter({ entities, claims, participations }) {
  for (const entity of entities) {
    nodes.set(entity.id, entity);
    claimsOf.set(entity.id, []);
    edgesOf.set(entity.id, []);
    register(entity.id, entity.key ?? entity.id);
  }
  claims.forEach(enterClaim);
  participations.forEach(enterPart);
  important.splice(0, Infinity, ...[...nodes.values()].sort((a, b) => b.rank - a.rank || b.degree - a.degree));
}
function register(id, key) {
  keys.set(id, key);
  ids.set(key, id);
}
function enterClaim(claim) {
  claimsById.set(claim.id, claim);
  register(claim.id, claim.key ?? claim.id);
  sureness.set(claim.event, Math.max(claim.confidence, sureness.get(claim.event) ?? 0));
  for (const node of new Set([claim.s.node, claim.o.node, claim.event])) claimsOf.get(node)?.push(claim);
  if (claim.s.node && claim.o.node) enterEdge({ ...claim, from: claim.s.node, to: claim.o.node });
}
// Taking part is as sure as the event: planned, denied or reported with it, and with the
// confidence of its surest claim.
function enterPart(part) {
  const { polarity, modality } = nodes.get(part.o), fact = polarity === "asserted" && modality === "actual";
  register(part.id, part.key ?? `${part.role} ${keys.get(part.s)} ${keys.get(part.o)}`);
  enterEdge({ ...part, p: null, from: part.s, to: part.o, fact, confidence: sureness.get(part.o) ?? 1, polarity, modality });
}
function enterEdge(edge) {
  edges.set(edge.id, edge);
  for (const node of new Set([edge.from, edge.to])) edgesOf.get(node).push(edge);
}

const t = (key) => data.strings[view.language][key] ?? key;
const fill = (key, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, () => value), t(key));
// A count with its word; English has another word for one.
const wordFor = (key, number) => t(number === 1 && Object.hasOwn(data.strings[view.language], `${key}_1`) ? `${key}_1` : key);
const amount = (key, number) => wordFor(key, number).replace("{0}", () => number);
const pick = (labels) => labels[LANGUAGES.indexOf(view.language)];
const term = (curie) => (terms.has(curie) ? pick(terms.get(curie)) : curie);
const nameOf = (id) => pick(nodes.get(id).labels);
const endName = (end) => (end.node ? nameOf(end.node) : [end.name, end.text].filter(Boolean).join(" "));
const role = (name) => (Object.hasOwn(data.strings[view.language], name) ? t(name) : name);
const relationName = (edge) => (edge.p === null ? role(edge.role) || t("participants") : term(edge.p));
const kindOf = (claim) => (claim.polarity === "denied" ? "denied" : claim.fact ? "fact" : "hedged");
// How it is said, for the filter: a denial is one whatever its modality; a reader may have rejected it.
const STANCES = ["fact", "planned", "possible", "reported", "denied", "rejected"];
const stanceOf = (claim) => (kindOf(claim) !== "hedged" ? kindOf(claim) : claim.modality === "actual" ? "rejected" : claim.modality);
const styleOf = (group) => groups.get(group) ?? data.style.other;
const percent = (value) => `${Math.round(value * 100)}%`;

function colourOf(entity) {
  const { palette } = data.style;
  if (view.colourBy === "community") {
    return entity.community === null ? data.style.other.color : palette[((entity.community % palette.length) + palette.length) % palette.length];
  }
  return styleOf(entity.group).color;
}

function el(tag, properties = {}, ...children) {
  const { className, text, colour, attributes = {}, ...handlers } = properties;
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (colour) made.style.setProperty("--c", colour);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [type, handler] of Object.entries(handlers)) made.addEventListener(type, handler);
  made.append(...children.filter(Boolean));
  return made;
}
const button = (className, text, click, attributes = {}) => el("button", { className, text, click, attributes: { type: "button", ...attributes } });
const bdi = (text) => el("bdi", { text });
const dot = (entity) => el("span", { className: "dot", colour: colourOf(entity) });

// One of the icons of data.icons: drawn in the colour of the text, or white on a badge.
function glyph(name, className = "glyph") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  for (const d of data.icons[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
function icon(style, colour = style.color) {
  const svg = glyph(style.icon, "badge-icon");
  svg.style.setProperty("--c", colour);
  return svg;
}
