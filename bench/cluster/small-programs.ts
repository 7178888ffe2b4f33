import { Folder, hocl } from '../../test/support/command-line.ts'
import { startedNode } from '../../test/support/nodes.ts'
import { clock, head, quantile, row, whole } from './scene.ts'
import type { Scene } from './scene.ts'

const PROGRAM = '<2, 9, 5, replace x::Int, y::Int by x if x >= y>\n'
const RUNS = 9

/** How long the command takes for a small program, by itself and on a node at a server. */
export async function smallPrograms({ server }: Scene): Promise<void> {
  using folder = new Folder({ 'max.hocl': PROGRAM })
  const node = await startedNode(server.url, 'small')
  const took = async (args: readonly string[]): Promise<number> => {
    const begin = clock()
    const { code, stderr } = await hocl(args, { cwd: folder.path })
    if (code !== 0) throw new Error(stderr)
    return clock() - begin
  }
  const alone: number[] = []
  const together: number[] = []
  for (let i = 0; i < RUNS; i++) {
    alone.push(await took(['run', 'max.hocl']))
    together.push(await took(['cluster', 'run', 'max.hocl', '--nats', server.url]))
  }
  node.child.kill('SIGKILL')
  const [by, on] = [quantile(alone, 0.5), quantile(together, 0.5)]
  head('a small program', '`hocl run`', '`hocl cluster run --nats`', 'more')
  row(`medians of ${String(RUNS)}`, ...[by, on, on - by].map((each) => `${whole(each)} ms`))
}
