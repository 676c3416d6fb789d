// One build at a time in a work folder: two would overwrite each other's packages.
import fs from 'node:fs';
import path from 'node:path';

/** Runs `work` while holding the lock; waits for another process that holds it, with a message. */
export function withLock(file, say, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = Number(readOr(file, '0'));
    if (!alive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`waiting for process ${holder}, which builds the same packages`);
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOr(file, other) {
  try {
    return fs.readFileSync(file, 'utf8') || other;
  } catch {
    return other;
  }
}

function alive(pid) {
  // Just created and not yet written: its creator is still running.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
