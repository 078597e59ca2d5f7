// The panel: an overview, an entity with its claims by relation, a claim, or a path; always with
// the sentences that say it.
const CARDS_SHOWN = 30, SENTENCE_END = /[。！？!?\n]/u, CONTEXT = 160;

// Sentences. A quote is shown in its sentence: [runs before, quoted runs, runs after].
const wordsOf = (said) => said.runs.map(([text]) => text).join("");
function inSentence(said) {
  if (!said.at) return [[], said.runs, []];
  const all = data.documents[said.doc].text, [first, after] = said.at;
  const before = [], rest = [];
  for (let i = first - 1; i >= 0 && addBefore(before, all[i]); ) i -= 1;
  if (!SENTENCE_END.test(wordsOf(said).at(-1) ?? "")) for (let i = after; i < all.length && addAfter(rest, all[i]); ) i += 1;
  return [before, said.runs, rest];
}
// Each takes what belongs to the sentence and tells whether it may go on.
function addBefore(runs, [text, node]) {
  const parts = text.split(/(?<=[。！？!?\n])/u), ended = parts.length > 1 || SENTENCE_END.test(text.at(-1) ?? "");
  const kept = SENTENCE_END.test(text.at(-1) ?? "") ? "" : parts.at(-1);
  if (kept) runs.unshift([kept, ended ? null : node]);
  return !ended && wordsOf({ runs }).length < CONTEXT;
}
function addAfter(runs, [text, node]) {
  const [kept] = text.split(/(?<=[。！？!?\n])/u), ended = SENTENCE_END.test(kept.at(-1) ?? "");
  runs.push([kept.replace("\n", ""), kept === text ? node : null]);
  return !ended && wordsOf({ runs }).length < CONTEXT;
}
const markedRun = (ends) => ([text, node]) => (node ? el("mark", { text, className: ends.includes(node) ? "end" : "", attributes: { "data-node": node } }) : text);
function quote(said, ends = []) {
  const [before, quoted, after] = inSentence(said).map((runs) => runs.map(markedRun(ends)));
  const made = el("blockquote", {}, ...(before.length ? [el("span", { className: "around" }, ...before)] : []));
  made.append(el("span", { className: "quoted" }, ...quoted), ...(after.length ? [el("span", { className: "around" }, ...after)] : []));
  if (said.doc !== null) made.append(el("footer", {}, articleLink(said.doc)));
  return made;
}

// Sources. Only an address of the web becomes a link.
const safeAddress = (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : null);
const link = (className, text, address) => el("a", { className, attributes: { href: address, target: "_blank", rel: "noopener noreferrer" } }, bdi(text));
function articleName(number) {
  if (number === null) return "";
  const { publisher, title, date } = data.documents[number];
  return [publisher, title, date].filter(Boolean).join(" · ");
}
function articleLink(number) {
  const address = safeAddress(data.documents[number].url);
  return address ? link("", articleName(number), address) : bdi(articleName(number));
}

