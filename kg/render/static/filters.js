// Filters: the legend, the kinds of claim, the confidence, the relations, the sources. Each count
// is of what would be seen with all the others of its list.
const [, ...HEDGES] = STANCES, stances = [];
function count(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}
const byNumber = (counts) => [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
const allGroups = [], allRelations = [], sourceNumbers = [];
function listAll() {
  const refill = (list, values) => list.splice(0, Infinity, ...values);
  refill(allGroups, byNumber(count(data.entities.map((entity) => entity.group))));
  refill(allRelations, byNumber(count([...edges.values()].filter((edge) => edge.p !== null).map((edge) => edge.p))));
  const told = new Set([...edges.values()].map(stanceOf));
  refill(stances, STANCES.filter((stance) => told.has(stance)));
  refill(sourceNumbers, data.documents.map((_, i) => i));
  if (sourceNumbers.length > 1 && byId("sources").hidden) makeSources();
}

const toggled = (list, value) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);
const edgesWithout = (key) => under({ [key]: [] }, () => [...edges.values()].filter(isShown)), claimsWithout = (key) => edgesWithout(key).filter((edge) => edge.p !== null);

// A list of switches for `view[key]`, which holds the values that are switched off.
function renderSwitches(list, key, values, counts, label, before = () => null) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  list.replaceChildren(...values.map((value) => {
    const made = button("", undefined, () => change({ [key]: toggled(view[key], value) }), { "aria-pressed": !view[key].includes(value), "data-value": value });
    made.append(...[before(value), bdi(label(value)), el("span", { className: "count", text: counts.get(value) ?? 0 })].filter(Boolean));
    return el("li", {}, made);
  }));
  if (focused !== null) [...list.querySelectorAll("button")].find((one) => one.dataset.value === focused)?.focus();
}
// All or none: without one switched off all go off.
function makeAll(link, key, values) {
  link.addEventListener("click", () => change({ [key]: view[key].length ? [] : values }));
  onChange(() => { link.textContent = t(view[key].length ? "all" : "none"); });
}

function lineOf(stance) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 34 8");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("class", ["fact", "denied"].includes(stance) ? stance : "hedged");
  path.setAttribute("d", "M1 4h32");
  svg.append(path);
  return svg;
}

// The sources, where there are several.
const SOURCES_SHOWN = 200, sourceList = el("ul", { className: "relations wide", attributes: { id: "source-list", "aria-labelledby": "sources-title" } });
function makeSources() {
  const all = button("link", "", () => {}, { id: "all-sources" });
  byId("sources").append(el("div", { className: "heading" }, el("h2", { attributes: { id: "sources-title", "data-t": "sources" } }), all), sourceList);
  byId("sources").hidden = false;
  makeAll(all, "sources", sourceNumbers);
  let listed = SOURCES_SHOWN;
  const render = () => {
    renderSwitches(sourceList, "sources", sourceNumbers.slice(0, listed), count(claimsWithout("sources").flatMap((edge) => edge.documents)), articleName);
    if (listed >= sourceNumbers.length) return;
    const more = button("link", fill("moreArticles", sourceNumbers.length - listed), () => { listed += SOURCES_SHOWN; render(); sourceList.querySelector(`[data-value="${listed - SOURCES_SHOWN}"]`).focus(); }, { id: "more-sources" });
    sourceList.append(el("li", {}, more));
  };
  onChange(render);
}

function renderFilters() {
  const inView = under({ hiddenGroups: [] }, () => data.entities.filter(isVisible));
  renderSwitches(byId("legend"), "hiddenGroups", allGroups, count(inView.map((entity) => entity.group)), term, (group) => icon(styleOf(group)));
  renderSwitches(byId("kinds"), "kinds", stances, count(edgesWithout("kinds").map(stanceOf)), t, lineOf);
  renderSwitches(byId("relations"), "hiddenRelations", allRelations, count(claimsWithout("hiddenRelations").map((edge) => edge.p)), term);
  byId("linked").checked = view.linked;
  byId("n-linked").textContent = under({ linked: false }, () => data.entities.filter((entity) => isVisible(entity) && !isJoined(entity)).length);
  byId("facts-only").checked = HEDGES.every((stance) => view.kinds.includes(stance) || !stances.includes(stance));
  byId("facts-only").disabled = !stances.some((stance) => HEDGES.includes(stance));
  byId("minimum").value = view.minimum;
  byId("minimum-value").textContent = `${view.minimum}%`;
}
byId("facts-only").addEventListener("change", (event) => change({ kinds: event.target.checked ? HEDGES : [] }));
byId("linked").addEventListener("change", (event) => { change({ linked: event.target.checked }); fit(); });
byId("minimum").addEventListener("input", (event) => change({ minimum: Number(event.target.value) }));
makeAll(byId("all-relations"), "hiddenRelations", allRelations);
listAll();
onChange(renderFilters);
onGrow(listAll);
