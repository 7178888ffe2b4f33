import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { statusOf } from '../../distribution/index.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { Folder, hocl } from './command-line.ts'
import { natsServer } from './nats-server.ts'
import { startedNode } from './nodes.ts'

/*
 * A workflow on three nodes in processes of their own. While tasks are at work the node that calls is killed, and a
 * rule is put in that changes what comes of the last task.
 */

/** So many rows of so many tasks, each of which waits for all of the row before. */
const [ROWS, COLUMNS] = [4, 3]
const LAST = 'Merge'
/** One more for each row, and the tasks before and after. */
const RESULT = ROWS + 2

const services = `
  import { appendFileSync } from 'node:fs'
  import { callKey } from 'hocl/interpreter'
  export async function work(...given: number[]): Promise<number> {
    appendFileSync(new URL('calls.txt', import.meta.url), process.pid + ' ' + callKey() + '\\n')
    await new Promise((resolve) => setTimeout(resolve, 150))
    return 1 + Math.max(0, ...given)
  }`

/** What a run of the workflow has come to. */
export interface WorkflowRun {
  readonly state: string
  /** The molecules at the end, as `hocl cluster result` prints them. */
  readonly result: string
  readonly killed: number
  /** Calls with different keys, and all calls. */
  readonly calls: { readonly different: number; readonly all: number }
  readonly expected: number
  readonly tasks: number
}

/** Runs it, kills the node that calls and puts the rule in while that is so. */
export async function patchedWorkflow(): Promise<WorkflowRun> {
  await using server = await natsServer()
  using folder = new Folder({ 'services.ts': services, 'w.hocl': program(), 'calls.txt': '' })
  const file = join(folder.path, 'services.ts')
  const at = ['--nats', server.url]
  const nodes = await Promise.all(
    ['one', 'two', 'three'].map((name) => startedNode(server.url, name, ['--host', file])),
  )
  const calls = (): readonly string[] =>
    readFileSync(join(folder.path, 'calls.txt'), 'utf8').trim().split('\n')
  try {
    const submit = ['cluster', 'submit', 'w.hocl', '--central', '--name', 'w', '--shards', '4']
    const told = await hocl([...submit, '--host', 'services.ts', ...at], { cwd: folder.path })
    if (told.code !== 0) throw new Error(told.stderr)
    while (calls().length < 1 + COLUMNS) await pause(10)
    const caller = Number(calls().at(-1)?.split(' ')[0])
    const patch = `patch = replace-one RESULT:${LAST}:x by RESULT:${LAST}:x, PATCHED:(x * 10)`
    const injected = hocl(['cluster', 'inject', 'w', patch, '--id', 'patch', ...at])
    const dead = nodes.filter(({ child }) => child.pid === caller)
    for (const { child } of dead) child.kill('SIGKILL')
    let { code, stderr } = await injected
    // Whom it was given to has ended: it is asked again, by its name.
    for (let i = 0; code !== 0 && i < 10; i++) {
      await pause(300)
      ;({ code, stderr } = await hocl(['cluster', 'inject', 'w', patch, '--id', 'patch', ...at]))
    }
    if (code !== 0) throw new Error(stderr)
    const ended = await hocl(['cluster', 'result', 'w', '--host', file, ...at])
    const link = await connectNats(server.url)
    const { state } = await statusOf(link.bus, 'w', 5)
    await link.close()
    const keys = calls().map((each) => each.split(' ')[1])
    return {
      ...{ state, result: ended.stdout, killed: dead.length },
      calls: { different: new Set(keys).size, all: keys.length },
      ...{ expected: RESULT, tasks: ROWS * COLUMNS + 2 },
    }
  } finally {
    for (const { child } of nodes) child.kill('SIGKILL')
  }
}

function program(): string {
  const row = (at: number): string[] =>
    Array.from({ length: COLUMNS }, (_, i) => `T${String(at)}_${String(i)}`)
  const tasks = [task('Split', [])]
  for (let at = 0; at < ROWS; at++)
    for (const name of row(at)) tasks.push(task(name, at === 0 ? ['Split'] : row(at - 1)))
  tasks.push(task(LAST, row(ROWS - 1)))
  return `import hocl.workflow;\n<${tasks.join(',\n')},\n...workflow>\n`
}

function task(name: string, after: readonly string[]): string {
  const names = after.join(', ')
  return `${name}:<SRC:<${names}>, DST:<>, SRV:"work", ARGS:[${names}], IN:<>>`
}
