// How are the two connected? Two pickers, the list of paths, and what the chosen one says.
let known = { view: null, found: [] };
function foundPaths() {
  if (known.view !== view) known = { view, found: view.path === null ? [] : findPaths(...view.pair) };
  return known.found;
}
// The steps of the path that the view names (edges in order), null without one. A filter may have
// left fewer paths than there were.
const chosenPath = () => (view.path === null ? null : foundPaths()[Math.min(view.path, foundPaths().length - 1)] ?? null);
const connect = (pair) => change({ pair, selected: null, path: 0, ...revealing(pair) });
const showPath = () => connect(view.pair);

const certainty = (steps) => steps.reduce((product, edge) => product * edge.confidence, 1);
const nodesAlong = (steps) => steps.reduce((along, edge) => [...along, across(edge, along.at(-1))], [view.pair[0]]);
const saidOf = (edge) => (edge.p === null ? nodes.get(edge.to).said.slice(0, 1) : edge.evidence);
const lengthOf = (steps) => `${amount("nSteps", steps.length)} · ${t("confidence")} ${percent(certainty(steps))}`;

// The section at the side, made once.
const pathList = el("ol", { className: "ways", attributes: { id: "path-list" } });
function picker(end, label) {
  const input = el("input", { attributes: { id: `pick-${end}`, role: "combobox", autocomplete: "off", spellcheck: false, "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": `picks-${end}`, "data-t-label": label, "data-t-placeholder": label } });
  const list = el("ul", { className: "offers", attributes: { id: `picks-${end}`, role: "listbox", "data-t-label": label, hidden: "" } });
  combobox(input, list, {
    offer: (text) => (plain(text) ? matches(text) : important.slice(0, OFFERS)),
    choose: ({ id }) => connect(view.pair.map((other, i) => (i === end ? id : other))),
    settle: () => { input.value = nameOf(view.pair[end]); },
  });
  return el("div", { className: "picker" }, input, list);
}
function makeSection() {
  const swap = button("icon", undefined, () => connect([...view.pair].reverse()), { id: "swap", "data-t-label": "swap" });
  swap.append(glyph("arrow-left-right"));
  byId("paths").append(
    el("h2", { attributes: { "data-t": "connection" } }),
    el("div", { className: "pickers" }, picker(0, "pathFrom"), picker(1, "pathTo"), swap),
    el("div", { className: "actions" }, button("primary", "", showPath, { id: "find-paths", "data-t": "findPaths" }), button("", "", () => change({ path: null }), { id: "clear-paths", "data-t": "clearPaths" })),
    pathList,
  );
  byId("paths").hidden = false;
  onChange(renderPaths);
}
function renderPaths() {
  const chosen = chosenPath(), focused = pathList.contains(document.activeElement);
  pathList.replaceChildren(...foundPaths().map((steps, i) => {
    const made = button("", undefined, () => { closeFilters(); change({ path: i, selected: null }); }, { "aria-pressed": steps === chosen });
    made.append(...nodesAlong(steps).flatMap((id, n) => [n ? " — " : "", bdi(nameOf(id))]), el("small", { text: lengthOf(steps) }));
    return el("li", {}, made);
  }));
  if (focused) pathList.querySelector("[aria-pressed=true]")?.focus();
  byId("clear-paths").disabled = view.path === null;
}
if (view.pair.length === 2) makeSection();

// What the panel says of the chosen path.
function pairCard() {
  if (view.pair.length !== 2) return null;
  const [a, b] = view.pair.map(nameOf);
  return el("div", { className: "pair" }, el("h2", { text: t("connection") }), el("div", {}, bdi(a), " ↔ ", bdi(b)), button("primary", t("findPaths"), showPath, { id: "show-path" }));
}
function pathPanel(steps) {
  const title = el("h3", { className: "route" }, bdi(nameOf(view.pair[0])), " → ", bdi(nameOf(view.pair[1])));
  if (!steps) return [back(), title, ...noPath()];
  const copy = button("copy", undefined, async () => { await copyText(pathText(steps)); copy.lastChild.textContent = t("copied"); }, { id: "copy-path" });
  copy.append(glyph("copy"), el("span", { text: t("copyText") }));
  return [back(), title, el("div", { className: "row" }, el("span", { className: "soft", text: lengthOf(steps) }), copy), ...steps.map(stepCard)];
}
function stepCard(edge) {
  const head = el("div", { className: "step" }, bdi(nameOf(edge.from)), el("em", { text: relationName(edge) }), bdi(nameOf(edge.to)), ...tags(edge), edge.time && el("time", { text: edge.time }), meter(edge));
  return el("div", { className: `card ${kindOf(edge)}` }, head, el("div", { className: "inside" }, ...saidOf(edge).map((said) => quote(said, [edge.from, edge.to]))));
}

// Without a path: which filter, taken back, would connect the two.
const LIFTS = [
  ["types", { hiddenGroups: [] }], ["relations", { hiddenRelations: [] }], ["lines", { kinds: [] }], ["minimum", { minimum: 0 }],
  ["sources", { sources: [] }], ["factDates", { from: "", to: "" }], ["hiddenOnes", { hidden: [] }],
  ...(data.entities.every(isCore) ? [] : [["core", { shown: [EVERYTHING] }]]),
];
const differs = (patch) => Object.keys(patch).some((key) => String(patch[key]) !== String(view[key]));
const bestUnder = (patch) => under(patch, () => findPaths(...view.pair)[0]);
function noPath() {
  const why = (key, ...lifts) => [el("p", { className: "intro", text: t(key) }), ...lifts];
  if (view.pair[0] === view.pair[1]) return why("sameTwo");
  const lift = (label, patch) => button("lift", label, () => change(patch), { "data-lift": Object.keys(patch).join() });
  const active = LIFTS.filter(([, patch]) => differs(patch)), all = Object.assign({}, ...active.map(([, patch]) => patch));
  const found = active.map(([key, patch]) => [key, patch, bestUnder(patch)]).filter(([, , steps]) => steps);
  if (!found.length) return active.length && bestUnder(all) ? why("noPath", lift(t("liftAll"), all)) : why("noPathAtAll");
  return why("noPath", ...found.map(([key, patch, steps]) => lift(fill("liftOne", t(key)), key === "core" ? revealing(nodesAlong(steps)) : patch)));
}

// The path as text, with its sentences and their sources.
function sourceLine(said) {
  const source = said.doc === null ? null : data.documents[said.doc];
  return source ? [source.publisher, source.title, source.date, source.url].filter(Boolean).join(" · ") : "";
}
function pathText(steps) {
  const lines = steps.flatMap((edge, i) => {
    const about = [...tags(edge).map((tag) => tag.textContent), edge.time, percent(edge.confidence)].filter(Boolean).join(" · ");
    const said = saidOf(edge).flatMap((one) => [`   「${one.runs.map(([text]) => text).join("")}」`, sourceLine(one) && `   —— ${sourceLine(one)}`]);
    return [`${i + 1}. ${nameOf(edge.from)} ${relationName(edge)} ${nameOf(edge.to)} (${about})`, ...said];
  });
  return [`${nodesAlong(steps).map(nameOf).join(" — ")} (${lengthOf(steps)})`, ...lines].filter(Boolean).join("\n");
}
