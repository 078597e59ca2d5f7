// The view: everything that a link restores, as one plain object of JSON values that is never
// changed in place. A change goes through `change`, which keeps the former view for `undo`, writes
// the fragment of the address and tells every listener. Lists hold ids of this page; the fragment
// holds the IRIs behind them, so that a link outlives the next build.
const firstPair = choosePair();
const DEFAULTS = Object.freeze({
  language: data.language, theme: "auto", colourBy: "class", sizeBy: "importance", layout: "force", centre: null,
  selected: null, hiddenGroups: [], hiddenRelations: [], kinds: [], minimum: 0, sources: [], linked: false,
  from: "", to: "", undated: false, hidden: [], shown: [], pinned: [], pair: firstPair, path: null, tab: "panel",
});
// The two that the page was made for, if anything connects them; else the most important one that
// is connected, with who is so with it.
function choosePair() {
  const wanted = [...data.pair, ...important.map(({ id }) => id)];
  for (const id of wanted) {
    const near = reachedFrom(id), other = wanted.find((one) => one !== id && near.has(one));
    if (other !== undefined) return [id, other];
  }
  return data.pair.length === 2 ? data.pair : wanted.slice(0, 2);
}
function reachedFrom(id) {
  const found = new Set([id]);
  for (const one of found) for (const edge of edgesOf.get(one)) found.add(edge.from).add(edge.to);
  return found;
}
const EVERYTHING = "*"; // in `shown`: no longer the core alone
const SLIDING = new Set(["minimum", "from", "to", "from,to"]), SLIDE = 700, STEPS = 200;
let view = DEFAULTS;
const past = [], future = [], listeners = [];
const lastStep = { keys: "", at: 0 };

// `fn(view, former)` after each change; the first call gets {} as the former view. A value that did
// not change is the same object in both, so `view.hidden !== former.hidden` is exact.
const onChange = (fn) => listeners.push(fn);
// `fn()` after more of a store came to a page that is served, before the change that shows it.
const growers = [], onGrow = (fn) => growers.push(fn);

function change(patch, { quiet = false } = {}) {
  const keys = Object.keys(patch).filter((key) => JSON.stringify(patch[key]) !== JSON.stringify(view[key]));
  if (!keys.length) return;
  if (!quiet) remember(keys.join());
  turnTo(Object.freeze({ ...view, ...Object.fromEntries(keys.map((key) => [key, patch[key]])) }));
}
// One drag of a slider is one step.
function remember(keys) {
  const now = performance.now();
  const sliding = SLIDING.has(keys) && keys === lastStep.keys && now - lastStep.at < SLIDE;
  [lastStep.keys, lastStep.at] = [keys, now];
  if (!sliding) past.push(view);
  if (past.length > STEPS) past.shift();
  future.length = 0;
}
function turnTo(next) {
  const former = view;
  view = next;
  sets = deriveSets();
  for (const listener of listeners) listener(view, former);
  writeFragment();
}
// The same view, of a graph that changed.
function refresh() { turnTo(Object.freeze({ ...view, shown: [...view.shown] })); }
const step = (from, to) => { if (from.length) { to.push(view); turnTo(from.pop()); } };
function undo() { step(past, future); }
function redo() { step(future, past); }

// Every listener once more, as at the start.
function restart() { for (const listener of listeners) listener(view, {}); }
function startView() {
  view = Object.freeze({ ...DEFAULTS, ...readFragment() });
  sets = deriveSets();
  restart();
  addEventListener("hashchange", () => change({ ...DEFAULTS, ...readFragment() }));
}