// One claim: what kind it is, how sure, who says it.
function tags(claim) {
  const found = [];
  if (claim.polarity === "denied") found.push(el("span", { className: "tag denied", text: t("denied") }));
  if (claim.modality !== "actual") found.push(el("span", { className: "tag", text: t(claim.modality) }));
  return found;
}
const kindTags = (claim) => (claim.fact ? [el("span", { className: "tag fact", text: t("fact") })] : tags(claim));
function meter(claim) {
  const bar = el("i"), text = `${t("confidence")} ${percent(claim.confidence)}`;
  bar.style.setProperty("--w", percent(claim.confidence));
  return el("span", { className: "meter", attributes: { role: "img", "aria-label": text, title: text } }, bar);
}
const whenAndHow = (claim) => el("span", { className: "when" }, claim.time && el("time", { text: claim.time }), meter(claim));
// How many articles say it, and how many publishers these have; one without counts for itself.
const saidBy = ({ documents }) => (documents.length > 1 ? el("span", { className: "tag support", text: amount("articles", documents.length) }) : null);
const namesPublishers = data.documents.some(({ publisher }) => publisher);
const supportOf = ({ documents, support }) => [amount("articles", documents.length), namesPublishers && documents.length > 1 && amount("publishers", support)].filter(Boolean).join(" · ");
const goTo = (end) => (end.node ? nodeButton(end.node) : bdi(endName(end)));
function nodeButton(id) {
  const made = button("go", undefined, () => select(id), { "data-node": id });
  made.append(bdi(nameOf(id)));
  return made;
}
function details(claim) {
  const rows = [
    ["time", claim.time && el("time", { text: claim.time })], ["role", claim.role && bdi(claim.role)],
    ["speaker", claim.speaker && goTo(claim.speaker)], ["place", claim.place && goTo(claim.place)],
    ["event", claim.event && nodeButton(claim.event)], ["support", claim.documents.length > 0 && el("span", { text: supportOf(claim) })],
    ["confidence", assurance(claim)], ["judged", claim.review && reviewOf(claim.review)],
  ];
  const list = el("dl", { className: "facts" });
  for (const [key, value] of rows) if (value) list.append(el("dt", { text: t(key) }), el("dd", {}, value));
  return list;
}
const reviewOf = ({ ruling, by, at }) => el("span", {}, verdictTag(ruling), " ", bdi([by, at?.slice(0, 10)].filter(Boolean).join(" · ")));
// The confidence is the product of what was seen.
function assurance(claim) {
  if (!claim.reasons.length) return el("span", { text: percent(claim.confidence) });
  const rows = claim.reasons.map(([text, factor]) => el("li", {}, el("span", { className: "factor", text: `× ${factor}` }), bdi(text)));
  return el("details", { className: "why" }, el("summary", { text: `${percent(claim.confidence)} · ${t("reasons")}` }), el("ul", { className: "reasons" }, ...rows));
}
function insideOf(claim, from = null) {
  const ends = [claim.s.node, claim.o.node], other = from === claim.s.node ? claim.o.node : claim.s.node;
  const actions = [
    from && other && other !== from && button("go", `${t("goTo")} →`, () => select(other)),
    claim.evidence.some((said) => said.at) && button("go", t("readIt"), () => change({ selected: claim.id, path: null, tab: "reader" })),
  ];
  return el("div", { className: "inside" }, ...claim.evidence.map((said) => quote(said, ends)), details(claim), el("div", { className: "foot" }, ...actions, judgeClaim(claim)));
}

// A claim as seen from one of its nodes; its inside is made when it is opened.
function card(claim, from, open = false) {
  const isEnd = from !== null && (from === claim.s.node || from === claim.o.node), other = from === claim.s.node ? claim.o : claim.s;
  const heading = isEnd ? bdi(endName(other)) : bdi([endName(claim.s), term(claim.p), endName(claim.o)].join(symmetric.has(claim.p) ? " ↔ " : " → "));
  const summary = el("summary", {}, other.node && dot(nodes.get(other.node)), heading, saidBy(claim), ...tags(claim), verdictMark(claim), whenAndHow(claim));
  const made = el("details", { className: `card ${kindOf(claim)}`, attributes: { "data-claim": claim.id } }, summary);
  const unfold = () => { if (made.children.length === 1) made.append(insideOf(claim, isEnd ? from : null)); };
  made.addEventListener("toggle", () => { if (made.open) unfold(); });
  if (open) { made.open = true; unfold(); }
  return made;
}
const arrow = (claim, from) => (symmetric.has(claim.p) ? "↔" : from === claim.s.node ? "→" : "←");
const surest = (a, b) => b.fact - a.fact || b.confidence - a.confidence;

