// The panel: an overview, an entity with its claims, a relation, or a path; always with sentences.
function quote(said, ends = []) {
  const source = said.doc === null ? null : data.documents[said.doc];
  const made = el("blockquote");
  for (const [text, node] of said.runs) {
    made.append(node ? el("mark", { text, className: ends.includes(node) ? "end" : "", attributes: { "data-node": node } }) : text);
  }
  if (source) made.append(el("footer", {}, bdi([source.publisher, source.title, source.date].filter(Boolean).join(" · "))));
  return made;
}

function tags(claim) {
  const found = [];
  if (claim.polarity === "denied") found.push(el("span", { className: "tag denied", text: t("denied") }));
  if (claim.modality !== "actual") found.push(el("span", { className: "tag", text: t(claim.modality) }));
  return found;
}

function meter(claim) {
  const bar = el("i");
  bar.style.setProperty("--w", percent(claim.confidence));
  return el("span", { className: "meter", attributes: { role: "img", "aria-label": `${t("confidence")} ${percent(claim.confidence)}`, title: `${t("confidence")} ${percent(claim.confidence)}` } }, bar);
}

function details(claim) {
  const rows = [
    ["role", claim.role], ["speaker", claim.speaker && endName(claim.speaker)],
    ["place", claim.place && endName(claim.place)], ["event", claim.event && nameOf(claim.event)],
    ["confidence", percent(claim.confidence)],
  ];
  const list = el("dl", { className: "facts" });
  for (const [key, value] of rows) if (value) list.append(el("dt", { text: t(key) }), el("dd", {}, bdi(value)));
  return list;
}

function insideOf(claim) {
  const ends = [claim.s.node, claim.o.node];
  return el("div", { className: "inside" }, details(claim), ...claim.evidence.map((said) => quote(said, ends)));
}

function card(claim, from, open) {
  const other = from === claim.s.node ? claim.o : claim.s;
  const heading = from === null || (from !== claim.s.node && from !== claim.o.node)
    ? bdi(`${endName(claim.s)} ${arrow(claim, claim.s.node)} ${endName(claim.o)}`) : bdi(endName(other));
  const summary = el("summary", {}, other.node && dot(nodes.get(other.node)), heading, ...tags(claim), claim.time && el("time", { text: claim.time }), meter(claim));
  const inside = insideOf(claim);
  if (other.node && from) inside.append(button("go", `${t("goTo")} →`, () => select(other.node)));
  return el("details", { className: `card ${kindOf(claim)}`, attributes: open ? { open: "", "data-claim": claim.id } : { "data-claim": claim.id } }, summary, inside);
}
const arrow = (claim, from) => (symmetric.has(claim.p) ? "↔" : from === claim.s.node ? "→" : "←");

function* groupsOf(id) {
  const byRelation = new Map();
  for (const claim of claimsOf.get(id).filter(passes)) {
    const key = `${arrow(claim, id)} ${term(claim.p)}`;
    if (!byRelation.has(key)) byRelation.set(key, []);
    byRelation.get(key).push(claim);
  }
  let first = true;
  for (const [key, claims] of [...byRelation].sort((a, b) => b[1].length - a[1].length)) {
    yield el("h2", { text: `${key} · ${claims.length}` });
    for (const claim of claims) { yield card(claim, id, first); first = false; }
  }
}

function whoIs(entity) {
  const [english] = entity.labels.slice(2), label = pick(entity.labels);
  const about = [english !== label ? english : null, term(entity.cls), entity.time].filter(Boolean).join(" · ");
  return el("div", { className: "who" }, icon(styleOf(entity.group), colourOf(entity)), el("div", {}, el("h3", {}, bdi(label)), el("p", {}, bdi(about))));
}

function chips(entity) {
  const made = entity.aliases.map((name) => el("span", { className: "chip" }, bdi(name)));
  for (const { iri, text } of entity.links) {
    const safe = /^https?:\/\//.test(iri);
    made.push(safe ? el("a", { className: "chip", text, attributes: { href: iri, target: "_blank", rel: "noopener noreferrer" } }) : el("span", { className: "chip" }, bdi(text)));
  }
  return made.length ? el("div", { className: "chips" }, ...made) : null;
}

function tiles(entity) {
  const own = edgesOf.get(entity.id).filter(isShown), claims = claimsOf.get(entity.id).filter(passes);
  const neighbours = new Set(own.flatMap((edge) => [edge.from, edge.to]).filter((id) => id !== entity.id));
  const sentences = claims.reduce((sum, claim) => sum + claim.evidence.length, 0);
  const values = [[own.length, "nRelations"], [neighbours.size, "nNeighbours"], [sentences, "nSentences"]];
  return el("div", { className: "tiles" }, ...values.map(([value, key]) => el("div", {}, el("b", { text: value }), t(key))));
}

