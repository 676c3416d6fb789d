// Runs jsii's kernel in the process that .NET started, in place of bin/jsii-runtime.js of the published package, which
// starts a second Node.js process for it and carries every message from one to the other.
//
// The kernel (lib/program.js, unchanged) speaks over file descriptor 3, so that what JavaScript code prints does not get
// between the messages. Here 3 means standard input and output, and what is printed goes to standard error as the
// published starter sends it there: lines of {"stdout": base64} and {"stderr": base64}, which .NET prints in its turn.
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
      // A full pipe; its reader is another process.
      if (error.code !== 'EAGAIN') throw error;
    }
  }
  return chunk.length;
}

fs.readSync = (fd, ...rest) => readSync(fd === channel ? input : fd, ...rest);
fs.writeSync = (fd, data, ...rest) => {
  if (fd === channel) return writeSync(output, data, ...rest);
  if (fd !== errors) return writeSync(fd, data, ...rest);
  // The kernel's own log, when JSII_DEBUG asks for it: a buffer and where to begin.
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
