// Reads a GEXF file with graphology's reader, the one in Gephi Lite, and prints what it found.
const { readFileSync } = require("fs");
const { MultiGraph } = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(MultiGraph, readFileSync(process.argv[2], "utf8"));
const nodes = Object.fromEntries(graph.mapNodes((node, attributes) => [node, attributes]));
const edges = graph.mapEdges((id, attributes, source, target) => ({
  id, attributes, source, target, directed: graph.isDirected(id),
}));
console.log(JSON.stringify({ nodes, edges }));
