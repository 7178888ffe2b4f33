import { peers as allPeers } from '../peers/index.ts'
import type { Peer } from '../peers/peer.ts'
import type { Workload } from '../workload.ts'
import type { Results } from './results.ts'
import {
  handTable,
  loadingTable,
  notAhead,
  peerTable,
  quotedText,
  variantTable,
} from './sections.ts'
import { tableMarkdown } from './table.ts'
import type { Table } from './table.ts'

/** All tables of a run, those that it has. */
export function tables(
  results: Results,
  workloads: readonly Workload[],
  peers: readonly Peer[],
): readonly Table[] {
  return [
    handTable(results, workloads),
    variantTable(results, workloads),
    loadingTable(results, workloads),
    peerTable(results, peers),
  ].filter((table) => table !== undefined)
}

/** The page of results: where and when, what is not ahead yet, and the tables. */
export function resultsPage(results: Results, workloads: readonly Workload[]): string {
  const { machine, when, versions, effort } = results
  const open = notAhead(results, allPeers)
  return [
    '# Results',
    '',
    `Written by \`npm run bench -- --peers --write\` on ${when}; [README.md](README.md) says what is measured and how.`,
    '',
    `- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.system}`,
    `- Node ${machine.node}, V8 ${machine.v8}`,
    `- Medians of ${effort.rounds} samples, within ${effort.budget} s for a program at a size; a process beside peers is cut off after ${effort.cutOff} s of CPU time`,
    ...Object.entries(versions).map(([name, version]) => `- ${titleOf(name)}: ${version}`),
    '',
    '![Ratios to hand-written JavaScript and to the best peer](RESULTS.svg)',
    '',
    '## Not ahead yet',
    '',
    ...(open.length === 0 ? ['Nothing, by these figures.'] : open.map((each) => `- ${each}`)),
    '',
    ...tables(results, workloads, allPeers).map(tableMarkdown),
    quotedText(results),
    '',
  ].join('\n')
}

function titleOf(name: string): string {
  return allPeers.find((peer) => peer.name === name)?.title ?? name
}