// How each value stands in the fragment: [write, read]; `read` gives undefined for what is not ours.
const groupsNow = () => data.entities.map((entity) => entity.group), relationsNow = () => data.claims.map((claim) => claim.p);
const among = (values) => [String, (text) => (values().includes(text) ? text : undefined)];
const oneOf = (...values) => [String, (text) => (values.includes(text) ? text : undefined)];
const whole = (top) => [String, (text) => (/^\d{1,6}$/.test(text) && Number(text) <= top() ? Number(text) : undefined)];
const anId = (allowed) => [(id) => keys.get(id), (text) => (allowed(ids.get(text)) ? ids.get(text) : undefined)];
const maybe = ([write, read_]) => [(value) => (value === null ? "" : write(value)), (text) => (text === "" ? null : read_(text))];
const aNode = anId((id) => nodes.has(id)), aMonth = [String, (text) => (/^(\d{4}(-\d\d)?)?$/.test(text) ? text : undefined)];
const aFlag = [String, (text) => (text === "true" ? true : text === "false" ? false : undefined)];
const nodeOrAll = [(id) => (id === EVERYTHING ? id : aNode[0](id)), (text) => (text === EVERYTHING ? text : aNode[1](text))];
const pin = [
  ([id, x, y]) => `${x},${y},${keys.get(id)}`,
  (text) => {
    const [, x, y, key] = /^(-?\d{1,6}),(-?\d{1,6}),(.*)$/su.exec(text) ?? [], id = aNode[1](key);
    return id === undefined ? undefined : [id, Number(x), Number(y)];
  },
];
const CODES = new Map(Object.entries({
  language: oneOf(...LANGUAGES), theme: oneOf("auto", "light", "dark"), colourBy: oneOf("class", "community"),
  sizeBy: oneOf("importance", "degree", "mentions", "betweenness", "pagerank"), layout: oneOf("force", "around", "time"), centre: maybe(aNode),
  selected: maybe(anId((id) => id !== undefined)), hiddenGroups: among(groupsNow),
  hiddenRelations: among(relationsNow), kinds: oneOf(...STANCES),
  minimum: whole(() => 100), sources: whole(() => data.documents.length - 1), linked: aFlag, from: aMonth, to: aMonth, undated: aFlag, hidden: aNode, shown: nodeOrAll,
  pinned: pin, pair: aNode, path: maybe(whole(() => 99)), tab: oneOf("panel", "reader", "table"),
}));

function fragment() {
  const parts = new URLSearchParams();
  for (const [key, [write]] of CODES) {
    if (JSON.stringify(view[key]) === JSON.stringify(DEFAULTS[key])) continue;
    const values = Array.isArray(view[key]) ? view[key] : [view[key]];
    for (const value of values) parts.append(key, write(value));
    if (!values.length) parts.append(key, "");
  }
  if (steered) parts.append("camera", cameraText());
  return parts.toString();
}
function readFragment(text = location.hash.slice(1)) {
  const parts = new URLSearchParams(text), found = {};
  for (const [key, [, read_]] of CODES) {
    if (!parts.has(key)) continue;
    const values = parts.getAll(key).map(read_).filter((value) => value !== undefined);
    if (Array.isArray(DEFAULTS[key])) found[key] = unique(values);
    else if (values.length) found[key] = values[0];
  }
  if (found.pair && found.pair.length !== 2) delete found.pair;
  return found;
}
const unique = (values) => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];

// Browsers throttle the history, so a drag writes once.
let writing = 0;
function writeFragment() {
  clearTimeout(writing);
  writing = setTimeout(() => history.replaceState(null, "", `#${fragment()}`), 100);
}

// What the view lets through.
let sets = deriveSets();
function deriveSets() {
  const { hiddenGroups, hiddenRelations, kinds, sources, hidden, shown } = view;
  const [groups_, relations, kinds_, sources_, hidden_] = [hiddenGroups, hiddenRelations, kinds, sources, hidden].map((list) => new Set(list));
  return { groups: groups_, relations, kinds: kinds_, sources: sources_, hidden: hidden_, revealed: revealedBy(shown), all: shown.includes(EVERYTHING), told: null, joined: null, claims: null };
}
function revealedBy(shown) {
  const found = new Set();
  for (const id of shown) for (const one of [id, ...neighboursOf(id)]) found.add(one);
  return found;
}
const neighboursOf = (id) => new Set((edgesOf.get(id) ?? []).flatMap((edge) => [edge.from, edge.to]).filter((one) => one !== id));

