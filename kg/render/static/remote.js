// A page that is served holds a part of a store. What lies beyond a node is asked of the server
// that sent the page; it answers in the form of the page's own data (kg/render/page.py,
// render_expansion), and what is new in it enters the graph.
const asking = new Map(), nextOf = new Map(); // key → the answer that is awaited; where the next one begins
const TURN = 2.39996, CLOSE = 46, CLEAR = 78; // a spiral of places, and the room that each needs
let came = 0;

const ask = (key) => asking.get(key) ?? asking.set(key, answerFor(key).finally(() => asking.delete(key))).get(key);
async function answerFor(key) {
  say(t("loading"));
  const found = await answered(new URLSearchParams({ iri: key, from: nextOf.get(key) ?? 0 }));
  say(found ? "" : t("loadFailed"));
  if (found) absorb(unpack(found), key);
}
async function answered(question) {
  try {
    const answer = await fetch(`${data.served}?${question}`, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

function absorb(found, key) {
  const numbers = takeDocuments(found.documents), fresh = (rows) => rows.filter((row) => !ids.has(row.key));
  const [entities, claims] = [fresh(found.entities), fresh(found.claims)];
  const [nodeId, claimId] = [renamed(found.entities), renamed(found.claims)];
  for (const run of found.documents.flatMap(({ text }) => text)) [run[1], run[2]] = [nodeId.get(run[1]) ?? null, run[2].map((id) => claimId.get(id))];
  const said = ({ doc, at, runs }) => ({ doc: numbers[doc]?.number ?? null, at: numbers[doc]?.isNew ? at : undefined, runs });
  const end = (one) => (one?.node ? { ...one, node: nodeId.get(one.node) } : one);
  const rows = {
    entities: entities.map((row) => ({ ...row, ...weightIn(row), id: nodeId.get(row.id), core: false, said: row.said.map(said) })),
    claims: claims.map((row) => ({
      ...row, id: claimId.get(row.id), s: end(row.s), o: end(row.o), place: end(row.place), speaker: end(row.speaker), event: nodeId.get(row.event) ?? null,
      evidence: row.evidence.map(said), documents: row.documents.flatMap((number) => numbers[number]?.number ?? []),
    })),
    participations: found.participations.map((row) => ({ ...row, id: `p+${came += 1}`, s: nodeId.get(row.s), o: nodeId.get(row.o) })).filter(isNewPart),
  };
  for (const [curie, labels_] of Object.entries(found.terms)) terms.set(curie, labels_);
  for (const curie of found.symmetric) symmetric.add(curie);
  for (const name of Object.keys(rows)) data[name].push(...rows[name]);
  enter(rows);
  const asked = nodes.get(ids.get(key)), known = neighboursOf(asked.id).size;
  if (found.next === null) asked.reach = known; else nextOf.set(key, found.next);
  placeAround(asked.id, rows.entities.map(({ id }) => id));
  for (const grown of growers) grown();
  refresh();
}
// The reply's ids → this page's: the id of the same thing, or a new one.
const renamed = (rows) => new Map(rows.map(({ id, key }) => [id, ids.get(key) ?? `${id[0]}+${came += 1}`]));
const isNewPart = (part) => !edgesOf.get(part.s)?.some((edge) => edge.p === null && edge.from === part.s && edge.to === part.o && edge.role === part.role);
// An article that is here already keeps its text; a quote of it then comes without its surroundings.
function takeDocuments(found) {
  return found.map((document) => {
    const at = data.documents.findIndex(({ key }) => key === document.key);
    return at < 0 ? { number: data.documents.push(document) - 1, isNew: true } : { number: at, isNew: false };
  });
}
// What came has no measures: its neighbours count, against the most that a node here has.
function weightIn({ reach }) {
  const rank = Math.min(1, reach / Math.max(1, ...data.entities.map((entity) => entity.reach)));
  return { rank, community: null, degree: reach, measures: Object.fromEntries(data.measures.map((key) => [key, key === "degree" ? rank : 0])) };
}
// In a spiral around the node, where nothing stands yet.
function placeAround(id, fresh) {
  const { x, y } = spots.get(id) ?? { x: 0, y: 0 }, taken = [...drawn.map((entity) => spots.get(entity.id))];
  let step = 4;
  for (const one of fresh) {
    let place;
    do {
      step += 1;
      place = { x: Math.round(x + CLOSE * Math.sqrt(step) * Math.cos(step * TURN)), y: Math.round(y + CLOSE * Math.sqrt(step) * Math.sin(step * TURN)) };
    } while (taken.some((other) => Math.hypot(other.x - place.x, other.y - place.y) < CLEAR));
    taken.push(place);
    homes.set(one, place);
    spots.set(one, place);
  }
}

// What a link names and the page does not hold is asked for, then the view is restored. Each answer
// writes the link of the view as it is, so the first one is kept.
async function fetchLinked() {
  const linked = location.hash.slice(1), named = new URLSearchParams(linked), shown = named.getAll("shown");
  const others = ["selected", "centre", "pair"].flatMap((key) => named.getAll(key)).filter((key) => !ids.has(key));
  for (const key of new Set([...shown, ...others])) {
    const isHere = ids.has(key) && !(nodes.has(ids.get(key)) && beyondOf(nodes.get(ids.get(key))));
    if (/^[a-z][a-z0-9+.-]*:/i.test(key) && !isHere) await ask(key);
  }
  if (named.size) change({ ...DEFAULTS, ...readFragment(linked) }, { quiet: true });
}
askBeyond = (id) => ask(keys.get(id));
restoreBeyond = fetchLinked;
