// Layouts: by force (computed when the page was made), around one node, by time. What is pinned
// keeps its place in the present layout.
const STEP = 150, NARROW = 96, SPARSE = 6, APART = 104, ROW = 74, COLUMN = 128, TALL = 9, GLIDE = 450, WIDER = 1.3, BETWEEN = 34, FLAT = 0.62;
let columns = [], rings = [], gliding = 0;

const pins = () => {
  if (pinned.list !== view.pinned) Object.assign(pinned, { list: view.pinned, map: new Map(view.pinned.map(([id, x, y]) => [id, { x, y }])) });
  return pinned.map;
};
const pinned = { list: null, map: new Map() };

// Called at each change; the nodes move if the layout, its centre or its pins are others, or if
// nodes came or went that the layout has to make room for.
function arrange(now, former) {
  const dated = now.layout !== "force" && FILTERS.some((key) => now[key] !== former[key]);
  if (!dated && ["layout", "centre", "pinned"].every((key) => now[key] === former[key])) return;
  const placesOf = { force: () => homes, around: () => placesAround(centreOf()), time: placesByTime }[now.layout];
  [columns, rings] = [[], []];
  const places = new Map([...placesOf(), ...pins()]), first = former.layout === undefined;
  glide(places, first, () => { if (first || now.layout !== former.layout || now.centre !== former.centre) fit(!first); });
}
const centreOf = () => (nodes.has(view.centre) && isVisible(nodes.get(view.centre)) ? view.centre : drawn[0]?.id);

