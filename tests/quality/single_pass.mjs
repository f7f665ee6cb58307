// The plain baseline: one pass, each text joins the centroid of tf-idf bigrams (words, where a script has blanks) most like it, or founds one.
function terms(text) {
  const counts = new Map(), add = (term) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const run of text.normalize('NFKC').toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []) {
    const characters = [...run];
    if (!/\p{Script=Han}/u.test(characters[0]) || characters.length === 1) add(run);
    else for (let i = 0; i + 1 < characters.length; i++) add(characters[i] + characters[i + 1]);
  }
  return counts;
}

export function singlePass(rows, threshold) {
  const documents = rows.map((row) => terms([row.title, row.text].filter(Boolean).join(' '))), seen = new Map();
  for (const document of documents) for (const term of document.keys()) seen.set(term, (seen.get(term) ?? 0) + 1);
  const centroids = [], postings = new Map();
  return rows.map((row, n) => {
    const vector = [...documents[n]].map(([term, count]) => [term, (1 + Math.log(count)) * Math.log(rows.length / seen.get(term))]);
    const norm = Math.sqrt(vector.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    const products = new Map();
    for (const [term, weight] of vector) for (const at of postings.get(term) ?? []) products.set(at, (products.get(at) ?? 0) + (weight / norm) * centroids[at].weights.get(term));
    let best = -1, likeness = threshold;
    for (const [at, product] of products) {
      const alike = product / centroids[at].norm;
      if (alike > likeness) [best, likeness] = [at, alike];
    }
    if (best < 0) { best = centroids.length; centroids.push({ id: row.id, weights: new Map(), norm: 0 }); }
    const centroid = centroids[best];
    let squares = centroid.norm ** 2;
    for (const [term, weight] of vector) {
      const old = centroid.weights.get(term);
      if (old === undefined) { if (!postings.has(term)) postings.set(term, []); postings.get(term).push(best); }
      const now = (old ?? 0) + weight / norm;
      squares += now * now - (old ?? 0) ** 2;
      centroid.weights.set(term, now);
    }
    centroid.norm = Math.sqrt(squares);
    return { id: row.id, event: centroid.id, class: centroid.id };
  });
}
