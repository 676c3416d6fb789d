// Takes the built ./infra of a checkout's commit from the artifacts of its repository: node tool.mjs CHECKOUT. Without it, ./infra builds
// itself, and one line says why. The outputs say what is there: tool, and the .NET and Node that it runs with.
//
// A job may change an AWS account, so it takes nothing that a pull request, or a job with code of others, could have written: only from a
// run of apply.yml on a push of exactly this commit, which has run the workflow and the sources of the commit; or from the job's own run,
// if that is apply.yml or plan.yml. https://docs.github.com/rest/actions/artifacts
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const apply = '.github/workflows/apply.yml';
const plan = '.github/workflows/plan.yml';
const timeout = 60_000;

/** There is no built tool, which is normal in the job that builds it. */
class Missing extends Error {}

const checkout = process.argv[2];
const outputs = { tool: false, dotnet: false, node: false };
try {
  const began = performance.now();
  const { repository, commit } = identify(checkout);
  const name = `infra-tool-${commit}`;
  const { artifact, run } = await find(repository, commit, name);
  const archive = await download(repository, artifact);
  unpack(archive, checkout);
  outputs.tool = true;
  outputs.dotnet = hasDotnet();
  outputs.node = hasNode();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const size = (archive.length / 1e6).toFixed(1);
  console.log(`${name} of run ${run.id} (${run.event}): ${size} MB, ${artifact.digest}, unpacked after ${seconds} s`);
} catch (error) {
  // Whatever is wrong with the built tool, the job can do without it.
  console.log(`${error instanceof Missing ? '' : '::warning::'}no built tool, ./infra builds itself: ${error.message.split('\n')[0]}`);
}

fs.appendFileSync(process.env.GITHUB_OUTPUT, Object.entries(outputs).map(([key, value]) => `${key}=${value}\n`).join(''));

/** Repository and commit of the checkout itself: inputs of the action could be those of another repository. */
function identify(folder) {
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  try {
    const [, repository] = /([^/:]+\/[^/:]+?)(?:\.git)?$/.exec(git('config', '--get', 'remote.origin.url'));
    return { repository, commit: git('rev-parse', 'HEAD') };
  } catch {
    throw new Error(`${folder} is not a Git checkout with a remote repository`);
  }
}

/** The newest artifact that may be used, and its run. */
async function find(repository, commit, name) {
  const { artifacts } = await get(repository, `artifacts?name=${name}&per_page=100`);
  if (artifacts.length === 0) throw new Missing(`${repository} has no artifact ${name}`);
  const refused = new Set();
  for (const artifact of artifacts) {
    if (artifact.expired) {
      refused.add('expired');
      continue;
    }
    const run = await get(repository, `runs/${artifact.workflow_run.id}`);
    const reason = refusal(run, repository, commit);
    if (!reason) return { artifact, run };
    refused.add(`run ${run.id} ${reason}`);
  }
  throw new Error(`${name} of ${repository} is refused: ${[...refused].join('; ')}`);
}

/** Why what a run has uploaded is not used; nothing if it is. */
function refusal(run, repository, commit) {
  const head = run.head_repository?.full_name;
  // .github/workflows/apply.yml, or with the ref: .github/workflows/apply.yml@main
  const workflow = run.path.split('@')[0];
  if (String(run.id) === process.env.GITHUB_RUN_ID && (workflow === apply || workflow === plan)) return undefined;
  if (run.event !== 'push') return `was triggered by ${run.event}, not by a push`;
  if (run.head_sha !== commit) return `is of commit ${run.head_sha}`;
  if (head?.toLowerCase() !== repository.toLowerCase()) return `is of the repository ${head}`;
  return workflow === apply ? undefined : `is of ${workflow}, not of ${apply}`;
}

async function download(repository, artifact) {
  // GitHub redirects to a storage account, to which fetch does not send the token.
  const archive = Buffer.from(await (await request(repository, `artifacts/${artifact.id}/zip`)).arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  if (digest !== artifact.digest) throw new Error(`the archive has the digest ${digest}, but GitHub states ${artifact.digest}`);
  return archive;
}

function unpack(archive, folder) {
  const temporary = fs.mkdtempSync(path.join(process.env.RUNNER_TEMP ?? os.tmpdir(), 'infra-tool-'));
  try {
    fs.writeFileSync(path.join(temporary, 'artifact.zip'), archive);
    execFileSync('unzip', ['-q', path.join(temporary, 'artifact.zip'), 'infra-tool.tar.gz', '-d', temporary]);
    execFileSync('tar', ['-xzf', path.join(temporary, 'infra-tool.tar.gz'), '-C', folder]);
  } finally {
    fs.rmSync(temporary, { recursive: true });
  }
}

/** Whether the machine has the runtime of the tool; the SDK is needed only to build it. */
function hasDotnet() {
  try {
    return /^Microsoft\.NETCore\.App 10\./m.test(execFileSync('dotnet', ['--list-runtimes'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

/** Whether this Node is one that the launcher accepts. */
function hasNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 9);
}

async function get(repository, resource) {
  return (await request(repository, resource)).json();
}

async function request(repository, resource) {
  const url = `${process.env.GITHUB_API_URL.replace(/\/$/, '')}/repos/${repository}/actions/${resource}`;
  const headers = { Accept: 'application/vnd.github+json', Authorization: `Bearer ${process.env.GITHUB_TOKEN}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeout) }).catch((error) => {
    throw new Error(`${url}: ${error.cause?.message ?? error.message}`);
  });
  if (response.ok) return response;
  const hint = [401, 403, 404].includes(response.status) ? `; the token needs "Actions: read" of ${repository}` : '';
  throw new Error(`${url}: status code ${response.status}${hint}`);
}