function groupsOf(id) {
  const byRelation = new Map();
  for (const claim of claimsOf.get(id).filter(passes)) {
    const isEnd = id === claim.s.node || id === claim.o.node, key = isEnd ? `${arrow(claim, id)} ${term(claim.p)}` : t("ofEvent");
    if (!byRelation.has(key)) byRelation.set(key, []);
    byRelation.get(key).push(claim);
  }
  const sorted = [...byRelation].sort((a, b) => b[1].length - a[1].length);
  return sorted.flatMap(([key, claims], i) => [el("h2", { text: `${key} · ${claims.length}` }), ...cards(claims.sort(surest), id, i === 0)]);
}
// The first of many, and a button for the rest.
function cards(claims, from, open) {
  const made = claims.slice(0, CARDS_SHOWN).map((claim, i) => card(claim, from, open && i === 0));
  if (claims.length <= CARDS_SHOWN) return made;
  const more = button("go", fill("showAll", claims.length), () => more.replaceWith(...claims.slice(CARDS_SHOWN).map((claim) => card(claim, from))));
  return [...made, more];
}

function whoIs(entity) {
  const [english] = entity.labels.slice(2), label = pick(entity.labels);
  const about = [english !== label ? english : null, term(entity.cls), entity.time].filter(Boolean).join(" · ");
  return el("div", { className: "who" }, icon(styleOf(entity.group), colourOf(entity)), el("div", {}, el("h3", {}, bdi(label), ...tags(entity)), el("p", {}, bdi(about))));
}
function chips(entity) {
  const made = entity.aliases.map((name) => el("span", { className: "chip" }, bdi(name)));
  for (const { iri, text } of entity.links) made.push(safeAddress(iri) ? link("chip", text, iri) : el("span", { className: "chip" }, bdi(text)));
  return made.length ? el("div", { className: "chips" }, ...made) : null;
}
const tileRow = (values) => el("div", { className: "tiles" }, ...values.map(([value, key]) => el("div", {}, el("b", { text: value }), wordFor(key, value))));
function tiles(entity) {
  const own = edgesOf.get(entity.id).filter(isShown), claims = claimsOf.get(entity.id).filter(passes);
  const neighbours = new Set(own.flatMap((edge) => [edge.from, edge.to]).filter((id) => id !== entity.id));
  const sentences = claims.reduce((sum, claim) => sum + claim.evidence.length, 0);
  return tileRow([[own.length, "nRelations"], [neighbours.size, "nNeighbours"], [sentences, "nSentences"]]);
}
function entityList(entities, note = (entity) => entity.degree) {
  return el("ul", { className: "list" }, ...entities.map((entity) => {
    const made = button("", undefined, () => select(entity.id), { "data-node": entity.id });
    made.append(dot(entity), bdi(nameOf(entity.id)), el("span", { className: "count", text: note(entity) }));
    return el("li", {}, made);
  }));
}
// Who takes part in an event, role by role; and the events that an entity takes part in.
function takesPart(id) {
  const own = edgesOf.get(id).filter((edge) => edge.p === null);
  const here = own.filter((edge) => edge.to === id), there = own.filter((edge) => edge.from === id);
  const roles = new Map();
  for (const edge of here) roles.set(edge.role, [...(roles.get(edge.role) ?? []), edge.from]);
  const rows = [...roles].flatMap(([name, ids_]) => [el("dt", {}, bdi(role(name) || t("participants"))), el("dd", {}, ...ids_.map(nodeButton))]);
  return [
    here.length && el("h2", { text: `${t("participants")} · ${here.length}` }), here.length && el("dl", { className: "facts roles" }, ...rows),
    there.length && el("h2", { text: `${t("participates")} · ${there.length}` }),
    there.length && entityList(there.map((edge) => ({ ...nodes.get(edge.to), edge })), ({ edge }) => role(edge.role)),
  ].filter(Boolean);
}