function entityList(entities, note = (entity) => entity.degree) {
  return el("ul", { className: "list" }, ...entities.map((entity) => {
    const made = button("", undefined, () => select(entity.id), { "data-node": entity.id });
    made.append(dot(entity), bdi(nameOf(entity.id)), el("span", { className: "count", text: note(entity) }));
    return el("li", {}, made);
  }));
}

function takesPart(id) {
  const own = edgesOf.get(id).filter((edge) => edge.p === null);
  const parts = (key, found, end) => found.length
    ? [el("h2", { text: `${t(key)} · ${found.length}` }), entityList(found.map((edge) => ({ ...nodes.get(edge[end]), edge })), ({ edge }) => role(edge.role))] : [];
  return [...parts("participants", own.filter((edge) => edge.to === id), "from"), ...parts("participates", own.filter((edge) => edge.from === id), "to")];
}

function entityPanel(id) {
  const entity = nodes.get(id), claims = [...groupsOf(id)];
  const said = claims.length ? [] : entity.said;
  return [
    back(), whoIs(entity), chips(entity), tiles(entity),
    entity.trigger && el("p", { className: "soft trigger" }, `${t("trigger")} · `, bdi(entity.trigger)),
    ...claims, ...takesPart(id),
    !claims.length && !takesPart(id).length && el("p", { className: "soft intro", text: t("noFacts") }),
    said.length && el("h2", { text: t("mentions") }), ...said.map((one) => quote(one, [id])),
  ];
}

function edgePanel(id) {
  const edge = edges.get(id), sides = [nodes.get(edge.from), nodes.get(edge.to)];
  const head = el("h3", { className: "step" }, bdi(pick(sides[0].labels)), el("em", { text: `${symmetric.has(edge.p) ? "↔" : "→"} ${relationName(edge)}` }), bdi(pick(sides[1].labels)));
  const body = edge.p === null ? nodes.get(edge.to).said.map((one) => quote(one, [edge.from, edge.to])) : [claimInFull(edge)];
  const others = edgesOf.get(edge.from).filter((other) => other.p !== null && other.id !== id && [other.from, other.to].includes(edge.to) && [other.from, other.to].includes(edge.from));
  return [
    back(), head, ...body, others.length && el("h2", { text: t("otherClaims") }),
    ...others.map((other) => card(other, null, false)), el("h2", { text: t("goTo") }), entityList(sides),
  ];
}

function claimInFull(claim) {
  const made = el("div", { className: `card ${kindOf(claim)}`, attributes: { "data-claim": claim.id } });
  made.append(el("div", { className: "step" }, ...tags(claim), el("em", { text: claim.time }), meter(claim)), insideOf(claim));
  if (!claim.reasons.length) return made;
  const rows = claim.reasons.flatMap(([text, factor]) => [el("dt", { text: `× ${factor}` }), el("dd", {}, bdi(text))]);
  made.lastChild.append(el("h2", { text: t("reasons") }), el("dl", { className: "facts" }, ...rows));
  return made;
}

function pairCard() {
  if (data.pair.length !== 2) return null;
  const [a, b] = data.pair.map(nameOf);
  return el("div", { className: "pair" }, el("h2", { text: t("connection") }), el("div", {}, bdi(a), " ↔ ", bdi(b)), button("primary", t("showPath"), showPath, { id: "show-path" }));
}

function pathPanel(steps) {
  const title = el("h3", {}, `${t("path")}: `, bdi(nameOf(data.pair[0])), " → ", bdi(nameOf(data.pair[1])));
  if (!steps) return [back(), title, el("p", { className: "intro", text: t("noPath") })];
  const cards = steps.map((edge) => {
    const head = el("div", { className: "step" }, bdi(nameOf(edge.from)), el("em", { text: relationName(edge) }), bdi(nameOf(edge.to)), ...tags(edge));
    const said = edge.p === null ? nodes.get(edge.to).said.slice(0, 1) : edge.evidence;
    return el("div", { className: `card ${kindOf(edge)}` }, head, el("div", { className: "inside" }, ...said.map((one) => quote(one, [edge.from, edge.to]))));
  });
  return [back(), title, el("h2"), ...cards];
}

const back = () => button("go", `← ${t("back")}`, clear, { id: "back" });
const overview = () => [pairCard(), el("p", { className: "intro", text: t("intro") }), el("h2", { text: t("important") }), entityList(important.slice(0, 40))];

function renderPanel() {
  const panel = byId("panel");
  const parts = state.path !== null ? pathPanel(state.path) : nodes.has(state.selected) ? entityPanel(state.selected) : edges.has(state.selected) ? edgePanel(state.selected) : data.entities.length ? overview() : [el("p", { className: "intro", text: t("emptyHint") })];
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
}
