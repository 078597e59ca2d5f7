// The best paths between two nodes, over what is shown.
const MOST_PATHS = 8, LONGER = 2, MOST_STATES = 60000;
const DENIAL = 1e-3; // that something is denied connects only where nothing else does
const weightOf = (edge) => edge.confidence * (kindOf(edge) === "denied" ? DENIAL : 1);
const across = (edge, node) => (edge.from === node ? edge.to : edge.from);

// Node → (neighbour → the best edge between the two), over what is shown.
function bestSteps(node) {
  const best = new Map();
  for (const edge of edgesOf.get(node)) {
    const other = across(edge, node), former = best.get(other);
    if (other !== node && (!former || weightOf(edge) > weightOf(former)) && isShown(edge)) best.set(other, edge);
  }
  return [...best];
}
// Node → [steps to the goal, the greatest product of weights in so many], layer by layer.
function distancesTo(goal, steps) {
  const found = new Map([[goal, [0, 1]]]);
  for (let layer = [goal], far = 1; layer.length; far += 1) {
    const next = new Set();
    for (const node of layer) {
      for (const [other, edge] of steps(node)) {
        const product = found.get(node)[1] * weightOf(edge), known = found.get(other);
        if (!known) next.add(other);
        if (!known || known[0] === far && known[1] < product) found.set(other, [far, product]);
      }
    }
    layer = [...next];
  }
  return found;
}
// Simple paths in their order: fewest steps, then the greatest product. A* with exact distances.
function findPaths(from, to) {
  const kept = new Map(), steps = (node) => kept.get(node) ?? kept.set(node, bestSteps(node)).get(node);
  const ahead = distancesTo(to, steps), found = [];
  if (from === to || !ahead.has(from)) return found;
  const limit = ahead.get(from)[0] + LONGER, queue = new Heap((a, b) => a.far - b.far || b.product - a.product);
  queue.push({ node: from, nodes: [from], edges: [], weight: 1, far: limit - LONGER, product: ahead.get(from)[1] });
  for (let pushed = 1; queue.size && found.length < MOST_PATHS;) {
    const path = queue.pop();
    if (path.node === to) { found.push(path.edges); continue; }
    for (const [node, edge] of steps(path.node)) {
      const [rest, product] = ahead.get(node) ?? [Infinity], far = path.edges.length + 1 + rest;
      if (far > limit || path.nodes.includes(node) || ++pushed > MOST_STATES) continue;
      const weight = path.weight * weightOf(edge);
      queue.push({ node, nodes: [...path.nodes, node], edges: [...path.edges, edge], weight, far, product: weight * product });
    }
  }
  return found;
}
class Heap {
  constructor(compare) { this.compare = compare; this.items = []; }
  get size() { return this.items.length; }
  push(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    for (let up; at > 0 && this.compare(items[at], items[up = (at - 1) >> 1]) < 0; at = up) [items[at], items[up]] = [items[up], items[at]];
  }
  pop() {
    const { items } = this, top = items[0], last = items.pop();
    if (items.length) items[0] = last;
    for (let at = 0; ;) {
      const least = [2 * at + 1, 2 * at + 2].filter((i) => i < items.length).reduce((a, b) => (this.compare(items[b], items[a]) < 0 ? b : a), at);
      if (least === at) return top;
      [items[at], items[least]] = [items[least], items[at]];
      at = least;
    }
  }
}
