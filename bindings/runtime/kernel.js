// Runs jsii's kernel in the process that .NET started. Replaces bin/jsii-runtime.js of the published package, which
// starts a second Node.js process for it and forwards every message.
//
// The kernel (lib/program.js, unchanged) uses file descriptor 3 for messages, so that output of JavaScript code does not mix
// with them. Here descriptor 3 is standard input and output, and output goes to standard error in the format of the
// published program: lines of {"stdout": base64} and {"stderr": base64}, which .NET then prints.
'use strict';
const fs = require('fs');
const path = require('path');
const { Writable } = require('stream');

const channel = 3;
const [input, output, errors] = [0, 1, 2];
const { readSync, writeSync } = fs;

function print(name, chunk) {
  const line = Buffer.from(`${JSON.stringify({ [name]: Buffer.from(chunk).toString('base64') })}\n`);
  for (let written = 0; written < line.length; ) {
    try {
      written += writeSync(errors, line, written);
    } catch (error) {
      // The pipe is full; another process reads it.
      if (error.code !== 'EAGAIN') throw error;
    }
  }
  return chunk.length;
}

fs.readSync = (fd, ...rest) => readSync(fd === channel ? input : fd, ...rest);
fs.writeSync = (fd, data, ...rest) => {
  if (fd === channel) return writeSync(output, data, ...rest);
  if (fd !== errors) return writeSync(fd, data, ...rest);
  // The kernel's own log, if JSII_DEBUG is set: a buffer and an offset.
  return print('stderr', Buffer.from(data).subarray(typeof rest[0] === 'number' ? rest[0] : 0));
};
for (const name of ['stdout', 'stderr']) {
  const stream = new Writable({
    decodeStrings: true,
    write(chunk, encoding, done) {
      print(name, chunk);
      done();
    },
  });
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
}

require(path.resolve(__dirname, '..', 'lib', 'program.js'));
