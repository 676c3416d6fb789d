// Reads a graph in ELK's JSON format from standard input, writes it with coordinates: node layout.mjs.
import { text } from "node:stream/consumers";
import ELK from "elkjs/lib/elk.bundled.js";

const graph = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await new ELK().layout(graph)));