function entityPanel(id) {
  const entity = nodes.get(id), claims = groupsOf(id), parts = takesPart(id);
  const said = claims.length ? [] : entity.said;
  return [
    back(), whoIs(entity), chips(entity), tiles(entity),
    entity.trigger && el("p", { className: "soft trigger" }, `${t("trigger")} · `, bdi(entity.trigger)),
    ...parts, ...claims,
    !claims.length && !parts.length && el("p", { className: "soft intro", text: t("noFacts") }),
    said.length && el("h2", { text: t("mentions") }), ...said.map((one) => quote(one, [id])),
    judgeNode(id),
  ];
}
function statement(claim, from, to) {
  return el("h3", { className: "step" }, from, el("em", { text: `${symmetric.has(claim.p) ? "↔" : "→"} ${relationName(claim)}` }), to);
}
function claimPanel(claim) {
  const full = el("div", { className: `card ${kindOf(claim)}`, attributes: { "data-claim": claim.id } },
    el("div", { className: "step" }, ...kindTags(claim), saidBy(claim), verdictMark(claim), whenAndHow(claim)), insideOf(claim));
  const between = endsOf(claim), others = between.length < 2 ? [] : edgesOf.get(between[0])
    .filter((other) => other.p !== null && other.id !== claim.id && between.includes(other.from) && between.includes(other.to));
  return [
    back(), statement(claim, bdi(endName(claim.s)), bdi(endName(claim.o))), full,
    others.length && el("h2", { text: t("otherClaims") }), ...others.map((other) => card(claimsById.get(other.id), null)),
    el("h2", { text: t("goTo") }), entityList([...new Set(between)].map((id) => nodes.get(id))),
  ];
}
function participationPanel(edge) {
  const sides = [nodes.get(edge.from), nodes.get(edge.to)];
  return [
    back(), statement(edge, bdi(nameOf(edge.from)), bdi(nameOf(edge.to))),
    ...nodes.get(edge.to).said.map((one) => quote(one, [edge.from, edge.to])), el("h2", { text: t("goTo") }), entityList(sides),
  ];
}

const back = () => button("go", `← ${t("back")}`, clear, { id: "back" });
function overview() {
  if (!data.entities.length) return [el("p", { className: "intro", text: t("emptyHint") })];
  const facts = data.claims.filter((claim) => claim.fact).length;
  return [
    pairCard(), el("p", { className: "intro", text: t("intro") }),
    tileRow([[data.entities.length, "nEntities"], [facts, "nFacts"], [data.documents.length, "nSources"]]),
    el("h2", { text: t("important") }), entityList(important.slice(0, 40)),
  ];
}
function panelParts(id) {
  if (view.path !== null) return pathPanel(chosenPath());
  if (nodes.has(id)) return entityPanel(id);
  if (claimsById.has(id)) return claimPanel(claimsById.get(id));
  return edges.has(id) ? participationPanel(edges.get(id)) : overview();
}
function renderPanel(now = view, former = {}) {
  if (now.tab !== "panel") return;
  const panel = byId("panel"), stays = now.selected === former.selected && now.path === former.path, at = panel.scrollTop;
  const opened = new Set(stays ? [...panel.querySelectorAll(".card[open]")].map((one) => one.dataset.claim) : []);
  panel.replaceChildren(...panelParts(now.selected).filter(Boolean));
  for (const one of panel.querySelectorAll(".card")) if (opened.has(one.dataset.claim)) one.open = true;
  panel.scrollTop = stays ? at : 0;
}
// On paper nothing can be opened: every card is, with its sentences.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...byId("panel").querySelectorAll(".card:not([open])")].filter((one) => one.localName === "details");
  for (const one of unfolded) {
    one.open = true;
    one.dispatchEvent(new Event("toggle")); // its own comes too late
  }
});
addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });
byId("panel").addEventListener("click", ({ target }) => { if (target.matches("mark[data-node]")) select(target.dataset.node); });
onChange(renderPanel);
