// Parts of gRPC and Protocol Buffers that provider-pool.mjs needs: messages in frames, and a schema without types that are not used.
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, https://protobuf.dev/programming-guides/encoding/

const LENGTH_PREFIX = 5;
// Fields of tfplugin5.GetProviderSchema.Response: maps from type to schema.
const RESOURCE_SCHEMAS = 2;
const DATA_SOURCE_SCHEMAS = 3;
const LENGTH_DELIMITED = 2;

/** A message with the length before it, not compressed. */
export function frame(message) {
  const prefix = Buffer.alloc(LENGTH_PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

export const unframe = (framed) => framed.subarray(LENGTH_PREFIX);

/** The schema with only these types; provider, functions and diagnostics stay. */
export function filterSchema(message, types) {
  const parts = [];
  for (let at = 0; at < message.length; ) {
    const begin = at;
    let [tag, next] = varint(message, at);
    let value;
    [value, next] = varint(message, next);
    const delimited = (tag & 7) === LENGTH_DELIMITED;
    at = delimited ? next + value : next;
    const isType = delimited && [RESOURCE_SCHEMAS, DATA_SOURCE_SCHEMAS].includes(tag >> 3);
    if (!isType || types.has(keyOf(message.subarray(next, at)))) parts.push(message.subarray(begin, at));
  }
  return Buffer.concat(parts);
}

/** Key of an entry of a map: its field 1. */
function keyOf(entry) {
  const [length, from] = varint(entry, 1);
  return entry.subarray(from, from + length).toString();
}

function varint(bytes, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
  }
}