// From where the nodes are to `places`, without haste; at once for who prefers no motion.
function glide(places, atOnce, done) {
  const from = new Map(spots), start = performance.now(), turn = (gliding += 1);
  const settle = () => {
    moveSpots(places);
    nodeSet.update(drawn.filter(({ id }) => places.has(id)).map(asNode));
    done();
  };
  if (atOnce || isCalm()) { settle(); return; }
  const frame = (time) => {
    if (turn !== gliding) return;
    const part = Math.min(1, Math.max(0, (time - start) / GLIDE)), eased = part * part * (3 - 2 * part);
    if (part >= 1) { settle(); return; }
    moveSpots([...places].map(([id, { x, y }]) => [id, { x: from.get(id).x + (x - from.get(id).x) * eased, y: from.get(id).y + (y - from.get(id).y) * eased }]));
    network.redraw();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

// Rings by the number of steps from the centre; who is not connected stands in rows beneath. A full
// ring is two rows deep.
function placesAround(centre) {
  const angles = new Map([[centre, 0]]), places = new Map([[centre, { x: 0, y: 0 }]]);
  const { around: circles, apart } = ringsFrom(centre);
  let radius = 0;
  for (const ring of circles.slice(1)) {
    const around = ring.map((id) => [id, angleOf(id, angles)]).sort((a, b) => a[1] - b[1]);
    const rows = ring.length > 14 ? 2 : 1, inner = Math.max(radius + (ring.length < SPARSE ? NARROW : STEP), (ring.length * APART) / (2 * Math.PI * rows));
    around.forEach(([id], i) => {
      const angle = (2 * Math.PI * i) / ring.length, far = inner + (i % rows) * ROW * 1.2;
      angles.set(id, angle);
      places.set(id, { x: Math.sin(angle) * far * WIDER, y: -Math.cos(angle) * far });
    });
    radius = inner + (rows - 1) * ROW * 1.2;
    rings.push((inner + radius) / 2);
  }
  placeApart(apart, radius, places);
  return places;
}
function placeApart(apart, radius, places) {
  const columns = Math.max(Math.ceil(Math.sqrt(apart.length)), Math.floor((2 * radius * WIDER) / COLUMN));
  apart.forEach((id, i) => {
    const row = Math.floor(i / columns), inRow = Math.min(columns, apart.length - row * columns);
    places.set(id, { x: (i % columns - (inRow - 1) / 2) * COLUMN, y: radius + STEP + row * ROW });
  });
}
function ringsFrom(centre) {
  const linked = new Map(drawn.map(({ id }) => [id, []])), reached = new Set();
  for (const { from, to } of drawnEdges) { linked.get(from).push(to); linked.get(to).push(from); }
  const spread = (start) => {
    const found = [[start]];
    reached.add(start);
    for (const ring of found) {
      const next = [...new Set(ring.flatMap((id) => linked.get(id)))].filter((id) => !reached.has(id));
      for (const id of next) reached.add(id);
      if (next.length) found.push(next);
    }
    return found;
  };
  return { around: spread(centre), apart: drawn.flatMap(({ id }) => (reached.has(id) ? [] : spread(id).flat())) };
}
// Where the neighbours that already stand lie on average, as an angle.
function angleOf(id, angles) {
  const near = [...neighboursOf(id)].filter((one) => angles.has(one)).map((one) => angles.get(one));
  const [x, y] = [near.reduce((sum, a) => sum + Math.cos(a), 0), near.reduce((sum, a) => sum + Math.sin(a), 0)];
  return (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI);
}

// A column for each year, of the first date that is known of a node; no date stands on the left.
function placesByTime() {
  const byYear = new Map(), places = new Map();
  for (const entity of drawn) {
    const at = firstYear(entity);
    if (byYear.has(at)) byYear.get(at).push(entity.id); else byYear.set(at, [entity.id]);
  }
  const tall = Math.max(TALL, Math.ceil(Math.sqrt(drawn.length) * 0.8)), rows = Math.min(tall, Math.max(...[...byYear.values()].map((ids_) => ids_.length)));
  const wide = [...byYear.values()].reduce((sum, ids_) => sum + Math.ceil(ids_.length / tall) * COLUMN + BETWEEN, 0);
  const row = Math.min(Math.max(ROW, (wide * FLAT) / rows), 2 * ROW);
  let left = 0;
  for (const at of [...byYear.keys()].sort()) left = fillColumn(at, byYear.get(at), { left, tall, rows, row }, places);
  return places;
}
function firstYear({ id, when }) {
  const found = (claimsOf.get(id) ?? []).filter(passes).map((claim) => monthsOf(claim)[0].slice(0, 4)).filter(Boolean);
  return when?.slice(0, 4) || found.sort()[0] || "";
}
function fillColumn(at, members, { left, tall, rows, row }, places) {
  const wide = Math.ceil(members.length / tall), high = Math.ceil(members.length / wide);
  [...members].sort((a, b) => levelOf(a) - levelOf(b)).forEach((id, i) => {
    const column = i % wide, y = (Math.floor(i / wide) - (high - 1) / 2) * row + (column % 2) * row * 0.45;
    places.set(id, { x: left + column * COLUMN, y });
  });
  columns.push({ at, left: left - COLUMN / 2, right: left + (wide - 0.5) * COLUMN, top: -((rows + 0.4) / 2) * row, bottom: ((rows + 1) / 2) * row });
  return left + wide * COLUMN + BETWEEN;
}
const levelOf = (id) => homes.get(id).y;

// What stands behind the nodes: the rings, or the bands of the years.
function drawGround(context, frame, scale) {
  context.setLineDash([]);
  Object.assign(context, { strokeStyle: colours.rule, lineWidth: 1 / scale, globalAlpha: 1 });
  for (const radius of rings) drawRound(context, radius);
  drawColumns(context, frame, scale);
}
function drawRound(context, radius) {
  context.beginPath();
  for (let i = 0; i <= 72; i += 1) context.lineTo(Math.sin((i * Math.PI) / 36) * radius * WIDER, -Math.cos((i * Math.PI) / 36) * radius);
  context.stroke();
}
function drawColumns(context, frame, scale) {
  Object.assign(context, { textAlign: "center", textBaseline: "bottom", globalAlpha: 1 });
  for (const { at, left, right, top, bottom } of columns) {
    if (right < frame.left || left > frame.right) continue;
    Object.assign(context, { fillStyle: colours.rule, globalAlpha: 0.35 });
    context.fillRect(left, top, right - left, bottom - top);
    Object.assign(context, { fillStyle: colours.soft, globalAlpha: 1 });
    context.font = `600 ${Math.min(Math.max(15, 11 / scale), (right - left) / 2.6)}px ${family}`;
    context.fillText(at || t("noDate"), (left + right) / 2, top - 6);
  }
}

byId("layout-by").addEventListener("click", ({ target }) => {
  if (!target.dataset.layout) return;
  const centre = target.dataset.layout !== "around" ? null : nodes.has(view.selected) ? view.selected : centreOf() ?? null;
  change({ layout: target.dataset.layout, centre, pinned: [] });
});