const isCore = (entity) => entity.core !== false; // a page without the field has no core: all is shown
const isLeftOut = (entity) => sets.hidden.has(entity.id) || !(sets.all || isCore(entity) || sets.revealed.has(entity.id));
const isStanding = (entity) => isTold(entity) && !sets.groups.has(entity.group) && !isLeftOut(entity);
const isVisible = (entity) => isStanding(entity) && (!view.linked || isJoined(entity));
// Whether a line ends at it.
function isJoined({ id }) {
  sets.joined ??= new Set([...edges.values()].filter((edge) => passes(edge) && isStanding(nodes.get(edge.from)) && isStanding(nodes.get(edge.to))).flatMap((edge) => [edge.from, edge.to]));
  return sets.joined.has(id);
}
function passes(claim) {
  if (sets.relations.has(claim.p) || sets.kinds.has(stanceOf(claim))) return false;
  return claim.confidence * 100 >= view.minimum && isSaid(claim) && isInTime(claim);
}
const isSaid = (claim) => !sets.sources.size || !claim.documents?.length || claim.documents.some((number) => !sets.sources.has(number));
// A bound is a year or a month. A claim without a date is in no range, unless the view lets it.
function isInTime(claim) {
  if (!isRanged()) return true;
  const [first, last] = monthsOf(claim);
  if (!first) return view.undated;
  return last.slice(0, view.from.length) >= view.from && first.slice(0, view.to.length) <= (view.to || first);
}
// [first month, last month] of a claim or edge, both "" without a date; a participation has the
// date of its event.
function monthsOf(claim) {
  const { start, end } = claim.times ?? { start: claim.p === null ? nodes.get(claim.to).when : "" };
  const month = (date, otherwise) => (/^\d{4}/.test(date ?? "") ? (date.length > 6 ? date.slice(0, 7) : `${date.slice(0, 4)}-${otherwise}`) : "");
  return [month(start || end, "01"), month(end || start, "12")];
}
// Where a range or a source is chosen, a node stands only if something of it is told there.
function isTold(entity) {
  if (!isRanged() && !sets.sources.size) return true;
  sets.told ??= new Set(toldNodes());
  return sets.told.has(entity.id);
}
const isRanged = () => view.from !== "" || view.to !== "";
function toldNodes() {
  const claims = data.claims.filter(passes).flatMap((claim) => [...endsOf(claim), claim.event]);
  const others = isRanged()
    ? [...edges.values()].filter((edge) => edge.p === null && passes(edge)).flatMap((edge) => [edge.from, edge.to])
    : data.entities.filter(({ said }) => said.some(({ doc }) => doc !== null && !sets.sources.has(doc))).map(({ id }) => id);
  return [...claims, ...others];
}
const isShown = (edge) => passes(edge) && isVisible(nodes.get(edge.from)) && isVisible(nodes.get(edge.to));
const endsOf = (claim) => [claim.s.node, claim.o.node].filter(Boolean);
function visibleClaims() {
  sets.claims ??= data.claims.filter((claim) => passes(claim) && endsOf(claim).every((id) => isVisible(nodes.get(id))));
  return sets.claims;
}

// The nodes that an id stands for: itself, or the ends of an edge or of a claim.
function nodesOf(id) {
  if (nodes.has(id)) return [id];
  const edge = edges.get(id);
  return edge ? [edge.from, edge.to] : claimsById.has(id) ? endsOf(claimsById.get(id)) : [];
}
// What has to change for these nodes to be seen.
function revealing(wanted) {
  const unseen = wanted.filter((id) => !isVisible(nodes.get(id)));
  const groups_ = new Set(unseen.map((id) => nodes.get(id).group));
  const outside = unseen.filter((id) => !isCore(nodes.get(id)) && !sets.all && !sets.revealed.has(id));
  return {
    hidden: view.hidden.filter((id) => !unseen.includes(id)), shown: [...view.shown, ...outside],
    hiddenGroups: view.hiddenGroups.filter((group) => !groups_.has(group)),
    ...(unseen.every((id) => isJoined(nodes.get(id))) ? {} : { linked: false }),
    ...(unseen.every((id) => isTold(nodes.get(id))) ? {} : { from: "", to: "", sources: [] }),
  };
}
function select(id) { change({ selected: id, path: null, ...revealing(nodesOf(id)) }); }
function clear() { change({ selected: null, path: null }); }
// What `fn` answers if the view were changed so.
function under(patch, fn) {
  const kept = [view, sets];
  view = { ...view, ...patch };
  sets = deriveSets();
  try { return fn(); } finally { [view, sets] = kept; }
}
